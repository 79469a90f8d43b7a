import '../parts/body.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Webhooks of Bland: HMAC-SHA256 of the body. The key is the webhook's signing secret, as text. There is no date, so an old
 * request verifies for ever. The provider's sample verifies `JSON.stringify(req.body)`, which is another text than the one that
 * was sent as soon as a number or an escape is written otherwise: verify the raw body.
 *
 * Not covered: method, path, query, host, Content-Type, other headers, time.
 *
 * Reads in one way: the body is all that is signed.
 *
 * @see https://docs.bland.ai/tutorials/webhook-signing
 */
export const bland: Scheme = {
  id: 'bland',
  title: 'Bland webhook',
  documentation: 'https://docs.bland.ai/tutorials/webhook-signing',
  signer: 'provider',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha256', encoding: 'hex' },
  authorization: { header: 'x-webhook-signature', template: '{signature}' },
  parts: [{ name: 'body', source: { from: 'body' }, after: '' }],
};
