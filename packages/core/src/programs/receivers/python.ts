import type { ReceivingLanguage, ReceivingSteps } from '../kit/receiving-language.ts';
import { setBefore } from '../kit/set-variables.ts';
import { commented, indented, usedImports } from '../kit/used-imports.ts';

const epoch = {
  rfc1123: 'email.utils.parsedate_to_datetime(date).timestamp()',
  iso8601: "datetime.strptime(date[:19], '%Y-%m-%dT%H:%M:%S').replace(tzinfo=timezone.utc).timestamp()",
  'iso8601-basic': "datetime.strptime(date, '%Y%m%dT%H%M%SZ').replace(tzinfo=timezone.utc).timestamp()",
  'epoch-seconds': 'int(date)',
  'epoch-milliseconds': 'int(date) / 1000',
  epoch: 'int(date) / (1000 if len(date) > 12 else 1)',
};

const form = `if body and not re.match(r'\\s*application/x-www-form-urlencoded\\s*(;|$)', header('content-type'), re.I):
    return False`;

const imports = [
  [/\bbase64\./, 'base64'],
  [/\bemail\.utils\./, 'email.utils'],
  [/\bhashlib\./, 'hashlib'],
  [/\bhmac\./, 'hmac'],
  [/\bos\./, 'os'],
  [/\bre\./, 're'],
  [/\btime\./, 'time'],
] as const;
const urlNames = [
  [/\bparse_qs\(/, 'parse_qs'],
  [/\bquote\(/, 'quote'],
  [/\bunquote\(/, 'unquote'],
  [/\bunquote_plus\(/, 'unquote_plus'],
] as const;

function receiving({ title, functions, lines, variables }: ReceivingSteps): string {
  const code = `${functions.map((text) => `${text}\n\n\n`).join('')}def is_right(method, target, header, body):
    """Whether a request is rightly signed, and fresh. The body is the bytes that arrived."""
${indented(lines, '    ')}


if not os.environ.get('SIGNING_SECRET'):
    raise SystemExit('SIGNING_SECRET is not set: an empty key is known to everybody')
${variables.map((name) => `if not os.environ.get('${name}'):\n    raise SystemExit('${name} is not set')\n`).join('')}

class Receiver(BaseHTTPRequestHandler):
    protocol_version = 'HTTP/1.1'

    def receive(self):
        if 'transfer-encoding' in self.headers:  # this server does not read chunks
            self.close_connection = True
            return self.send_error(411)
        body = self.rfile.read(int(self.headers.get('content-length', 0)))

        def header(name):
            values = self.headers.get_all(name, [''])
            if len(values) > 1:
                raise ValueError('it is there twice: another program may read the other one')
            return values[0]

        target = self.requestline.split(' ')[1]  # self.path has lost a second slash
        try:
            ok = is_right(self.command, target, header, body)
        except ValueError:  # what cannot be read is refused
            ok = False
        self.send_response(204 if ok else 401)
        self.send_header('content-length', '0')
        self.end_headers()

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = receive


ThreadingHTTPServer(('', int(os.environ.get('PORT', 3000))), Receiver).serve_forever()
`;
  const names = usedImports(code, urlNames).join(', ');
  return `${commented([...title, setBefore('PORT=3000 python3 receive.py', variables)], '#')}
${[
  ...usedImports(code, imports).map((name) => `import ${name}`),
  ...usedImports(code, [[/\bdatetime\.strptime\(/, 'from datetime import datetime, timezone']]),
  'from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer',
  ...(names === '' ? [] : [`from urllib.parse import ${names}`]),
].join('\n')}


${code}`;
}

/** A camel-case name as Python writes it. */
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Receivers on the HTTP server of Python's standard library. */
export const python: ReceivingLanguage = {
  header: (variable, name) => `${snake(variable)} = header('${name}')`,
  listedHeader: (variable, list, at) => `${variable} = header(${snake(list)}.split(';')[${at}])`,
  match: (name, pattern, variables) =>
    `found = re.fullmatch('${pattern.slice(1, -1)}', header('${name}'))
if not found:
    return False
${variables.map(snake).join(', ')}${variables.length === 1 ? ',' : ''} = found.groups()`,
  list: (name, separator, items) =>
    [
      `items = [item.strip() for item in header('${name}').split('${separator}')]`,
      ...items.map(({ prefix, variable }) => {
        if (variable === 'given' && prefix === '') return 'given = items';
        const found = `[item[${prefix.length}:] for item in items if item.startswith('${prefix}')]`;
        return variable === 'given' ? `given = ${found}` : `${snake(variable)} = (${found} or [''])[0]`;
      }),
    ].join('\n'),
  sameKey: "if key_id != os.environ['SIGNING_KEY_ID']:\n    return False",
  blankWithoutBody: (line) => line.replace(/^(\w+) = (.*?)(?= {2}#|$)/, "$1 = $2 if body else ''"),
  path: "path = target.split('?')[0]",
  query: "query = target.partition('?')[2]",
  url: "url = os.environ['PUBLIC_URL'] + target  # as the sender calls it: https://example.com",
  fields: `${form}\nfields = body.decode()`,
  fieldsOrQuery: `${form}\nfields = body.decode() if body else query`,
  parameter: (variable, text, name) =>
    `${snake(variable)} = parse_qs(${text}, keep_blank_values=True).get('${name}', [''])[0]`,
  bothParameters: (query, of) =>
    `both = '.'.join(text for text in (${snake(query)}, ${snake(of)}) if text)\nparameters = '?' + both if both else ''`,
  same: (one, other) => `if ${snake(one)} != ${snake(other)}:\n    return False`,
  equal: (isList) =>
    isList
      ? 'if not any(hmac.compare_digest(one.encode(), signature.encode()) for one in given):\n    return False'
      : 'if not hmac.compare_digest(given.encode(), signature.encode()):\n    return False',
  fresh: (format, seconds) =>
    format === undefined ? 'return True' : `return abs(time.time() - ${epoch[format]}) <= ${seconds}`,
  receiving,
};
