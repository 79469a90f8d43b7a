import type { Call } from '../../../engine/call.ts';
import { SinchError } from '../protocol/errors.ts';
import type { OperationParts, OperationRequest } from '../requests/operation.ts';
import type { CallState } from '../state/call-state.ts';
import type { SinchState } from '../state/state.ts';

/**
 * The call that a request names.
 *
 * @throws SinchError 40400 when the application has none of that id, or it is no longer kept
 */
export function findCall(
  { params, account, about }: OperationRequest,
  { switchboard }: OperationParts,
): { readonly state: CallState; readonly call: Call } {
  const id = params['callId'] ?? '';
  const call = switchboard.call(id);
  const state = switchboard.providerState<SinchState>(id);
  if (call === undefined || call === 'gone' || call.provider !== 'sinch' || state?.kind !== 'call') {
    throw new SinchError(40400, 'Call not found');
  }
  if (state.applicationKey !== account.applicationKey) throw new SinchError(40400, 'Call not found');
  about(id);
  return { state, call };
}
