import * as fc from 'fast-check';
import { joined, mutated, usually } from './mutations.js';

/** Grammars of what people paste and send: headers, targets, dates, bodies, whole requests. */

const base64 = fc
  .oneof(
    fc.uint8Array({ minLength: 16, maxLength: 16 }),
    fc.uint8Array({ minLength: 32, maxLength: 32 }),
    fc.uint8Array({ maxLength: 70 }),
  )
  .map((bytes) => Buffer.from(bytes).toString('base64'));
const digest = fc.oneof(
  base64,
  base64.map((text) => text.replace(/=+$/, '')),
  base64.map((text) => Buffer.from(text, 'base64').toString('hex')),
  base64.map((text) => Buffer.from(text).toString('base64')),
  base64.map((text) => encodeURIComponent(text)),
  fc.constantFrom(`${'A'.repeat(43)}==`, `${'a'.repeat(43)}`, "b'AAAA'", ''),
);

/** The key of every fuzzed request: known, so that now and then a signature can be right. */
export const secret = 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=';

export const authorization = mutated(
  fc.oneof(
    joined(
      '',
      fc.constantFrom('HMAC-SHA256 ', 'hmac-sha256 ', 'HMAC-SHA256  ', ''),
      fc.constantFrom(
        'SignedHeaders=x-ms-date;host;x-ms-content-sha256',
        'SignedHeaders=date;host;x-ms-content-sha256;constructor',
        'Credential=id&SignedHeaders=x-ms-date;host;x-ms-content-sha256;__proto__',
      ),
      usually('&', ', ', ' ', ';'),
      fc.constantFrom('Signature=', 'signature: ', 'Signature="'),
      digest,
    ),
    joined(
      '',
      fc.constantFrom('application ', 'Application ', 'Basic ', ''),
      usually('669E367E-6BBA-48AB-AF15-266871C28135', 'id'),
      usually(':', ' : ', '='),
      digest,
    ),
    joined('', fc.constantFrom('application ', ''), base64),
    joined('', fc.constantFrom('Bearer ', 'Basic ', 'AWS4-HMAC-SHA256 ', ''), fc.string({ maxLength: 60 })),
    digest,
  ),
);

export const date = mutated(
  fc.oneof(
    fc.constantFrom(
      'Mon, 27 May 2024 09:08:07 GMT',
      '2024-05-27T09:08:07.123Z',
      '27 Mai 2024 09:08:07',
      '20240527T090807Z',
      '2024/05/27 09:08:07,5 +0200',
      'Sat, 13 Sep 275760 00:00:00 GMT',
      '-271821-04-20T00:00:00Z',
    ),
    fc.date({ noInvalidDate: true }).map((at) => at.toUTCString()),
    fc.date({ noInvalidDate: true }).map((at) => at.toISOString()),
    fc.bigInt({ min: -10n, max: 10n ** 20n }).map(String),
    fc.double().map(String),
  ),
);

const pathPiece = usually(
  'calling',
  'callConnections',
  '401f3500-1b2c-4d5e-8f90-0123456789ab',
  'v1',
  'callouts',
  '..',
  '.',
  '%41',
  'a%2Fb:play',
  '+14045005000',
);
export const target = mutated(
  fc.oneof(
    joined(
      '',
      fc.array(pathPiece, { maxLength: 6 }).map((pieces) => `/${pieces.join('/')}`),
      fc.oneof(
        fc.constant(''),
        fc
          .array(joined('=', usually('a', 'api-version', 'b'), usually('1', '2023-10-15', 'x%20y+z', '')), {
            maxLength: 5,
          })
          .map((pairs) => `?${pairs.join('&')}`),
      ),
    ),
    usually(
      '*',
      '/',
      'http://h/x',
      'https://contoso.communication.azure.com:443/a?b',
      'http://',
      'http:///x',
      'http://?',
      'ftp://h/x',
      'h:80',
      '//h/x',
    ),
  ),
);

export const json = fc.oneof(
  fc.json({ maxDepth: 4 }),
  fc.constantFrom(
    '{"a":01}',
    '{"a":1.0,"b":[null,true,"\\u00e9\\/"]}',
    '"',
    '"\\',
    '[',
    '{"__proto__":{"a":1},"constructor":2}',
    '{"a":1,"a":2}',
  ),
);
export const form = fc
  .array(joined('=', usually('name', 'payload', 'a'), usually('va+lue%20x', '', '{"a":1}', 'b c')), { maxLength: 5 })
  .map((pairs) => pairs.join('&'));
export const body = mutated(
  fc.oneof(
    json,
    form,
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.constantFrom('', '3\r\nabc\r\n0\r\n\r\n', 'eyJhIjoxfQ==', '7b7d'),
  ),
);

const headerLine = fc.oneof(
  joined(': ', usually('Host', 'host'), usually('contoso.communication.azure.com', 'h:80', '[::1]:443', '')),
  joined(': ', fc.constantFrom('x-ms-date', 'Date', 'x-timestamp', 'x-sinch-webhook-signature-timestamp'), date),
  joined(
    ': ',
    fc.constantFrom('Authorization', 'authorization', 'x-sinch-signature', 'x-sinch-webhook-signature'),
    authorization,
  ),
  joined(': ', fc.constantFrom('x-ms-content-sha256', 'content-md5'), digest),
  joined(
    ': ',
    usually(
      'Content-Type',
      'content-length',
      'Transfer-Encoding',
      'constructor',
      '__proto__',
      'x-forwarded-host',
      'x-ms-hmac-string-to-sign-base64',
    ),
    usually('application/json; charset=utf-8', '3', 'chunked', 'A', 'AAA='),
  ),
);

export const headerLines = fc.array(headerLine, { maxLength: 8 });

export const rawRequest = mutated(
  fc
    .tuple(
      usually('POST', 'GET', 'options'),
      target,
      usually('HTTP/1.1', 'HTTP/2', 'HTTP/1.0'),
      headerLines,
      usually('\r\n', '\n'),
      body,
    )
    .map(([method, to, version, lines, end, text]) => [`${method} ${to} ${version}`, ...lines, '', text].join(end)),
);

const quoted = (texts) =>
  fc
    .tuple(texts, fc.constantFrom("'", '"', "$'", ''))
    .map(([text, quote]) => quote + text + (quote === "$'" ? "'" : quote));
const url = joined(
  '',
  usually('https://', 'http://', ''),
  usually('', 'user:pass@', 'u%zz:p@', 'a%40b@'),
  usually('contoso.communication.azure.com', 'localhost:7509', '[::1]', ''),
  target,
);
const option = fc.oneof(
  joined(' ', usually('-H', '--header'), quoted(headerLine)),
  joined('', usually('-d ', '--data ', '--data-raw ', '--data-urlencode ', '--json ', '-d@'), quoted(body)),
  joined(
    ' ',
    usually('-X', '--request', '--request-target', '-u', '--url-query', '-b', '-A', '-e'),
    quoted(usually('POST', 'a=b', 'user:pass', '/x')),
  ),
  usually(
    '-s',
    '-sSL',
    '--compressed',
    '-G',
    '-I',
    '--path-as-is',
    '--no-keepalive',
    '--constructor',
    '--__proto__',
    '-F a=b',
    '--',
    '\\\n',
    '^\n',
    '| jq',
    '# end',
  ),
);
export const curlCommand = mutated(
  fc
    .tuple(usually('curl', '$ curl', 'curl.exe', '/usr/bin/curl'), quoted(url), fc.array(option, { maxLength: 7 }))
    .map(([command, to, options]) => [command, to, ...options].join(' ')),
);

const anything = fc.oneof(
  fc.constantFrom(null, undefined, 0, '', true, [], {}, [null], { length: 1 }),
  fc.string({ maxLength: 8 }),
);
const orElse = (arbitrary) => fc.oneof({ weight: 8, arbitrary }, { weight: 1, arbitrary: anything });
const harRequest = fc.record(
  {
    method: orElse(fc.constantFrom('GET', 'POST')),
    url: orElse(url),
    headers: orElse(
      fc.array(
        orElse(fc.record({ name: orElse(usually('Host', ':authority', ':path')), value: orElse(authorization) })),
      ),
      { maxLength: 4 },
    ),
    postData: orElse(
      fc.record(
        {
          mimeType: anything,
          text: orElse(body),
          encoding: orElse(fc.constant('base64')),
          params: orElse(fc.array(orElse(fc.record({ name: anything, value: anything })))),
        },
        { requiredKeys: [] },
      ),
    ),
  },
  { requiredKeys: [] },
);
const harFile = fc.record({
  log: orElse(
    fc.record({
      entries: orElse(
        fc.array(
          orElse(
            fc.record(
              {
                request: orElse(harRequest),
                response: orElse(fc.record({ status: anything })),
                startedDateTime: anything,
              },
              { requiredKeys: [] },
            ),
          ),
          { maxLength: 3 },
        ),
      ),
    }),
  ),
});
export const har = fc.oneof(
  { weight: 5, arbitrary: harFile.map((file) => JSON.stringify(file) ?? '') },
  { weight: 1, arbitrary: mutated(harFile.map((file) => JSON.stringify(file) ?? '')) },
);

/** A request with marks before its lines, as `curl -v`, mail and indentation have them, and what stands between. */
const transcript = mutated(
  fc
    .tuple(rawRequest, fc.constantFrom('> ', '    ', '>', '> > '), fc.constantFrom('< ', '', '* [HTTP/2] [1] ['))
    .map(([request, mark, other]) => {
      const lines = request.split(/\r?\n/).map((line) => mark + line);
      return [`${other}Connected`, ...lines, `${other}HTTP/1.1 401 x`, `${other}date: x`, other].join('\n');
    }),
);
const httpFile = mutated(
  fc
    .array(
      fc.oneof(
        rawRequest,
        curlCommand,
        url.map((to) => `POST ${to}\nAuthorization: {{auth}}\n\n{{body}}\n`),
        usually(
          '@auth = {{a}}',
          '@a=x',
          '# @name one',
          '// @no-log',
          '< {% x %}',
          '> {% x %}',
          '< ./body.json',
          '{{$guid}}',
        ),
      ),
      { maxLength: 6 },
    )
    .map((pieces) => `###\n${pieces.join('\n\n###  \n')}`),
);
const http2 = mutated(
  fc
    .tuple(target, headerLines, usually(': ', '\n', ':\n'), usually('', '* [HTTP/2] [1] [', 'Header: '), body)
    .map(([path, lines, colon, mark, text]) =>
      [
        ...[`:method${colon}POST`, `:path${colon}${path}`, `:authority${colon}h`].map((line) => mark + line),
        ...lines.map((line) => mark + line.replace(': ', colon)),
        '',
        text,
      ].join('\n'),
    ),
);
const postmanConsole = mutated(
  fc
    .tuple(
      url,
      fc.dictionary(usually('authorization', 'x-ms-date', '__proto__'), fc.oneof(authorization, anything)),
      anything,
    )
    .map(([to, headers, text]) => {
      const record = { 'Request Headers': headers, 'Request Body': text, 'Response Headers': { date: 'x' } };
      return `POST ${to}: ${JSON.stringify(record, undefined, 2)}`;
    }),
);
const keyValues = orElse(
  fc.array(
    orElse(
      fc.record({
        key: orElse(usually('a', 'x-ms-date', 'Authorization')),
        value: orElse(authorization),
        disabled: anything,
      }),
    ),
    { maxLength: 3 },
  ),
);
const postmanUrl = orElse(
  fc.record(
    {
      protocol: anything,
      host: orElse(fc.constant(['{{endpoint}}'])),
      path: orElse(fc.constant([':id', '{{a}}:play'])),
    },
    { requiredKeys: [] },
  ),
);
const postmanRequest = orElse(
  fc.record(
    {
      method: orElse(usually('POST', 'get')),
      url: fc.oneof(url, postmanUrl),
      header: fc.oneof(keyValues, usually('a: b', ':')),
      auth: orElse(
        fc.record({
          type: usually('basic', 'bearer', 'apikey', 'x', '__proto__'),
          basic: keyValues,
          apikey: keyValues,
        }),
      ),
      body: orElse(
        fc.record({
          mode: usually('raw', 'urlencoded', 'graphql', 'formdata', 'file', '__proto__'),
          raw: orElse(body),
          urlencoded: keyValues,
          graphql: anything,
          formdata: keyValues,
        }),
      ),
    },
    { requiredKeys: [] },
  ),
);
const postmanItem = orElse(
  fc.record(
    {
      name: anything,
      request: postmanRequest,
      item: anything,
      event: anything,
      response: orElse(
        fc.array(orElse(fc.record({ originalRequest: postmanRequest, code: anything, header: keyValues })), {
          maxLength: 2,
        }),
      ),
    },
    { requiredKeys: [] },
  ),
);
const collection = fc.record({
  info: usually({ schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' }, { name: 'x' }),
  variable: fc.oneof(
    keyValues,
    fc.constant([
      { key: 'a', value: '{{b}}{{a}}' },
      { key: 'endpoint', value: 'https://h' },
    ]),
  ),
  item: orElse(fc.array(postmanItem, { maxLength: 3 })),
});
const newmanReport = fc.record({
  run: fc.record({
    executions: fc.array(orElse(fc.record({ item: anything, request: postmanRequest, response: anything })), {
      maxLength: 3,
    }),
  }),
});
const postmanJson = fc.oneof(
  { weight: 4, arbitrary: fc.oneof(collection, newmanReport).map((value) => JSON.stringify(value) ?? '') },
  { weight: 1, arbitrary: mutated(fc.oneof(collection, newmanReport).map((value) => JSON.stringify(value) ?? '')) },
);
/** What programs log of requests: Python's literals, Java's heads. */
const programOutput = mutated(
  fc
    .tuple(rawRequest, usually("send: b'", 'INFO: HEADERS: REQUEST HEADERS:\n', 'send: b"'), usually("'", '"', ''))
    .map(([request, start, end]) =>
      start.startsWith('send')
        ? `${start}${request.replaceAll('\r', '\\r').replaceAll('\n', '\\n')}${end}\nsend: b'\\x0'\nheader: x`
        : `${start}${request}`,
    ),
);
const noRequest = mutated(
  usually(
    'HTTP/1.1 401 x',
    '<?php',
    'pm.request',
    'import hmac',
    '{"info":{},"item":[]}',
    'Authorization: x',
    '<html>',
  ),
);

/** What people have of a request. */
export const anyForm = fc.oneof(
  rawRequest,
  curlCommand,
  har,
  transcript,
  httpFile,
  http2,
  postmanConsole,
  postmanJson,
  programOutput,
  fc.tuple(rawRequest, usually('```\n', 'Hello\n```http\n')).map(([request, fence]) => `${fence}${request}\n\`\`\``),
  noRequest,
);

export const connectionString = mutated(
  joined(
    '',
    usually('endpoint=', 'Endpoint=', ' endpoint='),
    usually('https://contoso.communication.azure.com/', 'http://localhost:7509', 'https://u@h/', 'ftp://h', ''),
    usually(';', '; ', ';;'),
    usually('accesskey=', 'AccessKey='),
    usually(secret, 'c2hvcnQ=', '=='),
    usually('', ';', ' ; '),
  ),
);

/** Messages as anything may hand them to the diagnosis. */
export const message = fc.record({
  method: usually('POST', 'GET', 'post'),
  target,
  headers: headerLines.map((lines) =>
    lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  ),
  body: fc.oneof(
    body.map((text) => new TextEncoder().encode(text)),
    fc.uint8Array({ maxLength: 60 }),
  ),
});
