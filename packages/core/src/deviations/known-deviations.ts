import type { Deviation, RequestRules } from '../request-rules.ts';
import { acsHmacDeviations } from './acs-hmac.ts';
import { plivoDeviations } from './plivo.ts';
import { shopifyDeviations } from './shopify.ts';
import { sinchApplicationDeviations } from './sinch-application.ts';
import { twilioDeviations } from './twilio.ts';
import { vonageSmsDeviations } from './vonage-sms.ts';

/** Kept apart from the schemes, so that a program that only signs does not carry them. */
const builtIn: ReadonlyMap<string, readonly Deviation[]> = new Map([
  ['acs-hmac', acsHmacDeviations],
  ['sinch-application', sinchApplicationDeviations],
  ['twilio', twilioDeviations],
  ['twilio-json', twilioDeviations],
  ['twilio-shared-key', twilioDeviations],
  ['plivo-v2', plivoDeviations],
  ['plivo-v3', plivoDeviations],
  ['shopify-oauth', shopifyDeviations],
  ['vonage-sms', vonageSmsDeviations],
]);

/** Known departures of real clients: the scheme's own, or those known for a built-in scheme. */
export function knownDeviations(scheme: Pick<RequestRules, 'id' | 'deviations'>): readonly Deviation[] {
  return scheme.deviations ?? builtIn.get(scheme.id) ?? [];
}
