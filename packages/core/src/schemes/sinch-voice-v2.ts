import '#digest/md5';
import '../canonical/iso8601-time.ts';
import '../places/date.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Webhooks of Sinch Voice v2: signed as application-signed requests are, with a service's id and secret. The CloudEvents
 * headers (`ce-id` and others) are not signed; an event may come twice, from the fallback URL.
 *
 * Not covered: query, host, other headers. The service's id and the word `service` are not signed either: give it a secret
 * that no application has. For bodies of one MD5 see `sinchApplication`.
 *
 * Reads in one way: no part holds the line break that ends it, and an empty Content-Type, which would sign as none does,
 * is refused.
 *
 * @see https://developers.sinch.com/docs/voice/
 */
export const sinchVoiceV2: Scheme = {
  id: 'sinch-voice-v2',
  title: 'Sinch Voice v2 webhook',
  documentation: 'https://developers.sinch.com/docs/voice/',
  signer: 'provider',
  key: { encoding: 'base64' },
  mac: { algorithm: 'sha256', encoding: 'base64' },
  contentHash: { algorithm: 'md5', encoding: 'base64', empty: 'blank' },
  // "An accepted clock-skew window" is all that Sinch says.
  date: { headers: ['x-timestamp'], format: 'iso8601', toleranceSeconds: 5 * 60 },
  authorization: { header: 'authorization', template: 'service {keyId}:{signature}', anyCaseWord: true },
  parts: [
    { name: 'method', source: { from: 'method' }, after: '\n' },
    { name: 'content-md5', source: { from: 'content-hash' }, after: '\n' },
    { name: 'content-type', source: { from: 'header', header: 'content-type', absent: 'blank' }, after: '\n' },
    { name: 'x-timestamp', source: { from: 'date' }, before: 'x-timestamp:', after: '\n' },
    { name: 'path', source: { from: 'target', form: 'path' }, after: '' },
  ],
};
