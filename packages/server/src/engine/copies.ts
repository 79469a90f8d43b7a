import type { Call, Leg, PendingOperations, PlayOperation } from './call.ts';

/*
 * Copies of what must not be changed.
 *
 * What the engine copies for each event has one hidden class, because each kind is copied in one place, member by member.
 * V8 (of Node 20) makes a class for each place with a spread (`{ ...base, more }`) and each class that comes there; with
 * more than four it copies ten times as slowly (0.7 µs for a call), and everything that reads these objects is slower, too.
 * A member that is not there yet is `undefined`.
 */

/** A type while one of it is made, by who makes it and nobody else has it yet. */
export type InTheMaking<Type> = { -readonly [Member in keyof Type]: Type[Member] };

/** A copy, with members that it lacked, of what has many shapes and is seldom copied. */
export function extend<Base extends object, More extends object>(base: Base, more: More): Base & More {
  return Object.assign({}, base, more);
}

/** A copy of a call with other members. */
export function callWith(call: Call, change: Partial<Call>): InTheMaking<Call> {
  const copy: Call = {
    id: call.id,
    provider: call.provider,
    account: call.account,
    openedAtMs: call.openedAtMs,
    endedAtMs: call.endedAtMs,
    legs: call.legs,
    operations: call.operations,
    pending: call.pending,
    streams: call.streams,
    recordings: call.recordings,
    timers: call.timers,
    version: call.version,
  };
  return Object.assign(copy, change);
}

/** A copy of a leg with other members. */
export function legWith(leg: Leg, change: Partial<Leg>): Leg {
  const copy: Leg = {
    id: leg.id,
    party: leg.party,
    presented: leg.presented,
    direction: leg.direction,
    state: leg.state,
    muted: leg.muted,
    held: leg.held,
    invitedAtMs: leg.invitedAtMs,
    answeredAtMs: leg.answeredAtMs,
    endedAtMs: leg.endedAtMs,
    cause: leg.cause,
    heard: leg.heard,
    spoken: leg.spoken,
  };
  return Object.assign(copy, change);
}

/** A copy of a play with other members. */
export function playWith(play: PlayOperation, change: Partial<PlayOperation>): PlayOperation {
  const copy: PlayOperation = {
    kind: play.kind,
    id: play.id,
    prompts: play.prompts,
    ready: play.ready,
    to: play.to,
    toAll: play.toAll,
    repeat: play.repeat,
    played: play.played,
    state: play.state,
    startedAtMs: play.startedAtMs,
    outcome: play.outcome,
  };
  return Object.assign(copy, change);
}

/** A copy of what is pending with other members. */
export function pendingWith(pending: PendingOperations, change: Partial<PendingOperations>): PendingOperations {
  const copy: PendingOperations = {
    plays: pending.plays,
    collects: pending.collects,
    watches: pending.watches,
    byLeg: pending.byLeg,
    toAll: pending.toAll,
  };
  return Object.assign(copy, change);
}
