import type { Call } from '../../../engine/call.ts';
import type { CallEvent } from '../../../engine/event.ts';
import { byId } from '../../../engine/keyed.ts';
import type { AcsCallState } from '../state/call-state.ts';
import type { Step } from './due-event.ts';

/** Holds everybody else while a targeted play lasts, and takes them off hold when it is over. */
export function participantChanges(event: CallEvent, state: AcsCallState, call: Call): Step {
  if (state.participantsChangedBySeq !== event.seq) return {};
  const held = event.type === 'play-started';
  const legs = held ? [...state.heldForPlay] : state.released.map(({ id }) => id);
  const connected = legs.filter((leg) => byId(call.legs, leg)?.state === 'connected');
  return { commands: connected.map((leg) => ({ call: call.id, command: { type: 'hold', leg, held } })) };
}
