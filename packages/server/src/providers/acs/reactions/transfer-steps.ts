import type { Call } from '../../../engine/call.ts';
import { byId } from '../../../engine/keyed.ts';
import { connectedLegs } from '../../../engine/queries.ts';
import type { AcsCallState } from '../state/call-state.ts';
import { transferAccepted, transferFailed } from '../events/call-events.ts';
import { results, unansweredResult } from '../events/results.ts';
import { identifierModel } from '../protocol/identifiers.ts';
import type { Noted } from '../../kit/notes.ts';
import { note, type TransferOutcome } from '../state/notes.ts';
import { toAsker } from './due-event.ts';
import type { Step, StepAt } from './step.ts';

/**
 * A transfer reaches its target in a call of its own. When the target answers, the transferee moves over to it; the
 * call that it leaves goes on with whoever remains, or ends.
 */
export const transferReached: StepAt<'leg-answered'> = (_event, { details: { transfer } }, call) =>
  transfer && call.legs.length === 1 ? outcome(transfer.fromCall, { transfer: transfer.transfer, to: call.id }) : {};

/** The target did not take it. */
export const transferRefused: StepAt<'call-ended'> = (_event, { details: { transfer } }, call) => {
  const [target] = call.legs;
  // Withdrawn by the other call, which knows.
  const isWithdrawn = target?.cause === 'canceled';
  if (!transfer || !target || target.answeredAtMs !== undefined || isWithdrawn) return {};
  return outcome(transfer.fromCall, { transfer: transfer.transfer, result: unansweredResult(target) });
};

/** The call in which the transfer was asked for hears what came of it. */
export function transferEnded(ended: TransferOutcome, _event: Noted, state: AcsCallState, call: Call): Step {
  const asked = state.details.transfer ? undefined : byId(state.transfers, ended.transfer);
  if (!asked) return {};
  const leg = byId(call.legs, asked.leg);
  if (ended.to === undefined || leg?.state !== 'connected') {
    const result = ended.result ?? results.unknown;
    return { events: toAsker(state, asked, (context) => transferFailed(context, result)) };
  }
  return {
    events: toAsker(state, asked, (context) =>
      transferAccepted(context, identifierModel(asked.target), identifierModel(asked.transferee)),
    ),
    commands: [
      { call: ended.to, command: { type: 'move-leg-in', leg, from: call.id } },
      { call: call.id, command: { type: 'move-leg-out', leg: leg.id, to: ended.to } },
    ],
  };
}

/** The transferee is gone before the target answered: the target need not ring any longer. */
export const transfereeLeft: StepAt<'leg-ended'> = (event, state, call) => {
  const { transferOver } = state;
  const isOver = transferOver?.bySeq === event.seq && !state.details.transfer;
  const last = isOver ? byId(state.transfers, transferOver.transfer) : undefined;
  if (!last) return {};
  const isCallOver = connectedLegs(call).length === 0;
  return {
    events: isCallOver ? [] : toAsker(state, last, (context) => transferFailed(context, results['ended-by-user'])),
    commands: [{ call: last.targetCall, command: { type: 'end-call', cause: 'canceled' } }],
  };
};

function outcome(fromCall: string, data: TransferOutcome): Step {
  return { commands: [{ call: fromCall, command: note('transfer-ended', data) }] };
}
