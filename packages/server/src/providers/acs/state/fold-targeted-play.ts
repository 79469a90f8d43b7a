import type { CallEvent } from '../../../engine/event.ts';
import { byId, Keyed } from '../../../engine/keyed.ts';
import type { OfType } from '../../kit/event-table.ts';
import { askedOperation, type AcsCallState } from './call-state.ts';
import { stateWith } from './state-with.ts';

/** While a play to some participants lasts, everybody else is on hold. */
export function holdForPlay(state: AcsCallState, { operation }: OfType<CallEvent, 'play-started'>): AcsCallState {
  const holds = askedOperation(state, operation)?.holds;
  return holds ? stateWith(state, { targetedPlay: operation, heldForPlay: new Set(holds) }) : state;
}

/** It is over: whoever was on hold for it is to be taken off. */
export function releaseAfterPlay(
  state: AcsCallState,
  { operation }: OfType<CallEvent, 'play-completed' | 'play-failed' | 'play-canceled'>,
): AcsCallState {
  if (state.targetedPlay !== operation) return state;
  const released = Keyed.of([...state.heldForPlay].map((id) => ({ id })));
  return stateWith(state, { targetedPlay: undefined, heldForPlay: new Set(), released });
}

/** A participant is on hold or off it by now. */
export function foldHeld(state: AcsCallState, { leg }: OfType<CallEvent, 'leg-held'>): AcsCallState {
  return byId(state.released, leg) ? stateWith(state, { released: state.released.without(leg) }) : state;
}
