import { schemes } from '@countersign/core/schemes/catalog';
import { nearJson } from './json-values.js';

/**
 * Files of schemes: those of the catalog and those of other platforms, with members changed. What is taken as a scheme has to
 * sign and verify what its own rules allow, and never throws anything but an error of ours.
 */

const plain = schemes.map((scheme) => JSON.parse(JSON.stringify({ ...scheme, deviations: undefined })));
const plan = {
  type: 'hmac',
  algorithm: 'sha256',
  secretKey: 'secret',
  payloadFormat: '{svix-id}.{timestamp}.{body}',
  messageIdHeader: 'svix-id',
  signaturePrefix: 'sha256=',
  includeTimestamp: true,
};
const source = {
  Algorithm: 'SHA256',
  Encoding: 'BASE64',
  SignatureHttpHeader: 'webhook-signature',
  SignaturePrefix: 'v1,',
  Delimiter: ' ',
  TimestampHttpHeader: 'webhook-timestamp',
  MessageIdHttpHeader: 'webhook-id',
  SignedMessageComposition: 'MESSAGE_ID_DOT_TIMESTAMP_DOT_BODY',
  SecretValue: 'secret',
};
const message = {
  method: 'POST',
  target: '/hook?a=1',
  headers: [
    ['host', 'example.com'],
    ['content-type', 'application/x-www-form-urlencoded'],
    ['webhook-id', 'm1'],
    ['svix-id', 'm1'],
  ],
  body: new TextEncoder().encode('b=2&c=%20'),
};

export const parsers = [
  {
    name: 'files of schemes',
    modules: ['scheme-json/scheme-from-json', 'sign', 'signed-message', 'verify', 'secret'],
    input: nearJson(...plain, plan, source),
    run({ schemeFromJson, sign, signedMessage, verify, Secret }, text) {
      const scheme = schemeFromJson(text);
      const credential = { secret: new Secret('c2VjcmV0', scheme.key.encoding), keyId: 'key-1' };
      const signature = sign(scheme, credential, message);
      const result = verify(scheme, credential, signedMessage(message, signature), { toleranceSeconds: Infinity });
      if (!result.ok && !/^[a-z-]+\/[a-z-]+$/.test(result.code)) throw new Error(`no code: ${result.code}`);
      result.trace();
    },
    throws: ['CountersignError'],
    share: 0.5,
  },
];
