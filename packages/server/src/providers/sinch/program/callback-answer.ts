import type { CallbackOutcome } from '../../../engine/command.ts';
import { parseSvaml } from './parse-svaml.ts';
import type { AwaitedCallback, Otherwise } from '../state/call-state.ts';
import { continueCall } from '../calls/continuing.ts';
import { dial } from '../calls/dial.ts';
import { endCallFor, failSvaml, unansweredIce } from '../calls/ending.ts';
import { playSvaml, runProgram } from './program.ts';
import type { Turn } from '../calls/turn.ts';

/** The `reason` of a callback that could not be sent because the application has no URL for it. */
export const noCallbackUrl = 'no callback URL';

/** What a caller hears when the application does not say what to do with the call. The wording is this server's. */
const errorMessage = 'An application error has occurred. Goodbye.';

const withoutAction: Readonly<Record<AwaitedCallback['event'], Otherwise>> = {
  ice: 'hangup',
  ace: 'continue',
  pie: 'settle',
};

/** Does what the answer to a callback says, or what follows where there is none. */
export function takeCallbackAnswer(turn: Turn, awaited: AwaitedCallback, outcome: CallbackOutcome): void {
  turn.set({ awaited: undefined });
  if (!outcome.answered || outcome.status < 200 || outcome.status > 299) {
    goOnWithoutAnswer(turn, awaited, outcome.answered ? `status ${outcome.status}` : outcome.reason);
    return;
  }
  const parsed = parseSvaml(outcome.body, awaited.event);
  if (!parsed.ok) {
    failSvaml(turn, parsed.problem);
    return;
  }
  const { event: place, legs } = awaited;
  playSvaml(turn, parsed.svaml, { place, legs, otherwise: withoutAction[place] });
}

function goOnWithoutAnswer(turn: Turn, { event, legs }: AwaitedCallback, reason: string): void {
  const { details, caller } = turn.state;
  const isCalledUnasked = details.to !== undefined && caller === undefined;
  if (reason !== noCallbackUrl || (event === 'ice' && !isCalledUnasked)) {
    turn.refuse('callback/unanswered', `${event.toUpperCase()} was not answered (${reason})`);
  }
  if (event === 'ace') {
    continueCall(turn, 'ace');
    runProgram(turn);
  } else if (event === 'pie') {
    playSvaml(turn, { instructions: [], action: undefined }, { place: 'pie', legs, otherwise: 'settle' });
  } else if (reason === noCallbackUrl && isCalledUnasked) {
    dial(turn, {
      connection: {
        to: details.to,
        suppressCallbacks: false,
        maxDurationMs: undefined,
        dtmf: undefined,
        detection: 'off',
        callHeaders: [],
      },
      cli: details.from,
      ringTimeoutMs: undefined,
    });
  } else if (caller !== undefined) {
    const instructions = [{ name: 'say', text: errorMessage }];
    playSvaml(turn, { instructions, action: undefined }, { place: 'ice', legs: [caller], otherwise: 'callback-error' });
  } else {
    endCallFor(turn, 'CALLBACKERROR', unansweredIce);
  }
}
