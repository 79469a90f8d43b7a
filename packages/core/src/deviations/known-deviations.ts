import type { Deviation, Scheme } from '../scheme.ts';
import { acsHmacDeviations } from './acs-hmac.ts';
import { sinchApplicationDeviations } from './sinch-application.ts';

/** Kept apart from the schemes, so that a program that only signs does not carry them. */
const builtIn: ReadonlyMap<string, readonly Deviation[]> = new Map([
  ['acs-hmac', acsHmacDeviations],
  ['sinch-application', sinchApplicationDeviations],
]);

/** Known departures of real clients: the scheme's own, or those known for a built-in scheme. */
export function knownDeviations(scheme: Scheme): readonly Deviation[] {
  return scheme.deviations ?? builtIn.get(scheme.id) ?? [];
}
