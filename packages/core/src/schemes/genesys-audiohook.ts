import '../canonical/epoch-time.ts';
import '../parts/declare-components.ts';
import '../parts/url.ts';
import '../places/date.ts';
import type { Scheme } from '../scheme.ts';

/**
 * The handshake of Genesys Cloud AudioHook: the upgrade request of its WebSocket, signed as a draft of RFC 9421 has it. The
 * key's id stands in `X-API-KEY` and, again, in the signature's parameters; the secret is base64.
 *
 * A request may be repeated while it is fresh, ten seconds: refuse a nonce that you know.
 *
 * Not covered: method, Content-Type, other headers, body. Nor is what is said on the connection.
 *
 * Reads in one way: as that of RFC 9421.
 *
 * @see https://developer.genesys.cloud/devapps/audiohook/security
 */
export const genesysAudiohook: Scheme = {
  id: 'genesys-audiohook',
  title: 'Genesys Cloud AudioHook handshake',
  documentation: 'https://developer.genesys.cloud/devapps/audiohook/security',
  signer: 'provider',
  key: { encoding: 'base64' },
  mac: { algorithm: 'sha256', encoding: 'base64' },
  date: { headers: [], format: 'epoch-seconds', toleranceSeconds: 10 },
  components: {
    required: [
      '@request-target',
      '@authority',
      'audiohook-organization-id',
      'audiohook-session-id',
      'audiohook-correlation-id',
      'x-api-key',
    ],
    algorithm: 'hmac-sha256',
    parameters: ['keyid', 'nonce', 'alg', 'created', 'expires'],
    nonceLength: 22,
    lifetimeSeconds: 30,
    namesKey: true,
    keyHeader: 'x-api-key',
  },
  authorization: { header: 'signature', template: 'sig1=:{signature}:' },
  parts: [
    { name: 'components', source: { from: 'components' }, after: '' },
    { name: 'signature-params', source: { from: 'signature-params' }, before: '"@signature-params": ', after: '' },
  ],
  ambiguous: 'the list at the end names each line, and no value holds the line break that ends one',
};
