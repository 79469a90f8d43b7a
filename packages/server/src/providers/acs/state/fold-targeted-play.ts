import { extend } from '../../../engine/copies.ts';
import type { CallEvent } from '../../../engine/event.ts';
import { byId, Keyed } from '../../../engine/keyed.ts';
import type { OfType } from '../../kit/event-table.ts';
import { askedOperation, type AcsCallState } from './call-state.ts';

/** While a play to some participants lasts, everybody else is on hold. */
export function holdForPlay(state: AcsCallState, { operation }: OfType<CallEvent, 'play-started'>): AcsCallState {
  const holds = askedOperation(state, operation)?.holds;
  return holds ? extend(state, { targetedPlay: operation, heldForPlay: new Set(holds) }) : state;
}

/** It is over: whoever was on hold for it is to be taken off. */
export function releaseAfterPlay(
  state: AcsCallState,
  { operation }: OfType<CallEvent, 'play-completed' | 'play-failed' | 'play-canceled'>,
): AcsCallState {
  if (state.targetedPlay !== operation) return state;
  const { targetedPlay: _over, heldForPlay, ...rest } = state;
  return { ...rest, heldForPlay: new Set(), released: Keyed.of([...heldForPlay].map((id) => ({ id }))) };
}

/** A participant is on hold or off it by now. */
export function foldHeld(state: AcsCallState, { leg }: OfType<CallEvent, 'leg-held'>): AcsCallState {
  return byId(state.released, leg) ? { ...state, released: state.released.without(leg) } : state;
}
