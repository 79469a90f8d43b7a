import type { Call, Leg } from '../../../engine/call.ts';
import type { Command } from '../../../engine/command.ts';
import { byId } from '../../../engine/keyed.ts';
import type { DispatchResult } from '../../../contract/switchboard.ts';
import type { AcsContext } from './context.ts';
import { initialState, type AcsCallState } from '../state/call-state.ts';
import type { StandingConnection } from '../state/connection.ts';
import { acsError, refusalError } from '../protocol/errors.ts';
import { lookupKey } from '../state/index-of.ts';
import { readIdentifier, type IdentifierInput } from '../protocol/identifiers.ts';
import type { OperationRequest } from './operation.ts';
import { legOfParticipant } from '../state/participants.ts';

/** A call connection that a request addresses, with its call and what the provider remembers about it. */
export interface FoundConnection {
  readonly call: Call;
  readonly state: AcsCallState;
  readonly connection: StandingConnection;
}

/**
 * The call connection of the request's path.
 *
 * @throws AcsError 404/8522 when there is none, it is over, or it belongs to another account.
 */
export function findConnection(
  request: Pick<OperationRequest<unknown>, 'account' | 'params'>,
  acs: AcsContext,
): FoundConnection {
  const id = request.params['callConnectionId'] ?? '';
  const found = lookUp(id, acs);
  if (!found || found.connection.state === 'disconnected' || found.call.account !== request.account.resourceId) {
    throw acsError('call-not-found');
  }
  return found;
}

/** As `findConnection`, and refuses a connection that nobody has answered yet with 400/8501. */
export function findConnected(
  request: Pick<OperationRequest<unknown>, 'account' | 'params'>,
  acs: AcsContext,
): FoundConnection {
  const found = findConnection(request, acs);
  if (found.connection.state !== 'connected') throw acsError('call-not-established');
  return found;
}

/** The first connection of a call has the call's id; those made later are looked for. */
function lookUp(id: string, acs: AcsContext): FoundConnection | undefined {
  const call = acs.switchboard.call(id);
  const first = typeof call === 'object' ? inCall(call, id, acs) : undefined;
  if (first) return first;
  const later = acs.switchboard.callBy(lookupKey.connection(id));
  return typeof later === 'object' ? inCall(later, id, acs) : undefined;
}

function inCall(call: Call, id: string, acs: AcsContext): FoundConnection | undefined {
  if (call.provider !== 'acs') return undefined;
  const state = stateOf(call.id, acs);
  const connection = byId(state.connections, id);
  return connection && { call, state, connection };
}

/** What the provider remembers about a call. */
export function stateOf(callId: string, acs: AcsContext): AcsCallState {
  return acs.switchboard.providerState<AcsCallState>(callId) ?? initialState;
}

/**
 * The leg of a participant that a request names.
 *
 * @param at where the request names it: `targetParticipant`
 * @throws AcsError 400/8523 for an identifier that is none, 404/8522 for somebody who is not in the call.
 */
export function findParticipant(
  { call, state }: Pick<FoundConnection, 'call' | 'state'>,
  identifier: IdentifierInput,
  at: string,
): { leg: Leg; rawId: string } {
  const rawId = readIdentifier(identifier, at);
  const id = legOfParticipant(call, state, rawId);
  const leg = id === undefined ? undefined : byId(call.legs, id);
  if (!leg) throw acsError('participant-not-found', { target: at, explanations: [`${rawId} is not in the call`] });
  return { leg, rawId };
}

/**
 * Gives a command to a call, or several: all of them or none.
 *
 * @throws AcsError when the engine does not carry it out
 */
export function dispatch(
  acs: AcsContext,
  callId: string,
  ...commands: readonly [Command, ...Command[]]
): Extract<DispatchResult, { ok: true }> {
  const result = acs.switchboard.dispatch(callId, ...commands);
  if (!result.ok) throw refusalError(result);
  return result;
}
