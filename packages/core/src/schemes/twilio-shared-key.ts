import '../parts/form.ts';
import '../parts/url.ts';
import '../places/carriage.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Twilio's webhooks with a shared key (Webhooks Rules, public beta): HMAC-SHA256 of what `twilio` signs, under a key whose id
 * `X-Twilio-Webhooks-Signature-Settings` names. That header is not signed: it chooses among the keys given, and a request
 * that names another algorithm than HMAC_SHA256 is refused. There is no date, so an old request verifies for ever.
 *
 * Not covered: method, other headers, time. A body that is not a form by its Content-Type is refused.
 *
 * @see https://www.twilio.com/docs/usage/webhooks/webhook-shared-keys
 */
export const twilioSharedKey: Scheme = {
  id: 'twilio-shared-key',
  title: 'Twilio webhook with a shared key',
  documentation: 'https://www.twilio.com/docs/usage/webhooks/webhook-shared-keys',
  signer: 'provider',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha256', encoding: 'base64' },
  authorization: {
    header: 'x-twilio-signature',
    template: '{signature}',
    keyHeader: {
      header: 'x-twilio-webhooks-signature-settings',
      template: 'key={keyId},algorithm=HMAC_SHA256',
      list: ',',
    },
  },
  parts: [
    { name: 'url', source: { from: 'url', form: 'as-sent' }, after: '' },
    { name: 'form', source: { from: 'form', values: 'distinct' }, after: '' },
  ],
  ambiguous: 'URL, names and values touch: the fields "ab=c" and "a=bc" sign alike',
};
