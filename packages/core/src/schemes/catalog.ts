import type { Scheme } from '../scheme.ts';
import { acsHmac } from './acs-hmac.ts';
import { azureAppConfiguration } from './azure-app-configuration.ts';
import { sinchApplication } from './sinch-application.ts';
import { sinchNumbers } from './sinch-numbers.ts';
import { sinchVoiceV2 } from './sinch-voice-v2.ts';
import { sinchWebhook } from './sinch-webhook.ts';

/**
 * Every built-in scheme, in the order in which they are shown, each with its `id` and `title`. Where two fit a request
 * equally well, the first one is meant. For programs that do not know beforehand what they sign or verify; who knows
 * imports that one scheme and carries no other.
 */
export const schemes: readonly Scheme[] = [
  acsHmac,
  sinchApplication,
  sinchVoiceV2,
  sinchWebhook,
  sinchNumbers,
  azureAppConfiguration,
];
