import type { MediaOperation, OperationId, PlayOperation } from './call.ts';
import { activeCollects, cancelCollect } from './collect.ts';
import type { CommandRefusal } from './command.ts';
import type { Draft } from './draft.ts';
import { byId } from './keyed.ts';
import { cancelPlay } from './play.ts';
import { type Audience, activeOperations, sharesAudience } from './queries.ts';
import { inOrder, operationsOn, operationsOnLeg } from './turns.ts';
import { refuse } from './refusal.ts';
import { failTones, stopWatch } from './tones.ts';

/** Cancels operations by id, or all that are under way. Those that are done already are left alone. */
export function cancelOperations(draft: Draft, which: readonly OperationId[] | 'all'): CommandRefusal | undefined {
  const ids = which === 'all' ? activeOperations(draft.call).map(({ id }) => id) : which;
  const unknown = ids.find((id) => !byId(draft.call.operations, id));
  if (unknown !== undefined) return refuse('operation-not-found', `call has no operation ${unknown}`);
  for (const id of ids) cancelOperation(draft, id, 'requested');
  return undefined;
}

/** Cancels one operation, if it is not done. A prompt is cancelled with the collect that it belongs to. */
export function cancelOperation(draft: Draft, id: OperationId, why: 'requested' | 'call-ended'): void {
  const operation = byId(draft.call.operations, id);
  if (operation === undefined || operation.state === 'done') return;
  switch (operation.kind) {
    case 'play': {
      const asking = activeCollects(draft).find((collect) => collect.prompt === id);
      if (asking) cancelCollect(draft, asking, why);
      else cancelPlay(draft, operation, why);
      return;
    }
    case 'collect':
      cancelCollect(draft, operation, why);
      return;
    case 'tone-watch':
      stopWatch(draft, operation, why);
      return;
    case 'send-tones':
      failTones(draft, operation, { reason: why, detail: why === 'requested' ? 'canceled' : 'the party left' });
  }
}

/** Makes way for a play or a collect that interrupts: plays and collects that its legs hear end. */
export function interruptFor(draft: Draft, coming: Audience): void {
  for (const { id } of operationsOn(draft.call, coming)) {
    const operation = byId(draft.call.operations, id);
    if (operation === undefined || operation.state === 'done') continue;
    if (operation.kind === 'collect' && coming.to.includes(operation.leg))
      cancelCollect(draft, operation, 'interrupted');
    if (operation.kind === 'play' && sharesAudience(draft.call, operation, coming)) interruptPlay(draft, operation);
  }
}

/** Operations that cannot go on without a leg: those on it, and plays that nobody else was meant to hear. */
export function operationsLostWithout({ call }: Draft, leg: string): MediaOperation[] {
  const remains = (id: string): boolean => id !== leg && byId(call.legs, id)?.state === 'connected';
  const onLeg = operationsOnLeg(call, leg).filter(
    (operation) => operation.kind !== 'play' || !operation.to.some(remains),
  );
  const isHeard = call.pending.toAll.length > 0 && call.legs.live.some(({ id }) => remains(id));
  return isHeard ? onLeg : inOrder(call, [...onLeg, ...call.pending.toAll]);
}

function interruptPlay(draft: Draft, play: PlayOperation): void {
  const asking = activeCollects(draft).find((collect) => collect.prompt === play.id);
  if (asking) cancelCollect(draft, asking, 'interrupted');
  else cancelPlay(draft, play, 'interrupted');
}
