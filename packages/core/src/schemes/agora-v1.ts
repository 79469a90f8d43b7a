import '#digest/sha1';
import '../parts/body.ts';
import type { Scheme } from '../scheme.ts';

/**
 * The older signature of Agora's notifications: HMAC-SHA1 of the body. The key is the notification's secret, as text. Agora
 * sends `Agora-Signature-V2` beside it, which is the HMAC-SHA256 of the same: check that one, by `agora`, where it is there.
 *
 * Not covered: method, path, query, host, Content-Type, other headers, time.
 *
 * Reads in one way: the body is all that is signed.
 *
 * @see https://docs.agora.io/en/video-calling/advanced-features/receive-notifications
 */
export const agoraV1: Scheme = {
  id: 'agora-v1',
  title: 'Agora notification, older signature',
  documentation: 'https://docs.agora.io/en/video-calling/advanced-features/receive-notifications',
  signer: 'provider',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha1', encoding: 'hex' },
  authorization: { header: 'agora-signature', template: '{signature}' },
  parts: [{ name: 'body', source: { from: 'body' }, after: '' }],
};
