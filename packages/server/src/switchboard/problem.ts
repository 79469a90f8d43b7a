import type { CallId } from '../engine/call.ts';

/** Something that went wrong in what surrounds a call. The call itself goes on. */
export interface SwitchboardProblem {
  readonly kind:
    | 'fold-threw' // a provider's `evolve`; its state stays as it was
    | 'reaction-threw' // a provider's `react`; nothing follows from the event
    | 'enqueue-threw' // the outbox; the callback is lost
    | 'listener-threw'
    | 'dispatch-threw' // a reaction's, a timer's or an effect's command, for no fault of its own
    | 'reaction-refused' // a command that a provider reacted with; often the call has just ended
    | 'reaction-loop' // reactions to reactions without end; the rest is not carried out
    | 'too-many-events' // the call is ended
    | 'too-many-bytes'; // of its events, or of all live calls': the call is ended
  readonly call: CallId;
  readonly detail: string;
  readonly error?: unknown;
}

/** Writes a problem to standard error. */
export function printProblem({ kind, call, detail, error }: SwitchboardProblem): void {
  const cause = error instanceof Error ? `: ${error.stack ?? error.message}` : '';
  console.error(`call ${call}: ${kind}, ${detail}${cause}`);
}
