import type { ProviderHints } from '../scheme.ts';

/**
 * The SMS API of Vonage from outside, which signs its webhooks as it takes requests.
 *
 * @see https://developer.vonage.com/en/api/sms
 */
export const vonageSmsProvider: ProviderHints = {
  hosts: ['rest.nexmo.com'],
  signsCallbacks: true,
  routes: ['/sms/json', '/sms/xml'],
  fields: ['api_key', 'from', 'to', 'text', 'timestamp', 'sig', 'msisdn', 'messageId', 'nonce'],
};
