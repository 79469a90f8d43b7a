import type { FaultTable } from '../../../contract/fault.ts';
import type { ProviderContext } from '../../provider-context.ts';
import { endReasons, type EndReason } from '../state/outcome.ts';
import { documentedErrorCode, SinchError, sinchErrors } from '../protocol/errors.ts';

/** The faults of this provider. */
export const sinchFaults: FaultTable = {
  sinch: { effect: 'every request is answered with the error of that code', codes: Object.keys(sinchErrors) },
  'sinch-call': { effect: 'every new call ends before anybody answers, for that reason', codes: endReasons },
};

/** Finds faults that are switched on. */
export type FaultLookup = ProviderContext['fault'];

/**
 * The fault `sinch` answers every request with the error code that it names, 50000 unless it names a documented one.
 *
 * @throws SinchError while it is switched on
 */
export function throwFault(fault: FaultLookup): void {
  const setting = fault('sinch');
  if (setting) throw new SinchError(documentedErrorCode(Number(setting.code)) ?? 50000);
}

/**
 * The fault `sinch-call` ends every new call, before anybody answers, for the reason that it names: GENERALERROR unless
 * it names a documented one.
 */
export function endReasonByFault(fault: FaultLookup): EndReason | undefined {
  const setting = fault('sinch-call');
  return setting && (endReasons.find((reason) => reason === setting.code) ?? 'GENERALERROR');
}
