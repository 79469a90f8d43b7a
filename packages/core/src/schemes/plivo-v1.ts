import '#digest/sha1';
import '../parts/form.ts';
import '../parts/url.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Plivo's first signature (legacy): HMAC-SHA1 of the public URL and the form's fields, sorted, without separators. The key is
 * the Auth Token, as text. There is no date, so an old request verifies for ever.
 *
 * Not covered: method, other headers, time. A body that is not a form by its Content-Type is refused.
 *
 * @see https://www.plivo.com/docs/voice/concepts/signature-validation
 */
export const plivoV1: Scheme = {
  id: 'plivo-v1',
  title: 'Plivo callback, version 1',
  documentation: 'https://www.plivo.com/docs/voice/concepts/signature-validation',
  signer: 'provider',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha1', encoding: 'base64' },
  authorization: { header: 'x-plivo-signature', template: '{signature}' },
  parts: [
    { name: 'url', source: { from: 'url', form: 'as-sent' }, after: '' },
    { name: 'form', source: { from: 'form', values: 'sorted' }, after: '' },
  ],
  ambiguous: 'URL, names and values touch: the fields "ab=c" and "a=bc" sign alike',
};
