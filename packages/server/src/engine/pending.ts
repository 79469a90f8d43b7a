import type { LegId, MediaOperation, OperationId, PendingOperations } from './call.ts';
import { pendingWith } from './copies.ts';
import { byId, Keyed } from './keyed.ts';

/** Before the first operation. */
export const nothingPending: PendingOperations = {
  plays: Keyed.of(),
  collects: Keyed.of(),
  watches: Keyed.of(),
  byLeg: Keyed.of(),
  toAll: Keyed.of(),
};

/** Follows an operation that began, went on or is done. */
export function followOperation(pending: PendingOperations, operation: MediaOperation): PendingOperations {
  const isDone = operation.state === 'done';
  const { id } = operation;
  switch (operation.kind) {
    case 'play': {
      const plays = operation.state === 'preparing' ? pending.plays.with(operation) : pending.plays.without(id);
      const { byLeg, toAll } = pending;
      if (!operation.toAll) return changed(pending, { plays, byLeg: onLegs(byLeg, operation.to, id, isDone) });
      return changed(pending, { plays, toAll: isDone ? toAll.without(id) : toAll.with(operation) });
    }
    case 'collect': {
      const collects = isDone ? pending.collects.without(id) : pending.collects.with(operation);
      return changed(pending, { collects, byLeg: onLegs(pending.byLeg, [operation.leg], id, isDone) });
    }
    case 'tone-watch': {
      const watches = isDone ? pending.watches.without(id) : pending.watches.with(operation);
      return changed(pending, { watches, byLeg: onLegs(pending.byLeg, [operation.leg], id, isDone) });
    }
    case 'send-tones':
      return changed(pending, { byLeg: onLegs(pending.byLeg, [operation.leg], id, isDone) });
  }
}

function changed(pending: PendingOperations, change: Partial<PendingOperations>): PendingOperations {
  for (const name in change) {
    if (change[name as keyof PendingOperations] !== pending[name as keyof PendingOperations])
      return pendingWith(pending, change);
  }
  return pending;
}

function onLegs(
  byLeg: PendingOperations['byLeg'],
  legs: readonly LegId[],
  id: OperationId,
  isDone: boolean,
): PendingOperations['byLeg'] {
  let legsNow = byLeg;
  for (const leg of legs) {
    const operations = byId(legsNow, leg)?.operations ?? Keyed.of<{ readonly id: OperationId }>();
    if ((byId(operations, id) === undefined) === isDone) continue;
    const left = isDone ? operations.without(id) : operations.with({ id });
    legsNow = left.length === 0 ? legsNow.without(leg) : legsNow.with({ id: leg, operations: left });
  }
  return legsNow;
}
