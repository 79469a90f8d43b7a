import '#digest/sha1';
import '../parts/body.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Callbacks of Sinch Numbers: HMAC-SHA1 of the body, and of nothing else. There is no date, so an old callback verifies
 * for ever: tell repetitions apart by the event's id, or by the result's `replayKey`.
 *
 * Not covered: method, path, query, host, Content-Type, other headers, time.
 *
 * Reads in one way: the body is all that is signed.
 *
 * @see https://developers.sinch.com/docs/numbers/api-reference/numbers/tag/Numbers-Callbacks/
 */
export const sinchNumbers: Scheme = {
  id: 'sinch-numbers',
  title: 'Sinch Numbers callback',
  documentation: 'https://developers.sinch.com/docs/numbers/api-reference/numbers/tag/Numbers-Callbacks/',
  signer: 'provider',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha1', encoding: 'hex' },
  authorization: { header: 'x-sinch-signature', template: '{signature}' },
  parts: [{ name: 'body', source: { from: 'body' }, after: '' }],
};
