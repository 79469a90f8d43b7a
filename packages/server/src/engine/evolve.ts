import type { Call, Leg, LiveStream, MediaOperation, Recording, Timer } from './call.ts';
import { callWith, type InTheMaking } from './copies.ts';
import type { CallEvent } from './event.ts';
import { foldLegEvent } from './fold-legs.ts';
import { foldOperationEvent } from './fold-operations.ts';
import { foldRecordingEvent } from './fold-recordings.ts';
import { foldStreamEvent } from './fold-streams.ts';
import { foldTimerEvent } from './fold-timers.ts';
import { Keyed } from './keyed.ts';
import { nothingPending } from './pending.ts';

/**
 * Folds one event into a call. Pure and total: an event that speaks of something the call does not have changes nothing
 * but the version, so that a history written by a newer version can still be read.
 *
 * @param call the call before the event; `undefined` before `call-opened`
 */
export function evolve(call: Call | undefined, event: CallEvent): Call {
  const before = call ?? emptyCall(event);
  // One after the other, and not in a loop: V8 knows then which function is called where.
  const called = foldOperationEvent(foldLegEvent(foldCallEvent(before, event), event), event);
  let folded: InTheMaking<Call> = foldTimerEvent(foldRecordingEvent(foldStreamEvent(called, event), event), event);
  // What a fold has changed is a copy already, which nobody else has.
  if (folded === call) folded = callWith(call, noChange);
  folded.version = event.seq;
  return folded;
}

function foldCallEvent(call: Call, event: CallEvent): Call {
  switch (event.type) {
    case 'call-opened':
      return callWith(call, { provider: event.provider, account: event.account, openedAtMs: event.atMs });
    case 'call-ended':
      return callWith(call, { endedAtMs: event.atMs });
    default:
      return call;
  }
}

const noChange = {};
const noLegs = Keyed.of<Leg>([], ({ state }) => state === 'ended');
const noOperations = Keyed.of<MediaOperation>([], ({ state }) => state === 'done');
const noStreams = Keyed.of<LiveStream>();
const noRecordings = Keyed.of<Recording>([], ({ state }) => state === 'stopped');
const noTimers = Keyed.of<Timer>();

/** A call of which nothing is known but its id. */
function emptyCall({ call: id, atMs: openedAtMs }: Pick<CallEvent, 'call' | 'atMs'>): Call {
  return {
    id,
    provider: '',
    account: '',
    openedAtMs,
    endedAtMs: undefined,
    legs: noLegs,
    operations: noOperations,
    pending: nothingPending,
    streams: noStreams,
    recordings: noRecordings,
    timers: noTimers,
    version: 0,
  };
}
