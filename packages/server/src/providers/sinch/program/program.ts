import type { LegId } from '../../../engine/call.ts';
import type { CallFact } from '../../../engine/event.ts';
import type { OfType } from '../../kit/event-table.ts';
import { callingErrorFields } from '../callbacks/notify.ts';
import { actionRule } from './actions.ts';
import { instructionRule } from './instructions.ts';
import type { SvamlPlace, Svaml } from '../svaml/svaml-object.ts';
import { afterAnswer } from '../calls/answering.ts';
import type { Otherwise, Program } from '../state/call-state.ts';
import { continueCall } from '../calls/continuing.ts';
import { type EndExplanation, endCallFor, unansweredIce } from '../calls/ending.ts';
import { isThere } from '../calls/hearing.ts';
import type { Turn } from '../calls/turn.ts';

/** The facts with which an operation that a program waits for is over. */
type EndOfStep = 'play-completed' | 'play-failed' | 'play-canceled' | 'tones-sent' | 'tones-failed';

/** Plays SVAML: its instructions one after the other, then its action. */
export function playSvaml(
  turn: Turn,
  { instructions, action }: Svaml,
  where: { readonly place: SvamlPlace; readonly legs: readonly LegId[]; readonly otherwise: Otherwise },
): void {
  turn.set({ program: { ...where, instructions, action, next: 0, waitingFor: undefined } });
  runProgram(turn);
}

/** Goes on with a program whose operation has ended. */
export function followProgram(fact: OfType<CallFact, EndOfStep>, turn: Turn): void {
  const { program } = turn.state;
  if (program?.waitingFor === undefined || fact.operation !== program.waitingFor) return;
  switch (fact.type) {
    case 'play-failed':
    case 'tones-failed':
      if (fact.reason === 'call-ended') {
        turn.set({ program: undefined });
        return;
      }
      turn.tell('notify', callingErrorFields(50000, `a prompt could not be played: ${fact.detail}`));
      turn.refuse('media/failed', `A prompt could not be played: ${fact.detail}`);
      break;
    case 'play-canceled':
      if (fact.why !== 'interrupted') {
        turn.set({ program: undefined });
        return;
      }
      break;
    case 'play-completed':
    case 'tones-sent':
      break;
  }
  turn.set({ program: { ...program, waitingFor: undefined } });
  runProgram(turn);
}

/** Takes the steps of the program in place until one must wait, or nothing is left to do. An action may put another in place. */
export function runProgram(turn: Turn): void {
  for (;;) {
    const { program, outcome } = turn.state;
    if (!program || program.waitingFor !== undefined || outcome) return;
    if (program.next < program.instructions.length) takeInstruction(turn, program);
    else takeAction(turn, program);
  }
}

function takeInstruction(turn: Turn, program: Program): void {
  const instruction = program.instructions[program.next];
  const rule = instruction && instructionRule(instruction.name);
  turn.set({ program: { ...program, next: program.next + 1 } });
  if (!instruction || !rule) return;
  if (rule.heard && program.place === 'ice' && !program.legs.some((leg) => isThere(turn, leg))) {
    turn.set({ deferred: turn.state.deferred.append(instruction) });
    return;
  }
  const progress = rule.run(turn, instruction as never);
  const current = turn.state.program;
  if (progress !== 'done' && current) turn.set({ program: { ...current, waitingFor: progress.waitFor } });
}

const leadsNowhere: EndExplanation = {
  code: 'svaml/leads-nowhere',
  summary: 'The call ends because PIE got no action in answer, and nobody else is in the call',
};
const withoutAction: EndExplanation = {
  code: 'svaml/leads-nowhere',
  summary: 'The call ends because the answer to ICE has no action: nothing says where to connect it',
};

function takeAction(turn: Turn, program: Program): void {
  const { action, place } = program;
  if (action) {
    actionRule(action.name)?.run(turn, action as never, place);
    // An action that put no other program in place has ended this one.
    if (turn.state.program === program) turn.set({ program: undefined });
    return;
  }
  turn.set({ program: undefined });
  switch (program.otherwise) {
    case 'answered':
      afterAnswer(turn);
      return;
    case 'continue':
      continueCall(turn, place);
      return;
    case 'settle':
      if (hasMoreToDo(turn)) continueCall(turn, place);
      else endCallFor(turn, 'MANAGERHANGUP', leadsNowhere);
      return;
    case 'hangup':
      endCallFor(turn, 'MANAGERHANGUP', withoutAction);
      return;
    case 'callback-error':
      endCallFor(turn, 'CALLBACKERROR', unansweredIce);
      return;
    case 'nothing':
  }
}

/** Whether two parties can be connected, or a callout has not begun yet what it was placed for. */
function hasMoreToDo({ state: { caller, callee, details, begun } }: Turn): boolean {
  return (caller !== undefined && callee !== undefined) || (details.whenAnswered !== undefined && !begun);
}
