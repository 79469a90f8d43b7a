import '#digest/md5';
import '../canonical/iso8601-time.ts';
import '../places/date.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Sinch application-signed requests (Voice and Verification), and the callbacks that Sinch signs the same way.
 *
 * Not covered: query, host, other headers. The application's key is not signed either, nor is a body whose MD5 is the same:
 * whoever chooses both of two bodies can make such a pair, so do not sign bodies that somebody else wrote in full.
 *
 * Reads in one way: no part holds the line break that ends it, and an empty Content-Type, which would sign as none does,
 * is refused.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/authentication/application-signed-request/
 */
export const sinchApplication: Scheme = {
  id: 'sinch-application',
  title: 'Sinch application-signed request',
  documentation: 'https://developers.sinch.com/docs/voice/api-reference/authentication/application-signed-request/',
  key: { encoding: 'base64' },
  mac: { algorithm: 'sha256', encoding: 'base64' },
  contentHash: { algorithm: 'md5', encoding: 'base64', empty: 'blank' },
  // "Not too old" is all that Sinch says; 5 minutes is what a third-party verifier uses.
  date: { headers: ['x-timestamp'], format: 'iso8601', toleranceSeconds: 5 * 60 },
  authorization: { header: 'authorization', template: 'application {keyId}:{signature}', anyCaseWord: true },
  parts: [
    { name: 'method', source: { from: 'method' }, after: '\n' },
    { name: 'content-md5', source: { from: 'content-hash' }, after: '\n' },
    { name: 'content-type', source: { from: 'header', header: 'content-type', absent: 'blank' }, after: '\n' },
    { name: 'x-timestamp', source: { from: 'date' }, before: 'x-timestamp:', after: '\n' },
    { name: 'path', source: { from: 'target', form: 'path' }, after: '' },
  ],
};
