import '../parts/url.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Plivo's second signature (deprecated): HMAC-SHA256 of the public URL without its query, and a nonce. Neither query nor body
 * is signed, so whoever has one signed request sends any parameters with it: use the third version. The key is the Auth
 * Token, as text.
 *
 * Not covered: method, query, Content-Type, other headers, body, time.
 *
 * To sign such a request, put a fresh `x-plivo-signature-v2-nonce` header into the message first.
 *
 * @see https://www.plivo.com/docs/voice/concepts/signature-validation
 */
export const plivoV2: Scheme = {
  id: 'plivo-v2',
  title: 'Plivo callback, version 2',
  documentation: 'https://www.plivo.com/docs/voice/concepts/signature-validation',
  signer: 'provider',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha256', encoding: 'base64' },
  authorization: { header: 'x-plivo-signature-v2', template: '{signature}', list: ',' },
  parts: [
    { name: 'url', source: { from: 'url', form: 'without-query' }, after: '' },
    { name: 'nonce', source: { from: 'header', header: 'x-plivo-signature-v2-nonce', absent: 'refused' }, after: '' },
  ],
  nonce: 'nonce',
  ambiguous: 'URL and nonce touch; a nonce of Plivo is digits, so a path that ends in none reads in one way',
};
