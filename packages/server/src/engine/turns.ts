import type { Call, LegId, MediaOperation, PlayOperation } from './call.ts';
import type { CallEvent } from './event.ts';
import { byId } from './keyed.ts';
import { type Audience, audienceOf } from './queries.ts';

/**
 * The plays whose turn may have come with what has just happened, in the order in which they were asked for. Of those
 * that wait for each other only the first is looked at: there may be thousands behind it.
 */
export function playsInTurn(call: Call, happened: readonly CallEvent[]): PlayOperation[] {
  if (call.pending.plays.length === 0) return [];
  const candidates = new Set<string>();
  for (const event of happened) {
    switch (event.type) {
      case 'play-requested':
      case 'media-prepared':
        candidates.add(event.operation);
        break;
      case 'play-completed':
      case 'play-failed':
      case 'play-canceled': {
        const over = byId(call.operations, event.operation);
        if (over?.kind === 'play') for (const leg of audienceOf(call, over)) addFirst(call, leg, candidates);
        addToAll(call, candidates);
        break;
      }
      case 'leg-held':
        addFirst(call, event.leg, candidates);
        addToAll(call, candidates);
        break;
      case 'leg-ended':
      case 'leg-moved-out':
        for (const operation of operationsOnLeg(call, event.leg)) candidates.add(operation.id);
        addToAll(call, candidates);
        break;
      default:
    }
  }
  const waiting: PlayOperation[] = [];
  for (const id of candidates) {
    const play = byId(call.pending.plays, id);
    if (play) waiting.push(play);
  }
  return inOrder(call, waiting);
}

/** Whether an earlier play that is not done is heard by a leg that would hear this one. */
export function mustWait(call: Call, play: PlayOperation): boolean {
  const place = call.operations.positionOf(play.id) ?? 0;
  const isEarlier = ({ id }: { readonly id: string }): boolean => (call.operations.positionOf(id) ?? 0) < place;
  const firstToAll = call.pending.toAll.live.first();
  const isBehindAll = firstToAll !== undefined && isEarlier(firstToAll);
  return audienceOf(call, play).some((leg) => {
    if (isBehindAll && byId(call.legs, leg)?.held === false) return true;
    const first = firstPlayOn(call, leg);
    return first !== undefined && isEarlier(first);
  });
}

/** Operations under way that a leg is named in. */
export function operationsOnLeg(call: Call, leg: LegId): MediaOperation[] {
  const ids = byId(call.pending.byLeg, leg)?.operations;
  return ids?.flatMap(({ id }) => byId(call.operations, id) ?? []) ?? [];
}

/** Operations under way that legs have to do with, and plays to everybody, in the order in which they were asked for. */
export function operationsOn(call: Call, { to, toAll }: Audience): MediaOperation[] {
  if (toAll) return [...call.operations.live];
  const found = new Map<string, MediaOperation>(call.pending.toAll.map((play) => [play.id, play]));
  for (const leg of to) for (const operation of operationsOnLeg(call, leg)) found.set(operation.id, operation);
  return inOrder(call, [...found.values()]);
}

/** In the order in which they were asked for. */
export function inOrder<One extends MediaOperation>(call: Call, operations: readonly One[]): One[] {
  const place = ({ id }: One): number => call.operations.positionOf(id) ?? 0;
  return operations.length < 2 ? [...operations] : operations.toSorted((one, other) => place(one) - place(other));
}

function firstPlayOn(call: Call, leg: LegId): MediaOperation | undefined {
  for (const { id } of byId(call.pending.byLeg, leg)?.operations ?? []) {
    const operation = byId(call.operations, id);
    if (operation?.kind === 'play') return operation;
  }
  return undefined;
}

function addFirst(call: Call, leg: LegId, candidates: Set<string>): void {
  const first = firstPlayOn(call, leg);
  if (first) candidates.add(first.id);
}

/** The first of those to everybody; where nobody would hear them, none waits for another. */
function addToAll(call: Call, candidates: Set<string>): void {
  for (const play of call.pending.toAll) {
    candidates.add(play.id);
    if (audienceOf(call, play).length > 0) return;
  }
}
