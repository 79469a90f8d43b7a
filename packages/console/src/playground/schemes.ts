import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { azureAppConfiguration } from '@countersign/core/schemes/azure-app-configuration';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sinchNumbers } from '@countersign/core/schemes/sinch-numbers';
import { sinchVoiceV2 } from '@countersign/core/schemes/sinch-voice-v2';
import { sinchWebhook } from '@countersign/core/schemes/sinch-webhook';
import type { Scheme } from '@countersign/core/scheme';

/** The schemes that the playground knows. */
export const schemes: readonly Scheme[] = [
  acsHmac,
  sinchApplication,
  sinchWebhook,
  sinchVoiceV2,
  sinchNumbers,
  azureAppConfiguration,
];

/** The scheme of an id; the first one for an unknown id. */
export function schemeOf(id: string): Scheme {
  return schemes.find((scheme) => scheme.id === id) ?? acsHmac;
}
