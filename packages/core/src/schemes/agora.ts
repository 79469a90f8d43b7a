import '../parts/body.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Notifications of Agora (RTC, cloud recording, Conversational AI): HMAC-SHA256 of the body. The key is the notification
 * secret, as text. `Agora-Signature` beside it is the HMAC-SHA1 of the same: check this one. There is no date that is
 * signed on its own, so an old request verifies for ever; know it by `noticeId` or by the result's `replayKey`.
 *
 * Not covered: method, path, query, host, Content-Type, other headers, time.
 *
 * Reads in one way: the body is all that is signed.
 *
 * @see https://docs.agora.io/en/video-calling/advanced-features/receive-notifications
 */
export const agora: Scheme = {
  id: 'agora',
  title: 'Agora notification',
  documentation: 'https://docs.agora.io/en/video-calling/advanced-features/receive-notifications',
  signer: 'provider',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha256', encoding: 'hex' },
  authorization: { header: 'agora-signature-v2', template: '{signature}' },
  parts: [{ name: 'body', source: { from: 'body' }, after: '' }],
};
