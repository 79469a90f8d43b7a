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

export const parsers = [
  {
    name: 'raw requests',
    module: 'requests/raw-request',
    input: asBytes(requests.rawRequest),
    run: ({ readRawRequest }, bytes) => readRawRequest(bytes),
    throws: 'own',
  },
  {
    name: 'curl command lines',
    module: 'requests/curl-command',
    input: requests.curlCommand,
    run: ({ readCurlCommand }, line) => readCurlCommand(line),
    throws: 'own',
  },
  {
    name: 'HAR files',
    module: 'requests/har',
    input: asBytes(requests.har),
    run: ({ readHar }, bytes) => readHar(bytes),
    throws: 'own',
  },
  {
    name: 'connection strings',
    module: 'schemes/acs-hmac',
    input: requests.connectionString,
    run: ({ parseConnectionString }, text) => parseConnectionString(text),
    throws: 'own',
  },
  {
    name: 'dates by a format',
    module: 'canonical/timestamp',
    input: requests.date,
    run: ({ parseTimestamp }, text) =>
      ['rfc1123', 'iso8601', 'epoch-seconds'].map((format) => parseTimestamp(text, format)),
    throws: 'nothing',
  },
  {
    name: 'dates in any spelling',
    module: 'diagnose/text/date-text',
    input: requests.date,
    run({ parseLoosely, dateSpellings, epochSpellings }, text) {
      const instant = parseLoosely(text);
      return instant === undefined ? undefined : [dateSpellings(instant), epochSpellings(instant)];
    },
    throws: 'nothing',
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
        readLeniently(scheme, {
          method: 'GET',
          target: '/',
          headers: [[scheme.authorization.header, value]],
          body: new Uint8Array(),
        }),
      ),
    throws: 'nothing',
  },
  {
    name: 'received digests',
    module: 'diagnose/reading/received-signature',
    input: requests.authorization,
    run: ({ digestReadings, looksLikeDigest }, text) => [
      digestReadings(text, 'sha256', 'base64'),
      looksLikeDigest(text),
    ],
    throws: 'nothing',
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
    throws: 'nothing',
  },
  {
    name: 'compressed bodies',
    module: 'diagnose/text/inflate',
    input: fc
      .tuple(compressed, fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 3 }))
      .map(([data, changes]) =>
        changes.reduce((bytes, [at, byte]) => bytes.with(at % bytes.length, byte), new Uint8Array(data)),
      ),
    run: ({ decompress }, bytes) => decompress(bytes, 100_000),
    throws: 'nothing',
  },
  {
    name: 'names in the spellings of placeholders',
    module: 'diagnose/placeholders/placeholders',
    input: mutated(usually('callConnectionId', 'api-version', 'call_id')),
    run: ({ spellings }, name) => spellings(name),
    throws: 'nothing',
  },
  {
    name: 'values made visible',
    module: 'diagnose/text/visible',
    input: requests.body,
    run: ({ visible }, text) => [visible(text), visible(new TextEncoder().encode(text).toReversed())],
    throws: 'nothing',
  },
  {
    name: 'claims of a request',
    modules: ['claims', 'schemes/acs-hmac', 'schemes/sinch-application', 'schemes/sinch-webhook'],
    input: requests.message,
    run: ({ readClaims, ...schemes }, message) => schemesIn(schemes).map((scheme) => readClaims(scheme, message)),
    throws: 'nothing',
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
    throws: 'nothing',
    /** A diagnosis is a hundred times the work of a parser. */
    share: 0.05,
  },
];

function schemesIn(exports) {
  return Object.values(exports).filter((value) => value?.authorization !== undefined && value.parts !== undefined);
}
