import { gzipSync, deflateSync } from 'node:zlib';
import * as fc from 'fast-check';
import { asBytes, mutated, usually } from './mutations.js';
import * as requests from './requests.js';

/**
 * Core's parsers: each with the built or source module that it is in, its inputs, and how it is called. `throws` says
 * whether it may throw an error of our own (a `CountersignError` with a code) or nothing.
 */

const secrets = [requests.secret, 'test', ` ${requests.secret}\n`, 'YWJj', 'whsec_abc=', '\ud800'];
const budget = { candidates: 60, bytes: 100_000, ms: 60_000 };
const compressed = fc
  .uint8Array({ maxLength: 200 })
  .map((data) => (data.length % 2 ? gzipSync(data) : deflateSync(data)));

/** The forms in which a key can stand, and what may be done to what it stands in. */
const keyBytes = Buffer.from(requests.secret, 'base64');
const keyForms = [
  requests.secret,
  requests.secret.replace(/=+$/, ''),
  keyBytes.toString('hex'),
  keyBytes.toString('hex').toUpperCase(),
  Buffer.from(requests.secret).toString('base64'),
  Buffer.from(`id:${requests.secret}`).toString('base64url'),
  Buffer.from(requests.secret).toString('hex'),
  encodeURIComponent(requests.secret),
];
const escapes = [
  (text) => text,
  (text) => JSON.stringify(text).slice(1, -1),
  (text) => encodeURIComponent(text.toWellFormed()),
  (text) => JSON.stringify(JSON.stringify(text)).slice(3, -3),
];

/** Lines of code in several languages, of which one makes out the language of a text. */
const codePieces = [
  "const url = pm.request.url.toString().replace('{{endpoint}}','');",
  "const s = CryptoJS.HmacSHA256(t, pm.variables.get('key')).toString(CryptoJS.enc.Base64);",
  'import hmac\ns = base64.b64encode(hmac.new(key.encode(), t, hashlib.sha256).hexdigest())',
  "headers['Authorization'] = 'HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=' + s",
  "<?php\n$s = hash_hmac('sha256', $a . '\\n' . $b, $key, true);",
  'using System.Text;\nnew HMACSHA256(Encoding.UTF8.GetBytes(accessKey));',
  'sig=$(echo "$body" | openssl dgst -sha256 -hmac "$k" | base64) # not so',
  'curl -d @body.json "$url"',
  '{"item":[{"event":[{"script":{"exec":["pm.request.url.getPath();"]}}]}]}',
  "const d = new Date().toISOString(); headers['x-ms-date'] = new Date().toISOString(); /*",
];

export const parsers = [
  {
    name: 'the scheme of a message',
    modules: ['recognition/recognize-scheme', 'schemes/catalog'],
    input: requests.message,
    run: ({ schemeOfMessage, schemes }, message) => schemeOfMessage(schemes, message),
    throws: [],
    share: 0.5,
  },
  {
    name: 'raw requests',
    modules: ['requests/raw-request'],
    input: asBytes(requests.rawRequest),
    run: ({ readRawRequest }, bytes) => readRawRequest(bytes),
    throws: ['CountersignError'],
    share: 0.5,
  },
  {
    name: 'curl command lines',
    modules: ['requests/curl-command'],
    input: requests.curlCommand,
    run: ({ readCurlCommand }, line) => readCurlCommand(line),
    throws: ['CountersignError'],
    share: 0.5,
  },
  {
    name: 'HAR files',
    modules: ['requests/har'],
    input: asBytes(requests.har),
    run: ({ readHar }, bytes) => readHar(bytes),
    throws: ['CountersignError'],
    share: 0.5,
  },
  {
    name: 'requests in any form',
    modules: ['requests/read-requests'],
    input: fc.oneof(
      asBytes(requests.anyForm),
      requests.anyForm,
      requests.anyForm.map((text) => Buffer.from(`\ufeff${text}`, 'utf16le')),
    ),
    run: ({ readRequests }, input) => readRequests(input, { variables: { auth: 'x', body: '{{auth}}' } }),
    throws: ['CountersignError'],
    share: 0.5,
  },
  {
    name: 'code that signs',
    modules: ['code-reading/read-code'],
    input: mutated(fc.array(fc.constantFrom(...codePieces), { maxLength: 12 }).map((pieces) => pieces.join('\n'))),
    run: ({ readCode }, text) => readCode(text),
    throws: [],
  },
  {
    name: 'connection strings',
    modules: ['schemes/acs-hmac'],
    input: requests.connectionString,
    run: ({ parseConnectionString }, text) => parseConnectionString(text),
    throws: ['CountersignError'],
  },
  {
    name: 'dates by a format',
    modules: ['canonical/timestamp'],
    input: requests.date,
    run: ({ parseTimestamp }, text) =>
      ['rfc1123', 'iso8601', 'epoch-seconds'].map((format) => parseTimestamp(text, format)),
    throws: [],
  },
  {
    name: 'dates in any spelling',
    modules: ['diagnose/text/date-text'],
    input: requests.date,
    run({ parseLoosely, dateSpellings, epochSpellings }, text) {
      const instant = parseLoosely(text);
      return instant === undefined ? undefined : [dateSpellings(instant), epochSpellings(instant)];
    },
    throws: [],
  },
  {
    name: 'Authorization headers, leniently',
    modules: [
      'diagnose/reading/lenient-authorization',
      'schemes/acs-hmac',
      'schemes/sinch-application',
      'schemes/azure-app-configuration',
      'schemes/sinch-webhook',
    ],
    input: requests.authorization,
    run: ({ readLeniently, ...schemes }, value) =>
      schemesIn(schemes).map((scheme) =>
        readLeniently(
          scheme,
          { method: 'GET', target: '/', headers: [[scheme.authorization.header, value]], body: new Uint8Array() },
          () => true,
        ),
      ),
    throws: [],
    share: 0.5,
  },
  {
    name: 'tokens, read strictly and leniently',
    modules: ['places/token', 'places/token-date', 'diagnose/reading/lenient-token'],
    input: fc.record({
      header: mutated(fc.constantFrom('{"alg":"HS256","typ":"JWT"}', '{"alg":"none"}', '{"alg":"HS256","crit":[]}')),
      claims: mutated(
        fc.constantFrom(
          '{"iss":"Vonage","iat":1717000000,"jti":"c5ba8f24","payload_hash":"d6c0"}',
          '{"exp":1717000000,"nbf":1716999940,"nested":{"iss":["a",{"b":"\\"}"}]}}',
        ),
      ),
      encoded: fc.boolean(),
    }),
    run({ readToken, readTokenDate, readTokenLeniently }, { header, claims, encoded }) {
      const write = (text) => (encoded ? Buffer.from(text).toString('base64url') : text);
      const fields = { header: write(header), claims: write(claims) };
      const token = readToken(fields);
      readTokenDate('iat', fields);
      readTokenLeniently(`${fields.header}.${fields.claims}.${fields.header}`, []);
      if ('code' in token) return;
      const same = JSON.stringify(token.claims) === JSON.stringify(JSON.parse(Buffer.from(fields.claims, 'base64url')));
      if (!same) throw new Error('the claims are not what their text says');
    },
    throws: [],
  },
  {
    name: 'received digests',
    modules: ['diagnose/reading/received-signature'],
    input: requests.authorization,
    run: ({ digestReadings, looksLikeDigest }, text) => [
      digestReadings(text, 'sha256', 'base64'),
      looksLikeDigest(text),
    ],
    throws: [],
    share: 0.5,
  },
  {
    name: 'JSON texts and their dialects',
    modules: ['diagnose/text/json-text', 'diagnose/text/json-dialects'],
    input: mutated(requests.json),
    run({ parseJson, renderJson, stringWriters, jsonStyles, memberOrders, mapPrinters }, text) {
      const root = parseJson(text);
      if (!root) return [];
      return [
        ...stringWriters.map(({ write }) => renderJson(root, { item: ',', key: ':', string: write })),
        ...jsonStyles.map(({ style }) => renderJson(root, { ...style, string: ({ raw }) => raw })),
        ...memberOrders.map(({ order }) =>
          renderJson(root, { item: ',', key: ':', string: ({ raw }) => raw, ...(order && { order }) }),
        ),
        ...mapPrinters.map(({ dialect }) => renderJson(root, dialect)),
      ];
    },
    throws: [],
  },
  {
    name: 'compressed bodies',
    modules: ['diagnose/text/inflate'],
    input: fc
      .tuple(compressed, fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 3 }))
      .map(([data, changes]) =>
        changes.reduce((bytes, [at, byte]) => bytes.with(at % bytes.length, byte), new Uint8Array(data)),
      ),
    run: ({ decompress }, bytes) => decompress(bytes, 100_000),
    throws: [],
  },
  {
    name: 'names in the spellings of placeholders',
    modules: ['diagnose/placeholders/name-grammar'],
    input: mutated(usually('callConnectionId', 'api-version', 'call_id')),
    run: ({ spellings }, name) => spellings(name),
    throws: [],
  },
  {
    name: 'values made visible',
    modules: ['diagnose/text/visible'],
    input: requests.body,
    run: ({ visible }, text) => [visible(text), visible(new TextEncoder().encode(text).toReversed())],
    throws: [],
  },
  {
    name: 'claims of a request',
    modules: ['claims', 'schemes/acs-hmac', 'schemes/sinch-application', 'schemes/sinch-webhook'],
    input: requests.message,
    run: ({ readClaims, ...schemes }, message) => schemesIn(schemes).map((scheme) => readClaims(scheme, message)),
    throws: [],
  },
  {
    name: 'the diagnosis of any message with any secret',
    modules: [
      'diagnose/diagnose',
      'schemes/acs-hmac',
      'schemes/sinch-application',
      'schemes/azure-app-configuration',
      'schemes/sinch-webhook',
    ],
    input: fc.tuple(
      requests.message,
      fc.nat(),
      fc.nat(),
      fc.dictionary(usually('id', 'to', '__proto__'), usually('401f3500', 'x', ''), { maxKeys: 2 }),
    ),
    run({ diagnose, ...schemes }, [message, whichScheme, whichSecret, variables]) {
      const all = schemesIn(schemes);
      const credential = {
        keyId: '669E367E-6BBA-48AB-AF15-266871C28135',
        secret: secrets[whichSecret % secrets.length],
      };
      return diagnose(all[whichScheme % all.length], credential, message, {
        budget,
        variables,
        otherSchemes: all,
        now: new Date(1_716_800_887_000),
      });
    },
    throws: [],
    /** A diagnosis is a hundred times the work of a parser. */
    share: 0.02,
  },
  {
    name: 'requests as Node receives them, verified',
    modules: [
      'receive',
      'verify',
      'secret',
      'schemes/acs-hmac',
      'schemes/sinch-application',
      'schemes/azure-app-configuration',
      'schemes/sinch-webhook',
    ],
    input: fc.tuple(requests.message, usually('/', '*', 'http://', 'ftp://h/x', 'http:///x', '//')),
    run({ messageFromIncoming, verify, Secret, ...schemes }, [{ method, target, headers, body }, odd]) {
      const rawHeaders = headers.flat();
      const now = new Date(1_716_800_887_000);
      for (const url of [target, odd]) {
        const message = messageFromIncoming({ method, url, rawHeaders }, body);
        for (const scheme of schemesIn(schemes)) {
          const credential = { keyId: 'id', secret: new Secret(requests.secret, scheme.key.encoding) };
          if (verify(scheme, credential, message, { now }).ok) throw new Error('what nobody signed is accepted');
        }
      }
    },
    /** Of the body, which Node would not hand on so. */
    throws: [/^TypeError: the (?:request announces|body)/],
    share: 0.3,
  },
  {
    name: 'keys in what is shown',
    modules: ['redaction/redaction'],
    input: fc.record({
      before: requests.body,
      after: requests.body,
      form: fc.constantFrom(...keyForms),
      escaped: fc.constantFrom(...escapes),
    }),
    run({ redactionOf }, { before, after, form, escaped }) {
      const { text, bytes } = redactionOf([requests.secret]);
      const planted = escaped(before + form + after);
      const shown = text(planted);
      if (shown.includes(escaped(form))) throw new Error(`${form} is still there`);
      const masked = bytes(Buffer.from(planted));
      if (masked.length !== Buffer.byteLength(planted)) throw new Error('the length changed');
      if (Buffer.from(masked).includes(escaped(form))) throw new Error(`${form} is still in the bytes`);
      if (keyForms.some((known) => (before + after).includes(known))) return;
      if (text(before) !== before || text(after) !== after) throw new Error('what is no key is hidden');
    },
    throws: [],
    share: 0.2,
  },
];

function schemesIn(exports) {
  return Object.values(exports).filter((value) => value?.authorization !== undefined && value.parts !== undefined);
}
