import type { CallFact } from '../../../engine/event.ts';
import type { OfType } from '../../kit/event-table.ts';
import { aceFields } from '../callbacks/ace.ts';
import { detectionFields } from '../callbacks/notify.ts';
import type { Detection, DetectionRun } from '../state/call-state.ts';
import type { Turn } from './turn.ts';

/** How detection judges; Sinch publishes no figures, these are the usual ones of the field. Milliseconds. */
const limits = {
  /** Silence after the answer that speaks for a machine about to record. */
  initialSilenceMs: 2_500,
  /** A greeting at least this long is a machine's. */
  longGreetingMs: 1_500,
  /** Silence after a short greeting: a person who waits for an answer. */
  afterGreetingMs: 800,
} as const;

const timerName = 'amd';

/**
 * Starts answering machine detection on the callee who has just answered. Synchronous detection holds ACE back until the
 * result is known; asynchronous detection says `inprogress` in ACE and the result in a notify event.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/amd_v2/
 */
export function startDetection(turn: Turn, mode: DetectionRun['mode'], leg: string): void {
  turn.set({ detection: { mode, leg, answeredAtMs: turn.event.atMs, greeting: undefined, result: undefined } });
  setTimer(turn, limits.initialSilenceMs);
  if (mode === 'asynchronous') {
    turn.ask('ace', aceFields({ status: 'inprogress', reason: 'n/a', duration: 0 }), [leg]);
  }
}

/** Goes on with detection: the callee has said something, or nothing for as long as counts. */
export function followDetection(fact: OfType<CallFact, 'timer-fired' | 'leg-said'>, turn: Turn): void {
  const run = turn.state.detection;
  if (!run) return;
  if (fact.type === 'timer-fired') {
    if (fact.timer === timerId(turn)) judge(turn, run);
  } else if (fact.leg === run.leg) {
    if (fact.sound === 'beep') hearBeep(turn, run);
    else if (!run.result && !run.greeting) hearGreeting(turn, run, fact.entry.durationMs);
  }
}

/** The callee hung up while it was being judged. */
export function endDetection(turn: Turn): void {
  const run = turn.state.detection;
  if (!run || run.result) return;
  const result: Detection = { status: 'hangup', reason: 'n/a', duration: secondsSince(turn, run) };
  turn.set({ detection: { ...run, result } });
  if (run.mode === 'asynchronous') turn.tell('notify', detectionFields('amd', result));
}

function hearGreeting(turn: Turn, run: DetectionRun, durationMs: number): void {
  const { atMs } = turn.event;
  turn.set({ detection: { ...run, greeting: { startedAtMs: atMs, endsAtMs: atMs + durationMs } } });
  const isLong = durationMs >= limits.longGreetingMs;
  setTimer(turn, isLong ? limits.longGreetingMs : durationMs + limits.afterGreetingMs);
}

function judge(turn: Turn, run: DetectionRun): void {
  if (run.result) return;
  const { greeting } = run;
  if (!greeting) {
    finish(turn, run, 'notsure', 'initialsilence');
  } else if (greeting.endsAtMs - greeting.startedAtMs >= limits.longGreetingMs) {
    finish(turn, run, 'machine', 'longgreeting');
  } else {
    finish(turn, run, 'human', 'greeting');
  }
}

function hearBeep(turn: Turn, run: DetectionRun): void {
  if (!run.result) {
    turn.command({ type: 'clear-timer', timer: timerId(turn) });
    finish(turn, run, 'machine', 'beep');
  }
  if (run.mode === 'asynchronous') {
    const amd: Detection = { status: 'machine', reason: 'beep', duration: secondsSince(turn, run) };
    turn.tell('notify', detectionFields('amd_beep', amd));
  }
}

function finish(turn: Turn, run: DetectionRun, status: Detection['status'], reason: Detection['reason']): void {
  const result: Detection = { status, reason, duration: secondsSince(turn, run) };
  turn.set({ detection: { ...run, result } });
  if (run.mode === 'asynchronous') turn.tell('notify', detectionFields('amd', result));
  else turn.ask('ace', aceFields(result), [run.leg]);
}

function secondsSince(turn: Turn, { answeredAtMs }: DetectionRun): number {
  return Math.round((turn.event.atMs - answeredAtMs) / 1000);
}

function setTimer(turn: Turn, afterMs: number): void {
  turn.command({ type: 'set-timer', timer: timerId(turn), afterMs, name: timerName });
}

function timerId(turn: Turn): string {
  return `${turn.state.callId}.${timerName}`;
}
