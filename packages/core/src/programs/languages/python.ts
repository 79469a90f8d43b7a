import { literal } from '../../diagnose/fixes/literal.ts';
import type { ProgramLanguage, SigningSteps } from '../kit/program-language.ts';
import { setBefore } from '../kit/set-variables.ts';
import { listed, pairIn, type SortedText } from '../kit/sorted-text.ts';
import { commented, usedImports } from '../kit/used-imports.ts';

const imports = [
  [/\bbase64\./, 'base64'],
  [/\bemail\.utils\./, 'email.utils'],
  [/\bhashlib\./, 'hashlib'],
  [/\bhmac\./, 'hmac'],
  [/\bhttp\.client\./, 'http.client'],
  [/\bos\./, 'os'],
  [/\bre\./, 're'],
  [/\btime\./, 'time'],
] as const;
const urlNames = [
  [/\bquote\(/, 'quote'],
  [/\bunquote\(/, 'unquote'],
  [/\bunquote_plus\(/, 'unquote_plus'],
  [/\burlsplit\(/, 'urlsplit'],
] as const;

/** The import lines of a program. */
function importLines(code: string): string {
  const names = usedImports(code, urlNames).join(', ');
  return [
    ...usedImports(code, imports).map((name) => `import ${name}`),
    ...usedImports(code, [[/\bdatetime\.now\(/, 'from datetime import datetime, timezone']]),
    ...(names === '' ? [] : [`from urllib.parse import ${names}`]),
  ].join('\n');
}

function signing({ title, variables, functions, request, lines, headers, hasBody }: SigningSteps): string {
  const code = `${[...functions.map((text) => `${text}\n`), ...request].join('\n')}

${[...lines, 'headers = {}', ...headers].join('\n')}

address = urlsplit(url)
client = http.client.HTTPSConnection if address.scheme == 'https' else http.client.HTTPConnection
connection = client(address.netloc)
connection.request(method, url[url.index(address.netloc) + len(address.netloc):] or '/', ${hasBody ? 'body' : 'None'}, headers)
response = connection.getresponse()
print(response.status, response.read().decode())
`;
  return `${commented([...title, setBefore('python3 sign.py', variables)], '#')}
${importLines(code)}

${code}`;
}

function sortedText(rule: SortedText, name: string): string {
  const quote = (text: string): string => `quote(${text}, safe="!~*'()")`;
  const written = rule.writing === 'percent-encoded' ? quote('name') : 'name';
  const value =
    rule.writing === 'decoded'
      ? 'value'
      : rule.writing === 'underscored'
        ? "re.sub('[&=]', '_', value)"
        : quote('value');
  const unquoted =
    rule.literalPlus.length > 0
      ? `unquote(value, errors='strict') if name in (${listed('python', rule.literalPlus)},) else unquote_plus(value, errors='strict')`
      : `unquote_plus(value, errors='strict')`;
  return `def ${name}(text):
    pairs = []
    for pair in text.split('&'):
        if pair == '':
            continue
        name, _, value = pair.partition('=')
        pairs.append((unquote_plus(name, errors='strict'), ${unquoted}))
${rule.except.length > 0 ? `    pairs = [pair for pair in pairs if pair[0] not in (${listed('python', rule.except)},)]\n` : ''}    pairs = sorted(${rule.distinct ? 'set(pairs)' : 'pairs'}${rule.sortsValues ? '' : ', key=lambda pair: pair[0]'})
    return ${literal('python', rule.separator)}.join(${pairIn('python', rule, written, value)} for name, value in pairs)`;
}

/** Programs for Python on its standard library. */
export const python: ProgramLanguage = { extension: 'py', sortedText, signing };
