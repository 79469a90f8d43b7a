import type { AcsAccount } from '../accounts/account.ts';
import type { Call, Leg } from '../../../engine/call.ts';
import { byId } from '../../../engine/keyed.ts';
import type { AcsContext } from './context.ts';
import { activeConnections } from '../state/call-state.ts';
import { acsError } from '../protocol/errors.ts';
import { stateOf } from './find-call.ts';
import { readIncomingCallContext } from './incoming-call-context.ts';

/**
 * The ringing call that an `incomingCallContext` announces.
 *
 * @throws AcsError 400/8523 for a context that is none, 403/7507 for one of another resource, 404/8522 when the call
 * rings no longer: it was answered, redirected, rejected, or the caller gave up.
 */
export function findIncomingCall(context: string, account: AcsAccount, acs: AcsContext): { call: Call; leg: Leg } {
  const incoming = readIncomingCallContext(context);
  const call = acs.switchboard.call(incoming.call);
  if (typeof call !== 'object' || call.provider !== 'acs') throw acsError('call-not-found');
  if (call.account !== account.resourceId) throw acsError('call-source-identity');
  const leg = byId(call.legs, incoming.leg);
  const state = stateOf(call.id, acs);
  const isTaken = activeConnections(state).length > 0 || state.redirectedLeg !== undefined;
  if (leg?.state !== 'ringing' || isTaken) throw acsError('call-not-found');
  return { call, leg };
}
