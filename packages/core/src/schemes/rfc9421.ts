import '../canonical/epoch-time.ts';
import '../parts/declare-components.ts';
import '../parts/url.ts';
import '../places/date.ts';
import type { Scheme } from '../scheme.ts';

/**
 * HTTP Message Signatures under a shared secret: HMAC-SHA256 of the components that the request lists in `Signature-Input`, one
 * line each, and of that list. Here a request must cover its method, authority, path, its query and the digest of its body
 * where it has them; `messageSignatures` asks for others.
 *
 * Not covered: Content-Type, other headers, unless the request lists them as well.
 *
 * Reads in one way: the list at the end says which line is which, and no value holds a line break.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9421
 */
export const rfc9421: Scheme = {
  id: 'rfc9421',
  title: 'HTTP Message Signatures (RFC 9421), shared secret',
  documentation: 'https://www.rfc-editor.org/rfc/rfc9421',
  key: { encoding: 'base64' },
  mac: { algorithm: 'sha256', encoding: 'base64' },
  date: { headers: [], format: 'epoch-seconds', toleranceSeconds: 5 * 60 },
  components: {
    required: ['@method', '@authority', '@path', '@query', 'content-digest'],
    algorithm: 'hmac-sha256',
  },
  authorization: { header: 'signature', template: 'sig1=:{signature}:' },
  parts: [
    { name: 'components', source: { from: 'components' }, after: '' },
    { name: 'signature-params', source: { from: 'signature-params' }, before: '"@signature-params": ', after: '' },
  ],
  ambiguous: 'the list at the end names each line, and no value holds the line break that ends one',
};
