import '../parts/body.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Webhooks of Meta (WhatsApp Cloud API with its calls, Messenger, Instagram): HMAC-SHA256 of the body. The key is the app's
 * secret, as text. Meta sends letters beyond ASCII as `\u00e4`; whoever parses the body and writes it anew verifies another
 * text, and notices with the first such letter. There is no date, so an old request verifies for ever.
 *
 * Not covered: method, path, query, host, Content-Type, other headers, time.
 *
 * Reads in one way: the body is all that is signed.
 *
 * @see https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads
 */
export const meta: Scheme = {
  id: 'meta',
  title: 'Meta webhook (WhatsApp, Messenger)',
  documentation: 'https://developers.facebook.com/docs/graph-api/webhooks/getting-started#validate-payloads',
  signer: 'provider',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha256', encoding: 'hex' },
  authorization: { header: 'x-hub-signature-256', template: 'sha256={signature}' },
  parts: [{ name: 'body', source: { from: 'body' }, after: '' }],
};
