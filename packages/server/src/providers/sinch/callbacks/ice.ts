import type { CallDetails } from '../state/call-details.ts';
import { free } from './money.ts';
import { withoutPlus } from './number-spelling.ts';

/**
 * The fields of an incoming call event, beyond those of every callback.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/voice/tag/Callbacks/#tag/Callbacks/operation/ice
 */
export function iceFields(details: CallDetails): Readonly<Record<string, unknown>> {
  return {
    userRate: free,
    cli: withoutPlus(details.from),
    ...(details.to !== undefined && { to: details.to }),
    domain: details.domain,
    originationType: 'PSTN',
    duration: 0,
    rdnis: '',
    callHeaders: details.callHeaders ?? [],
  };
}
