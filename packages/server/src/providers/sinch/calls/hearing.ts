import type { LegId, Prompt } from '../../../engine/call.ts';
import { byId } from '../../../engine/keyed.ts';
import type { Progress } from './element.ts';
import type { Turn } from './turn.ts';

/**
 * The legs of a program that can hear something. A caller who is still waiting for an answer is answered first: nothing
 * can be heard before.
 */
export function reachLegs(turn: Turn): readonly LegId[] {
  const legs = (turn.state.program?.legs ?? []).filter((leg) => isThere(turn, leg));
  for (const leg of legs) answerLeg(turn, leg);
  return legs;
}

/** Whether a party is connected, or calling and waiting for an answer. */
export function isThere(turn: Turn, id: LegId): boolean {
  if (turn.state.membership?.room !== undefined && turn.state.membership.leg === id) return true;
  const leg = byId(turn.call.legs, id);
  return leg !== undefined && (leg.state === 'connected' || (leg.state === 'ringing' && leg.direction === 'inbound'));
}

/** Answers a caller who waits. */
export function answerLeg(turn: Turn, id: LegId): void {
  const leg = byId(turn.call.legs, id);
  if (leg?.direction !== 'inbound' || leg.state !== 'ringing' || turn.state.callerAnswered) return;
  turn.set({ callerAnswered: true, answeredAtMs: turn.state.answeredAtMs ?? turn.event.atMs });
  turn.command({ type: 'answer', leg: id });
}

/** Plays prompts to the legs of the program that is under way, and waits for their end. */
export function playPrompts(turn: Turn, prompts: readonly Prompt[]): Progress {
  const to = reachLegs(turn);
  if (to.length === 0 || prompts.length === 0) return 'done';
  const operation = turn.newId('play');
  turn.command({ type: 'play', operation, prompts, to, repeat: 1, interrupt: false }, turn.mediaCall);
  return { waitFor: operation };
}

/** Sends keys to the legs of the program that is under way, and waits until the last have been sent. */
export function sendKeys(turn: Turn, tones: string): Progress {
  let waitFor: string | undefined;
  for (const leg of tones === '' ? [] : reachLegs(turn)) {
    waitFor = turn.newId('dtmf');
    turn.command({ type: 'send-tones', operation: waitFor, leg, tones }, turn.mediaCall);
  }
  return waitFor === undefined ? 'done' : { waitFor };
}
