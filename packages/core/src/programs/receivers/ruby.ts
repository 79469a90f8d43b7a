import type { ReceivingLanguage, ReceivingSteps } from '../kit/receiving-language.ts';
import { setBefore } from '../kit/set-variables.ts';
import { commented, indented, usedImports } from '../kit/used-imports.ts';

const epoch = {
  rfc1123: 'Time.httpdate(date).to_f',
  iso8601: 'Time.iso8601(date).to_f',
  'iso8601-basic':
    "Time.iso8601(date.sub(/\\A(\\d{4})(\\d\\d)(\\d\\d)T(\\d\\d)(\\d\\d)(\\d\\d)Z\\z/, '\\\\1-\\\\2-\\\\3T\\\\4:\\\\5:\\\\6Z')).to_f",
  'epoch-seconds': 'Integer(date, 10)',
  'epoch-milliseconds': 'Integer(date, 10) / 1000.0',
  epoch: 'Integer(date, 10) / (date.length > 12 ? 1000.0 : 1)',
};

const form = `return false unless body.empty? || header.('content-type').match?(%r{\\A\\s*application/x-www-form-urlencoded\\s*(;|\\z)}i)`;

const imports = [
  [/\bBase64\./, 'base64'],
  [/\bERB::/, 'erb'],
  [/\bOpenSSL::|\bOpenSSL\./, 'openssl'],
  [/\bTime\.(?:httpdate|iso8601)/, 'time'],
  [/\bURI\./, 'uri'],
] as const;

function receiving({ title, functions, lines, variables }: ReceivingSteps): string {
  const code = `${functions.map((text) => `${text}\n\n`).join('')}raise 'SIGNING_SECRET is not set: an empty key is known to everybody' if ENV['SIGNING_SECRET'].to_s.empty?
${variables.map((name) => `raise '${name} is not set' if ENV['${name}'].to_s.empty?\n`).join('')}
# Whether a request is rightly signed, and fresh. The body is the bytes that arrived.
def right?(method, target, header, body)
${indented(lines, '  ')}
rescue ArgumentError # what cannot be read is refused
  false
end

run(lambda do |env|
  header = lambda do |name|
    variable = name.upcase.tr('-', '_')
    next env["HTTP_#{variable}"].to_s unless name == 'content-type'
    raise ArgumentError, 'it is there twice, joined by the server' if env[variable].to_s.include?(',')
    env[variable].to_s
  end
  query = env['QUERY_STRING'].to_s
  target = env['REQUEST_URI'] || env['PATH_INFO'] + (query.empty? ? '' : "?#{query}")
  ok = right?(env['REQUEST_METHOD'], target.sub(%r{\\Ahttps?://[^/?]*}i, ''), header, env['rack.input'].read.to_s.b)
  [ok ? 204 : 401, {}, []]
end)
`;
  return `${commented([...title, setBefore('rackup --port 3000 (config.ru, with any server of Rack)', variables)], '#')}
${usedImports(code, imports)
  .map((name) => `require '${name}'`)
  .join('\n')}

${code}`;
}

/** A camel-case name as Ruby writes it. */
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Receivers for Rack. */
export const ruby: ReceivingLanguage = {
  header: (variable, name) => `${snake(variable)} = header.('${name}')`,
  listedHeader: (variable, list, at) => `${variable} = header.(${snake(list)}.split(';')[${at}])`,
  match: (name, pattern, variables) =>
    `found = header.('${name}').match(%r{\\A${pattern.slice(1, -1)}\\z})
return false unless found

${variables.map((variable, at) => `${snake(variable)} = found[${at + 1}]`).join('\n')}`,
  list: (name, separator, items) =>
    [
      `items = header.('${name}').split('${separator}').map(&:strip)`,
      ...items.map(({ prefix, variable }) => {
        if (variable === 'given' && prefix === '') return 'given = items';
        if (variable === 'given')
          return `given = items.filter { |item| item.start_with?('${prefix}') }.map { |item| item[${prefix.length}..] }`;
        return `${snake(variable)} = items.find { |item| item.start_with?('${prefix}') }.to_s[${prefix.length}..].to_s`;
      }),
    ].join('\n'),
  sameKey: "return false if key_id != ENV.fetch('SIGNING_KEY_ID')",
  blankWithoutBody: (line) => line.replace(/^(\w+) = (.*)$/, "$1 = body.empty? ? '' : $2"),
  path: "path = target.split('?', 2).first",
  query: "query = target.split('?', 2)[1].to_s",
  url: "url = ENV.fetch('PUBLIC_URL') + target # as the sender calls it: https://example.com",
  fields: `${form}\n\nfields = body`,
  fieldsOrQuery: `${form}\n\nfields = body.empty? ? query : body`,
  parameter: (variable, text, name) =>
    `${snake(variable)} = URI.decode_www_form(${text}).assoc('${name}').to_a[1].to_s`,
  bothParameters: (query, of) =>
    `both = [${snake(query)}, ${snake(of)}].reject(&:empty?).join('.')\nparameters = both.empty? ? '' : '?' + both`,
  same: (one, other) => `return false if ${snake(one)} != ${snake(other)}`,
  equal: (isList) =>
    isList
      ? 'return false unless given.any? { |one| OpenSSL.secure_compare(one, signature) }'
      : 'return false unless OpenSSL.secure_compare(given, signature)',
  fresh: (format, seconds) => (format === undefined ? 'true' : `(Time.now.to_f - ${epoch[format]}).abs <= ${seconds}`),
  receiving,
};
