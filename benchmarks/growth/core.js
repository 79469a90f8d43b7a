/**
 * What core reads of strangers, as inputs that grow. A row is `{ name, modules, make(n), run(exports, input) }`: `modules`
 * are paths in the package's `src`, `make` gives an input of about n characters, `run` may throw errors of our own and may be
 * async. What takes long for a character, or counts something else, gets an n that is `fewer` times smaller; what goes over
 * its input very often is `shorter` in the tests by that factor.
 */

const spaces = (n) => ' '.repeat(n);
const bytes = (text) => new TextEncoder().encode(text);
const refused = (header, value) => ({ method: 'GET', target: '/', headers: [[header, value]], body: new Uint8Array() });

/** A row for each text that made some pattern slow, or may: runs of one character, and many of a pair. */
const troubling = {
  spaces,
  'spaces and a letter': (n) => `a${spaces(n)}b`,
  'equals signs': (n) => `a${'='.repeat(n)}b`,
  'punctuation marks': (n) => `a${';,&.'.repeat(n / 4)}b`,
  quotes: (n) => `a${'"'.repeat(n)}b`,
  'percent signs': (n) => '%25'.repeat(n / 3),
  'nested escapes': (n) => `%${'25'.repeat(n / 2)}41`,
  letters: (n) => 'a'.repeat(n),
  digits: (n) => '1'.repeat(n),
  'labels and values': (n) => 'a=b&'.repeat(n / 4),
  'labels without values': (n) => 'a= '.repeat(n / 3),
  'combining marks': (n) => 'a\u0301\u0323'.repeat(n / 3),
  'a run of combining marks': (n) => `a${'\u0301\u0323'.repeat(n / 2)}`,
};

const each = (name, modules, run, wrap = (text) => text) =>
  Object.entries(troubling).map(([kind, make]) => ({
    name: `${name}: ${kind}`,
    modules,
    make: (n) => wrap(make(n)),
    run,
  }));

const curl = ['requests/curl-command'];
const readCurl = ({ readCurlCommand }, line) => readCurlCommand(line);
const raw = ['requests/raw-request'];
const readRaw = ({ readRawRequest }, data) => readRawRequest(data);
const anyForm = ['requests/read-requests'];
const readAny = ({ readRequests }, text) => readRequests(text);
const lenient = ['diagnose/reading/lenient-authorization', 'schemes/acs-hmac', 'schemes/sinch-application'];

/** A body's moves of every class, each made once. */
const bodyMoves = ({ catalog, readEvidence, SearchBudget, acsHmac }, text) => {
  const budget = new SearchBudget(performance.now(), { ms: 600_000, bytes: 40 * text.length });
  const sent = { method: 'POST', target: '/', headers: [], body: bytes(text) };
  const evidence = readEvidence(acsHmac, { secret: 'c2VjcmV0' }, sent, {}, budget);
  for (const { bodies } of catalog) {
    let made = 0;
    for (const move of bodies?.(evidence.body, evidence.bodyText, evidence) ?? [])
      if ((made += move.body.length) > 20 * text.length) break;
  }
};
const diagnosis = [
  'diagnose/catalog',
  'diagnose/reading/evidence',
  'diagnose/reading/search-budget',
  'schemes/acs-hmac',
];

export const rows = [
  {
    name: 'the scheme of a long path',
    modules: ['recognition/recognize-scheme', 'schemes/catalog'],
    make: (n) => '/a'.repeat(n / 2),
    run: ({ schemeOfUrl, schemes }, target) => schemeOfUrl(schemes, 'h', target),
  },
  {
    name: 'the scheme of a message with many headers',
    modules: ['recognition/recognize-scheme', 'schemes/catalog'],
    make: (n) => ({
      method: 'GET',
      target: '/',
      headers: Array.from({ length: n / 2 }, () => ['a', 'b']),
      body: new Uint8Array(),
    }),
    run: ({ schemeOfMessage, schemes }, message) => schemeOfMessage(schemes, message),
  },
  ...each(
    'connection string',
    ['schemes/acs-hmac'],
    ({ parseConnectionString }, text) => parseConnectionString(text),
    (text) => `endpoint=https://h;accesskey=${text}`,
  ),
  ...each('curl -H', curl, readCurl, (text) => `curl http://h -H 'a: ${text}'`),
  { name: 'curl: many -H', modules: curl, make: (n) => `curl http://h${' -H a:b'.repeat(n / 7)}`, run: readCurl },
  { name: 'curl: many words', modules: curl, make: (n) => `curl http://h${' -s'.repeat(n / 3)}`, run: readCurl },
  {
    name: 'curl: many letters of one word',
    modules: curl,
    make: (n) => `curl http://h -${'s'.repeat(n)}`,
    run: readCurl,
  },
  { name: 'curl: one long word', modules: curl, make: (n) => `curl http://h/${'a'.repeat(n)}`, run: readCurl },
  { name: "curl: $'…'", modules: curl, make: (n) => `curl http://h -d $'${'\\x41b'.repeat(n / 5)}'`, run: readCurl },
  {
    name: 'curl: what a shell would expand',
    modules: curl,
    make: (n) => `curl http://h -d "${'${a'.repeat(n / 3)}"`,
    run: readCurl,
  },
  { name: 'curl: dot segments', modules: curl, make: (n) => `curl http://h${'/a/..'.repeat(n / 5)}`, run: readCurl },
  { name: 'curl: carets of cmd.exe', modules: curl, make: (n) => `^"${' \n'.repeat(n / 2)}`, run: readCurl },
  { name: 'curl: backslashes of cmd.exe', modules: curl, make: (n) => `curl "^\n"${'\\'.repeat(n)}`, run: readCurl },
  ...each('raw request: a header', raw, readRaw, (text) => bytes(`GET / HTTP/1.1\na: ${text}\n\n`)),
  {
    name: 'raw request: many headers',
    modules: raw,
    make: (n) => bytes(`GET / HTTP/1.1\n${'a:b\n'.repeat(n / 4)}\n`),
    run: readRaw,
  },
  {
    name: 'raw request: many lengths',
    modules: raw,
    make: (n) => bytes(`GET / HTTP/1.1\n${'content-length: 3\n'.repeat(n / 18)}\n`),
    run: readRaw,
  },
  { name: 'raw request: blank lines', modules: raw, make: (n) => bytes('\n'.repeat(n)), run: readRaw },
  {
    name: 'HAR: many entries',
    modules: ['requests/har'],
    make: (n) =>
      bytes(
        JSON.stringify({
          log: { entries: Array.from({ length: n / 50 }, () => ({ request: { method: 'GET', url: 'http://h/' } })) },
        }),
      ),
    run: ({ readHar }, data) => readHar(data),
  },
  {
    name: 'HAR: many headers',
    modules: ['requests/har'],
    make: (n) =>
      bytes(
        JSON.stringify({
          log: {
            entries: [
              {
                request: {
                  method: 'GET',
                  url: 'http://h/',
                  headers: Array.from({ length: n / 25 }, () => ({ name: 'a', value: 'b' })),
                },
              },
            ],
          },
        }),
      ),
    run: ({ readHar }, data) => readHar(data),
  },
  ...each('any form', anyForm, readAny),
  ...each('any form: a request line', anyForm, readAny, (text) => `GET /${text} HTTP/1.1`),
  ...each(
    'curl -v',
    anyForm,
    readAny,
    (text) => `* a\n> GET / HTTP/1.1\n> a: ${text}\n>\n${text}\n< HTTP/1.1 401\n< a: ${text}`,
  ),
  ...each('HTTP/2 headers', anyForm, readAny, (text) => `:method: GET\n:path: /\na: ${text}`),
  ...each(
    '.http file',
    anyForm,
    readAny,
    (text) => `@a = ${text}\n# @name ${text}\nGET http://h/{{a}} \na: ${text}\n\n< ${text}`,
  ),
  ...each('quoted', anyForm, readAny, (text) => `> > GET / HTTP/1.1\n> > a: ${text}\n> >\n> > ${text}`),
  ...each('answer behind', anyForm, readAny, (text) => `GET / HTTP/1.1\n\nHTTP/1.1 401\ndate: ${text}`),
  ...Object.entries({
    'blank lines': '\n',
    'parts of a file behind a raw request': '###\n\n',
    'indented lines': '    a: b\n',
    'quoted lines': '> a\n',
    'code blocks': '```\na\n```\n',
    'lines of curl -v': '> GET / HTTP/1.1\n>\na\n< HTTP/1.1 100 a\n<\n',
    'requests of a .http file': '### a\n@a = {{a}}\nGET http://h/{{a}}\n\n< {% a\n',
    'HTTP/2 headers': ':path: /\n',
    'HTTP/2 headers on two lines': ':path\n/\n',
    "records of Postman's console": 'GET http://h/: {"Request Headers": {}\n',
    'lines of code': 'def a(\n',
    'lines of progress': '  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0\n',
  }).map(([kind, line]) => ({
    name: `any form: many ${kind}`,
    modules: anyForm,
    make: (n) => (line.startsWith('###\n') ? 'GET / HTTP/1.1\n\n' : '') + line.repeat(Math.ceil(n / line.length)),
    run: readAny,
  })),
  ...each(
    'Authorization',
    lenient,
    ({ readLeniently, acsHmac }, text) => readLeniently(acsHmac, refused('authorization', text), () => true),
    (text) => `HMAC-SHA256 SignedHeaders=a;b&Signature=${text}`,
  ),
  ...each(
    'Authorization without labels',
    lenient,
    ({ readLeniently, sinchApplication }, text) =>
      readLeniently(sinchApplication, refused('authorization', text), () => true),
    (text) => `application id:${text}`,
  ),
  ...each('date', ['diagnose/text/date-text'], ({ parseLoosely }, text) => parseLoosely(text)),
  ...each('digest', ['diagnose/reading/received-signature'], ({ digestReadings, looksLikeDigest }, text) => [
    digestReadings(text, 'sha256', 'base64'),
    looksLikeDigest(text),
  ]),
  ...each('value made visible', ['diagnose/text/visible'], ({ visible }, text) => visible(text)),
  ...each('text of a key', ['diagnose/catalog'], ({ catalog }, text) => {
    for (const { keyTexts } of catalog) {
      const evidence = { credential: {}, options: {}, authorization: undefined, variables: new Map(), host: undefined };
      for (const move of keyTexts?.(text, evidence) ?? []) if (move.text.length > 4 * text.length) break;
    }
  }),
  {
    name: 'JSON: one string',
    modules: ['diagnose/text/json-text'],
    make: (n) => `"${'a\\n'.repeat(n / 3)}"`,
    run: ({ parseJson }, text) => parseJson(text),
  },
  {
    name: 'JSON: a string without an end',
    modules: ['diagnose/text/json-text'],
    make: (n) => `"${'a'.repeat(n)}`,
    run: ({ parseJson }, text) => parseJson(text),
  },
  {
    name: 'JSON: many members',
    modules: ['diagnose/text/json-text'],
    make: (n) => `{${'"a":1,'.repeat(n / 6)}"b":2}`,
    run: ({ parseJson }, text) => parseJson(text),
  },
  ...each('moves of a body', diagnosis, bodyMoves).map((row) => ({ ...row, shorter: 8 })),
  {
    name: 'moves of a body: a form',
    shorter: 8,
    modules: diagnosis,
    make: (n) => 'ab=c%20d&'.repeat(n / 9),
    run: bodyMoves,
  },
  {
    name: 'moves of a body: JSON',
    shorter: 8,
    modules: diagnosis,
    make: (n) => `[${'{"a":1,"b":"c"},'.repeat(n / 16)}1]`,
    run: bodyMoves,
  },
  {
    name: 'moves of a body: one JSON object',
    shorter: 8,
    modules: diagnosis,
    make: (n) => `{${'"a":1,'.repeat(n / 6)}"b":2}`,
    run: bodyMoves,
  },
  {
    name: 'moves of a body: lines',
    shorter: 8,
    modules: diagnosis,
    make: (n) => 'a \t\r\n'.repeat(n / 5),
    run: bodyMoves,
  },
  {
    name: 'verify: many signatures, under every scheme that takes several',
    modules: ['verify', 'secret', 'schemes/catalog'],
    shorter: 4,
    make: (n) => n,
    run: ({ verify, Secret, schemes }, n) => {
      for (const scheme of schemes.filter(({ authorization }) => authorization.list !== undefined)) {
        const { header, template, list } = scheme.authorization;
        const value = template.replace('{date}', '1717000000').replace('{signature}', 'ab'.repeat(32));
        const several = (value + list).repeat(n / value.length);
        verify(scheme, { keyId: 'k', secret: new Secret('c2VjcmV0', scheme.key.encoding) }, refused(header, several));
      }
    },
  },
  {
    name: 'verify: many parameters, under every scheme that signs them',
    modules: ['verify', 'secret', 'schemes/catalog'],
    shorter: 8,
    make: (n) => `/hook?${'a=%41&'.repeat(n / 6)}hmac=ab&sig=ab&timestamp=1717000000`,
    run: ({ verify, Secret, schemes }, target) => {
      for (const scheme of schemes.filter(({ authorization }) => authorization.parameter !== undefined)) {
        const secret = new Secret('c2VjcmV0', scheme.key.encoding);
        verify(scheme, { secret }, { ...refused('host', 'example.com'), target });
      }
    },
  },
];
