import '#digest/md5';
import '#digest/sha1';
import '../canonical/epoch-time.ts';
import '../parts/parameters.ts';
import '../places/carriage.ts';
import '../places/date.ts';
import '../places/mac-choice.ts';
import type { Scheme } from '../scheme.ts';

/**
 * The SMS API of Vonage (Nexmo), requests and webhooks: a signature in the parameter `sig` over all others, sorted, each as
 * `&name=value` with `_` for `&` and `=` in values. The account chooses one of five ways to sign, so a credential says in
 * `mac` which is its own; by default it is `md5hash`, the MD5 of the string with the secret behind it. No request chooses.
 *
 * Not covered: method, path, query, host, other headers. Of a request with a form the query is not signed, and a body that is
 * not a form by its Content-Type is refused.
 *
 * In values `&`, `=` and `_` sign alike, so whoever passes a request on can change one into another.
 *
 * To sign such a request, give it its `timestamp` parameter first.
 *
 * @see https://developer.vonage.com/en/getting-started/concepts/signing-messages
 */
export const vonageSms: Scheme = {
  id: 'vonage-sms',
  title: 'Vonage SMS API',
  documentation: 'https://developer.vonage.com/en/getting-started/concepts/signing-messages',
  key: { encoding: 'utf8' },
  mac: {
    algorithm: 'md5-suffix',
    encoding: 'hex',
    anyCase: true,
    choices: {
      md5hash: { algorithm: 'md5-suffix', encoding: 'hex', anyCase: true },
      md5: { algorithm: 'md5', encoding: 'upper-hex', anyCase: true },
      sha1: { algorithm: 'sha1', encoding: 'upper-hex', anyCase: true },
      sha256: { algorithm: 'sha256', encoding: 'upper-hex', anyCase: true },
      sha512: { algorithm: 'sha512', encoding: 'upper-hex', anyCase: true },
    },
  },
  date: { headers: [], parameter: 'timestamp', format: 'epoch-seconds', toleranceSeconds: 5 * 60 },
  authorization: { header: '', parameter: 'sig', template: '{signature}' },
  parts: [
    {
      name: 'parameters',
      source: {
        from: 'parameters',
        in: 'form-or-query',
        except: ['sig'],
        pair: '&{name}={value}',
        writing: 'underscored',
      },
      after: '',
    },
  ],
  ambiguous: 'in values "&", "=" and "_" sign alike',
};
