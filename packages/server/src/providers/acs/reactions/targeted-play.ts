import type { CallEvent } from '../../../engine/event.ts';
import { byId } from '../../../engine/keyed.ts';
import type { StepAt } from './step.ts';

/** Holds everybody else while a targeted play lasts, and takes them off hold when it is over. */
export const holdOthers: StepAt<CallEvent['type']> = (event, state, call) => {
  if (state.participantsChangedBySeq !== event.seq) return {};
  const held = event.type === 'play-started';
  const legs = held ? [...state.heldForPlay] : state.released.map(({ id }) => id);
  const connected = legs.filter((leg) => byId(call.legs, leg)?.state === 'connected');
  return { commands: connected.map((leg) => ({ call: call.id, command: { type: 'hold', leg, held } })) };
};
