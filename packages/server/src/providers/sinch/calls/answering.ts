import { Sequence } from '../../../engine/sequence.ts';
import { aceFields } from '../callbacks/ace.ts';
import type { Program } from '../state/call-state.ts';
import { continueCall } from './continuing.ts';
import { startDetection } from './detection.ts';
import { stopRingTone } from './dial.ts';
import type { Turn } from './turn.ts';

/** The callee has answered: limits begin to count, and what was kept for it is put in place as a program. */
export function takeCalleeAnswer(turn: Turn): void {
  const { callee, connection, details, deferred } = turn.state;
  if (callee === undefined) return;
  stopRingTone(turn);
  turn.set({ answeredAtMs: turn.state.answeredAtMs ?? turn.event.atMs });
  const maxDurationMs = connection?.maxDurationMs ?? details.maxDurationMs;
  if (maxDurationMs !== undefined) turn.command({ type: 'limit-duration', leg: 'all', maxDurationMs });
  const detection = connection?.detection ?? 'off';
  if (detection !== 'off') startDetection(turn, detection, callee);

  const keys = connection?.dtmf ?? details.dtmf;
  const program: Program = {
    place: 'ace',
    instructions: [...(keys === undefined ? [] : [{ name: 'sendDtmf', value: keys }]), ...deferred],
    next: 0,
    action: undefined,
    otherwise: detection === 'off' ? 'answered' : 'nothing',
    legs: [callee],
    waitingFor: undefined,
  };
  turn.set({ program, deferred: Sequence.of() });
}

/** The callee has heard what was kept for it: the application is asked, where it wants to be. Data calls get no ACE. */
export function afterAnswer(turn: Turn): void {
  const { callee, connection, details } = turn.state;
  const isData = connection?.to.type === 'username';
  if (callee !== undefined && details.callbacks.ace && connection?.suppressCallbacks !== true && !isData) {
    turn.ask('ace', aceFields(undefined), [callee]);
  } else {
    continueCall(turn, 'ace');
  }
}
