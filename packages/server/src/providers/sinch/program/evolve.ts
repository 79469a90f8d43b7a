import type { Call } from '../../../engine/call.ts';
import type { CallEvent } from '../../../engine/event.ts';
import type { CallDetails } from '../state/call-details.ts';
import { newCallState } from '../state/call-state.ts';
import { evolveCall } from './evolve-call.ts';
import { evolveRoom } from '../conferences/evolve-room.ts';
import { emptyRoom, isRoomDetails } from '../state/room-state.ts';
import type { SinchSettings } from '../accounts/options.ts';
import type { SinchState } from '../state/state.ts';

/** Folds one event into the provider's state. Pure: what the event asks for stands in the state's `due`. */
export function evolveSinch(
  state: SinchState | undefined,
  event: CallEvent,
  call: Call,
  settings: SinchSettings,
): SinchState | undefined {
  if (event.type === 'call-opened') return open(event, call, settings);
  if (state === undefined) return undefined;
  if (state.kind === 'room') return evolveRoom(state, event, call);
  return evolveCall(state, event, call, settings);
}

function open(event: Extract<CallEvent, { type: 'call-opened' }>, call: Call, settings: SinchSettings): SinchState {
  const { details, account } = event;
  if (isRoomDetails(details)) {
    const { conferenceId } = details;
    return emptyRoom(call.id, account, conferenceId);
  }
  const fresh = newCallState(call.id, account, details as CallDetails);
  return evolveCall(fresh, event, call, settings);
}
