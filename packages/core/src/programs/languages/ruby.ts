import { literal } from '../../diagnose/fixes/literal.ts';
import type { ProgramLanguage, SigningSteps } from '../kit/program-language.ts';
import { setBefore } from '../kit/set-variables.ts';
import { listed, pairIn, type SortedText } from '../kit/sorted-text.ts';
import { commented, usedImports } from '../kit/used-imports.ts';

const imports = [
  [/\bBase64\./, 'base64'],
  [/\bERB::/, 'erb'],
  [/\bNet::HTTP/, 'net/http'],
  [/\bOpenSSL::/, 'openssl'],
  [/\.httpdate\b|\.iso8601\b/, 'time'],
] as const;

/** The lines that load what a program needs. */
function importLines(code: string): string {
  return usedImports(code, imports)
    .map((name) => `require '${name}'`)
    .join('\n');
}

function signing({
  title,
  variables,
  functions,
  request,
  lines,
  headers,
  hasBody,
  hasContentType,
  isChanged,
}: SigningSteps): string {
  const create = ['uri = URI(url)', `request = Net::HTTPGenericRequest.new(method, ${hasBody}, true, uri)`];
  const code = `${[...functions, ...request].join('\n')}

${(isChanged ? [...lines, ...create] : [...create, ...lines]).join('\n')}
${[
  ...headers,
  ...(hasBody ? ['request.body = body'] : []),
  // Else it sends the type of a form.
  ...(hasBody && !hasContentType ? ['def request.supply_default_content_type; end'] : []),
].join('\n')}

response = Net::HTTP.start(uri.host, uri.port, use_ssl: uri.scheme == 'https') { |http| http.request(request) }
puts response.code, response.body
`;
  return `${commented([...title, setBefore('ruby sign.rb', variables)], '#')}
${importLines(code)}

${code}`;
}

function sortedText(rule: SortedText, name: string): string {
  const encode = (text: string): string =>
    `ERB::Util.url_encode(${text}).gsub(/%(?:21|2[789A])/) { |code| [code[1..]].pack('H*') }`;
  const written = rule.writing === 'percent-encoded' ? encode('name') : 'name';
  const value =
    rule.writing === 'decoded' ? 'value' : rule.writing === 'underscored' ? "value.tr('&=', '_')" : encode('value');
  const decoded =
    rule.literalPlus.length > 0
      ? `[${listed('ruby', rule.literalPlus)}].include?(name) ? value.gsub('+', '%2B') : value`
      : 'value';
  return `def ${name}(text)
  pairs = text.b.split('&').reject(&:empty?).map do |pair|
    name, value = pair.split('=', 2)
    value = value.to_s
    [name, ${decoded}].map { |one| one.tr('+', ' ').gsub(/%(\\h\\h)/) { [$1].pack('H*') } }
  end
${rule.except.length > 0 ? `  pairs = pairs.reject { |name, _| [${listed('ruby', rule.except)}].include?(name) }\n` : ''}  pairs = ${rule.sortsValues ? `pairs${rule.distinct ? '.uniq' : ''}.sort` : 'pairs.sort_by.with_index { |(name, _), at| [name, at] }'}
  pairs.map { |name, value| ${pairIn('ruby', rule, written, value)} }.join(${literal('ruby', rule.separator)})
end`;
}

/** Programs for Ruby on its standard library. */
export const ruby: ProgramLanguage = { extension: 'rb', sortedText, signing };
