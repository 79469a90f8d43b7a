import type { LegId } from '../../../engine/call.ts';
import type { ManageRequest } from '../state/notes.ts';
import { unpark } from '../calls/parking.ts';
import { playSvaml } from './program.ts';
import type { Turn } from '../calls/turn.ts';

/** Plays the SVAML of a request. What the call was doing by itself stops: prompts, a menu, being parked. */
export function manageCall(turn: Turn, { svaml, place, leg }: ManageRequest): void {
  const { program, menu } = turn.state;
  const operations = [program?.waitingFor, menu?.operation].filter((operation) => operation !== undefined);
  turn.set({ program: undefined, menu: undefined });
  if (operations.length > 0) turn.command({ type: 'cancel-operations', operations }, turn.mediaCall);
  unpark(turn);
  if (svaml.action) turn.set({ awaited: undefined });
  playSvaml(turn, svaml, { place, legs: managedLegs(turn, leg), otherwise: 'nothing' });
}

/** Callouts and calls in a conference have one leg that can be managed, whichever is named. */
function managedLegs(turn: Turn, leg: ManageRequest['leg']): readonly LegId[] {
  const { caller, callee, membership } = turn.state;
  if (membership?.room !== undefined) return [membership.leg];
  const legs = leg === 'both' ? [caller, callee] : [leg === 'caller' ? (caller ?? callee) : (callee ?? caller)];
  return legs.filter((id) => id !== undefined);
}
