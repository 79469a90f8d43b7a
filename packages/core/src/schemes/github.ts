import '../parts/body.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Webhooks of GitHub: HMAC-SHA256 of the body. The key is the webhook's secret, as text. There is no date, so an old request
 * verifies for ever: remember `X-GitHub-Delivery`, which is not signed, or the result's `replayKey`. The older header
 * `X-Hub-Signature`, in SHA-1, is not read.
 *
 * Not covered: method, path, query, host, Content-Type, other headers, time.
 *
 * Reads in one way: the body is all that is signed.
 *
 * @see https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
 */
export const github: Scheme = {
  id: 'github',
  title: 'GitHub webhook',
  documentation: 'https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries',
  signer: 'provider',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha256', encoding: 'hex' },
  authorization: { header: 'x-hub-signature-256', template: 'sha256={signature}' },
  parts: [{ name: 'body', source: { from: 'body' }, after: '' }],
};
