import type { CallFact } from '../../../engine/event.ts';
import type { OfType } from '../../kit/event-table.ts';
import { voiceOf } from '../svaml/locale.ts';
import { parsePrompts } from '../svaml/prompts.ts';
import type { ParkRun } from '../state/call-state.ts';
import { endCallFor, failWithoutParty } from './ending.ts';
import { reachLegs } from './hearing.ts';
import type { Turn } from './turn.ts';

/** The longest that a call can be parked, in seconds; also the time where the action names none (assumed). */
const longestSeconds = 600;

/** The timer of a parked call. */
const parkTimer = 'park';

/** What `park` says. */
export interface ParkWish {
  readonly locale?: string;
  readonly introPrompt?: string;
  readonly holdPrompt?: string;
  /** Seconds. */
  readonly maxDuration?: number;
}

/** Parks the call with the party that the program is about. */
export function startParking(turn: Turn, wish: ParkWish): void {
  const [leg] = reachLegs(turn);
  turn.set({ program: undefined });
  if (leg === undefined) {
    failWithoutParty(turn, 'park');
    return;
  }
  const run: ParkRun = {
    leg,
    holdPrompt: wish.holdPrompt,
    locale: wish.locale,
    operation: undefined,
    expired: false,
  };
  turn.set({ parked: run });
  const afterMs = (wish.maxDuration ?? longestSeconds) * 1000;
  turn.command({ type: 'set-timer', timer: timerId(turn), afterMs, name: parkTimer });
  if (wish.introPrompt === undefined || !playOnce(turn, wish.introPrompt)) playHold(turn);
}

/** Goes on with the prompts of a parked call, until its time is over. */
export function followParking(
  fact: OfType<CallFact, 'timer-fired' | 'play-completed' | 'play-failed'>,
  turn: Turn,
): void {
  const run = turn.state.parked;
  if (!run) return;
  if (fact.type === 'timer-fired') {
    if (fact.timer !== timerId(turn)) return;
    if (run.operation === undefined) endParking(turn);
    else turn.set({ parked: { ...run, expired: true } });
  } else if (fact.operation !== run.operation) {
    return;
  } else if (fact.type === 'play-failed') {
    turn.refuse('media/failed', `A prompt of park could not be played: ${fact.detail}`);
    turn.set({ parked: { ...run, operation: undefined, holdPrompt: undefined } });
  } else if (run.expired) {
    // The last prompt is played to its end before the call ends.
    endParking(turn);
  } else {
    playHold(turn);
  }
}

/** Ends parking: its prompts stop at once. */
export function unpark(turn: Turn): void {
  const run = turn.state.parked;
  if (!run) return;
  turn.set({ parked: undefined });
  turn.command({ type: 'clear-timer', timer: timerId(turn) });
  if (run.operation !== undefined) {
    turn.command({ type: 'cancel-operations', operations: [run.operation] }, turn.mediaCall);
  }
}

function endParking(turn: Turn): void {
  const summary = 'The call ends because it has been parked for as long as park allows, and no request took it back';
  endCallFor(turn, 'TIMEOUT', { code: 'park/expired', summary });
}

function timerId(turn: Turn): string {
  return `${turn.state.callId}.${parkTimer}`;
}

function playHold(turn: Turn): void {
  const { holdPrompt } = turn.state.parked ?? {};
  if (holdPrompt === undefined || !playOnce(turn, holdPrompt)) setOperation(turn, undefined);
}

function playOnce(turn: Turn, text: string): boolean {
  const run = turn.state.parked;
  const parsed = parsePrompts(text, voiceOf(run?.locale));
  if (!run || !parsed.ok || parsed.prompts.length === 0) return false;
  const operation = turn.newId('park');
  setOperation(turn, operation);
  turn.command(
    { type: 'play', operation, prompts: parsed.prompts, to: [run.leg], repeat: 1, interrupt: false },
    turn.mediaCall,
  );
  return true;
}

function setOperation(turn: Turn, operation: string | undefined): void {
  const run = turn.state.parked;
  if (run) turn.set({ parked: { ...run, operation } });
}
