import type { Scheme } from '@countersign/core/scheme';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { azureAppConfiguration } from '@countersign/core/schemes/azure-app-configuration';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { sinchNumbers } from '@countersign/core/schemes/sinch-numbers';
import { sinchVoiceV2 } from '@countersign/core/schemes/sinch-voice-v2';
import { sinchWebhook } from '@countersign/core/schemes/sinch-webhook';
import { badInput } from './failure.ts';

/** Every scheme that the command signs and verifies. Where two fit a request equally well, the first one is taken. */
export const knownSchemes: readonly Scheme[] = [
  acsHmac,
  sinchApplication,
  sinchVoiceV2,
  sinchWebhook,
  sinchNumbers,
  azureAppConfiguration,
];

/** The scheme of an id, as given with `--scheme`. */
export function schemeById(id: string): Scheme {
  const scheme = knownSchemes.find((candidate) => candidate.id === id);
  if (scheme) return scheme;
  const ids = knownSchemes.map((candidate) => candidate.id).join(', ');
  throw badInput('scheme/unknown', `there is no scheme "${id}"; known are ${ids}`);
}
