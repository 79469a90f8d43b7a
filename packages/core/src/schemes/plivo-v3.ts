import '../parts/query-and-form.ts';
import '../parts/url.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Plivo's third signature (Voice): HMAC-SHA256 of the public URL with its parameters decoded and sorted, the form's fields
 * sorted, and a nonce. The key is the Auth Token of the account or subaccount, as text; where several tokens are active the
 * header carries a signature of each. `X-Plivo-Signature-Ma-V3` beside it is always the main account's.
 *
 * There is no date: refuse a nonce that you know.
 *
 * Not covered: method, other headers, time. A body that is not a form by its Content-Type is refused.
 *
 * To sign such a request, put a fresh `x-plivo-signature-v3-nonce` header into the message first.
 *
 * @see https://www.plivo.com/docs/voice/concepts/signature-validation
 */
export const plivoV3: Scheme = {
  id: 'plivo-v3',
  title: 'Plivo callback, version 3',
  documentation: 'https://www.plivo.com/docs/voice/concepts/signature-validation',
  signer: 'provider',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha256', encoding: 'base64' },
  authorization: { header: 'x-plivo-signature-v3', template: '{signature}', list: ',' },
  parts: [
    { name: 'url', source: { from: 'url', form: 'without-query' }, after: '' },
    { name: 'parameters', source: { from: 'query-and-form' }, after: '.' },
    { name: 'nonce', source: { from: 'header', header: 'x-plivo-signature-v3-nonce', absent: 'refused' }, after: '' },
  ],
  nonce: 'nonce',
  ambiguous: 'names and values are decoded and touch: the fields "ab=c" and "a=bc" sign alike',
};
