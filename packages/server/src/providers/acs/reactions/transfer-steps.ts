import type { Call } from '../../../engine/call.ts';
import type { CallEvent } from '../../../engine/event.ts';
import { byId } from '../../../engine/keyed.ts';
import { connectedLegs } from '../../../engine/queries.ts';
import type { AcsCallState } from '../state/call-state.ts';
import { transferAccepted, transferFailed } from '../events/call-events.ts';
import { results, unansweredResult } from '../events/results.ts';
import { identifierModel } from '../protocol/identifiers.ts';
import { note, readNote } from '../state/notes.ts';
import { toAsker, type Step } from './due-event.ts';

/**
 * A transfer reaches its target in a call of its own. When the target answers, the transferee moves over to it; the
 * call that it leaves goes on with whoever remains, or ends.
 */
export function transferSteps(event: CallEvent, state: AcsCallState, call: Call): Step {
  const { transfer } = state.details;
  if (transfer) {
    if (event.type === 'leg-answered' && call.legs.length === 1) {
      return outcome(transfer.fromCall, { transfer: transfer.transfer, to: call.id });
    }
    const [target] = call.legs;
    // Withdrawn by the other call, which knows.
    const isWithdrawn = target?.cause === 'canceled';
    if (event.type === 'call-ended' && target && target.answeredAtMs === undefined && !isWithdrawn) {
      return outcome(transfer.fromCall, { transfer: transfer.transfer, result: unansweredResult(target) });
    }
    return {};
  }
  if (event.type === 'leg-ended') return transfereeLeft(event, state, call);
  const ended = readNote(event, 'transfer-ended');
  const asked = ended && byId(state.transfers, ended.transfer);
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
function transfereeLeft(event: CallEvent, state: AcsCallState, call: Call): Step {
  const { transferOver } = state;
  const last = transferOver?.bySeq === event.seq ? byId(state.transfers, transferOver.transfer) : undefined;
  if (!last) return {};
  const isCallOver = connectedLegs(call).length === 0;
  return {
    events: isCallOver ? [] : toAsker(state, last, (context) => transferFailed(context, results['ended-by-user'])),
    commands: [{ call: last.targetCall, command: { type: 'end-call', cause: 'canceled' } }],
  };
}

function outcome(fromCall: string, data: Parameters<typeof note<'transfer-ended'>>[1]): Step {
  return { commands: [{ call: fromCall, command: note('transfer-ended', data) }] };
}
