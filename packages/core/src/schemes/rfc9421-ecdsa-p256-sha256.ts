import '../canonical/epoch-time.ts';
import '../parts/declare-components.ts';
import '../parts/url.ts';
import '../places/date.ts';
import type { PublicKeyScheme } from '../public-key-scheme.ts';

/**
 * HTTP Message Signatures by ECDSA on the curve P-256 with SHA-256: as `rfc9421`, with a private key in place of the shared secret.
 *
 * Not covered: Content-Type, other headers, unless the request lists them as well.
 *
 * Reads in one way: the list at the end says which line is which, and no value holds a line break.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9421
 */
export const rfc9421EcdsaP256Sha256: PublicKeyScheme = {
  id: 'rfc9421-ecdsa-p256-sha256',
  title: 'HTTP Message Signatures (RFC 9421), ECDSA',
  documentation: 'https://www.rfc-editor.org/rfc/rfc9421',
  publicKey: { algorithm: 'ecdsa-p256-sha256', encoding: 'base64', form: 'p1363' },
  date: { headers: [], format: 'epoch-seconds', toleranceSeconds: 5 * 60 },
  components: {
    required: ['@method', '@authority', '@path', '@query', 'content-digest'],
    algorithm: 'ecdsa-p256-sha256',
  },
  authorization: { header: 'signature', template: 'sig1=:{signature}:' },
  parts: [
    { name: 'components', source: { from: 'components' }, after: '' },
    { name: 'signature-params', source: { from: 'signature-params' }, before: '"@signature-params": ', after: '' },
  ],
  ambiguous: 'the list at the end names each line, and no value holds the line break that ends one',
};
