import { defineScheme, type Scheme } from '@countersign/core/scheme';
import { azureAppConfiguration } from '@countersign/core/schemes/azure-app-configuration';
import { sinchNumbers } from '@countersign/core/schemes/sinch-numbers';
import { sinchVoiceV2 } from '@countersign/core/schemes/sinch-voice-v2';
import { sinchWebhook } from '@countersign/core/schemes/sinch-webhook';

/** A scheme of somebody's own, with what no built-in one has: a key and digests in hex, the query alone, a length, a header. */
const ledger = defineScheme({
  id: 'ledger',
  title: 'A ledger',
  documentation: 'https://ledger.example.com/',
  key: { encoding: 'hex' },
  mac: { algorithm: 'sha512', encoding: 'hex' },
  contentHash: { algorithm: 'sha1', encoding: 'hex', header: 'x-body-sha1', empty: 'hashed' },
  date: { headers: ['x-time'], format: 'epoch-seconds', toleranceSeconds: 300 },
  authorization: { header: 'authorization', template: 'Ledger key={keyId},mac={signature}' },
  parts: [
    { name: 'method', source: { from: 'method' }, after: '\n' },
    { name: 'path', source: { from: 'target', form: 'path' }, after: '\n' },
    { name: 'query', source: { from: 'target', form: 'query' }, after: '\n' },
    { name: 'host', source: { from: 'host' }, after: '\n' },
    { name: 'length', source: { from: 'header', header: 'content-length', absent: 'refused' }, after: '\n' },
    { name: 'nonce', source: { from: 'header', header: 'x-nonce', absent: 'refused' }, after: '\n' },
    { name: 'time', source: { from: 'date' }, after: '\n' },
    { name: 'content-hash', source: { from: 'content-hash' }, after: '' },
  ],
});

/** Another one, which signs the URL that it was told and a hash that is not sent. */
const postcard = defineScheme({
  id: 'postcard',
  title: 'A postcard',
  documentation: 'https://postcard.example.com/',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'md5', encoding: 'base64' },
  contentHash: { algorithm: 'sha512', encoding: 'hex', empty: 'hashed' },
  authorization: { header: 'x-postcard', template: '{signature}' },
  parts: [
    { name: 'url', source: { from: 'literal', text: 'https://hooks.example.com/voice?a=1' }, after: '\n' },
    { name: 'content-hash', source: { from: 'content-hash' }, after: '' },
  ],
});

/** The schemes that the local server does not speak. */
export const furtherSchemes: readonly Scheme[] = [
  azureAppConfiguration,
  sinchVoiceV2,
  sinchWebhook,
  sinchNumbers,
  ledger,
  postcard,
];
