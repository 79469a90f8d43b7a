import '../canonical/epoch-time.ts';
import '../parts/body.ts';
import '../places/date.ts';
import type { PublicKeyScheme } from '../public-key-scheme.ts';

/**
 * Webhooks of Telnyx (API version 2): Ed25519 over time and body. The key is the account's public key, one for all of its
 * profiles: 32 bytes in base64.
 *
 * Not covered: method, path, query, host, Content-Type, other headers.
 *
 * Reads in one way: the time is digits, and the body is all that follows the bar.
 *
 * Telnyx's own packages take times that lie ahead or back by five minutes, as here.
 *
 * @see https://developers.telnyx.com/docs/development/sdk/node/webhooks
 */
export const telnyx: PublicKeyScheme = {
  id: 'telnyx',
  title: 'Telnyx webhook',
  documentation: 'https://developers.telnyx.com/docs/development/sdk/node/webhooks',
  signer: 'provider',
  publicKey: { algorithm: 'ed25519', encoding: 'base64' },
  date: { headers: ['telnyx-timestamp'], format: 'epoch-seconds', toleranceSeconds: 5 * 60 },
  authorization: { header: 'telnyx-signature-ed25519', template: '{signature}' },
  parts: [
    { name: 'timestamp', source: { from: 'date' }, after: '|' },
    { name: 'body', source: { from: 'body' }, after: '' },
  ],
};
