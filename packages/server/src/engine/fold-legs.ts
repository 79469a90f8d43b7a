import { addHeard, audioTrack, cutEntries, cutHeard } from './audio.ts';
import type { AudioEntry, Call, EndCause, Leg, LegId } from './call.ts';
import { callWith, legWith } from './copies.ts';
import type { CallEvent } from './event.ts';
import { byId } from './keyed.ts';

/** What an event changes about the legs, and about what their parties say and hear of each other. */
export function foldLegEvent(call: Call, event: CallEvent): Call {
  switch (event.type) {
    case 'leg-invited':
      return withLeg(call, {
        id: event.leg,
        party: event.party,
        presented: event.presented,
        direction: event.direction,
        state: 'ringing',
        muted: false,
        held: false,
        invitedAtMs: event.atMs,
        answeredAtMs: undefined,
        endedAtMs: undefined,
        cause: undefined,
        heard: audioTrack(),
        spoken: audioTrack(),
      });
    case 'leg-answered':
      return changeLeg(call, event.leg, (leg) => legWith(leg, { state: 'connected', answeredAtMs: event.atMs }));
    case 'leg-ended':
      return endLeg(call, event.leg, event.cause, event.atMs);
    case 'leg-moved-out':
      return endLeg(call, event.leg, 'moved', event.atMs);
    case 'leg-moved-in':
      return withLeg(call, takenIn(event.leg, event.atMs));
    case 'leg-muted':
      return muteLeg(call, event.leg, event.muted, event.atMs);
    case 'leg-held':
      return holdLeg(call, event.leg, event.held, event.atMs);
    case 'leg-said': {
      const said = changeLeg(call, event.leg, (leg) => legWith(leg, { spoken: leg.spoken.append(event.entry) }));
      return addHeard(said, event.hearers, [{ ...event.entry, from: event.leg }]);
    }
    case 'leg-silenced':
      return silenceLeg(call, event.leg, event.atMs);
    default:
      return call;
  }
}

function silenceLeg(call: Call, id: LegId, atMs: number): Call {
  if (!isSpeaking(call, id, atMs)) return call;
  // A stream that the party sends goes on: it has an end of its own.
  const isFinite = (entry: AudioEntry): boolean => entry.live !== true;
  const silent = changeLeg(call, id, (leg) => legWith(leg, { spoken: cutEntries(leg.spoken, atMs, isFinite) }));
  return cutHeard(silent, atMs, 'all', (entry) => entry.from === id && isFinite(entry));
}

function endLeg(call: Call, id: LegId, cause: EndCause, atMs: number): Call {
  const ended = changeLeg(call, id, (leg) =>
    legWith(leg, {
      state: 'ended',
      endedAtMs: atMs,
      cause,
      heard: cutEntries(leg.heard, atMs, () => true),
      spoken: cutEntries(leg.spoken, atMs, () => true),
    }),
  );
  return isSpeaking(call, id, atMs) ? cutHeard(ended, atMs, 'all', (entry) => entry.from === id) : ended;
}

/** A leg as it comes from another call: what it heard and said stays with it, but sounds no longer. */
function takenIn(leg: Leg, atMs: number): Leg {
  // An event that was stored as JSON has arrays.
  const heard = cutEntries(audioTrack(leg.heard), atMs, () => true);
  const spoken = cutEntries(audioTrack(leg.spoken), atMs, () => true);
  return legWith(leg, { state: 'connected', endedAtMs: undefined, cause: undefined, heard, spoken });
}

function muteLeg(call: Call, id: LegId, muted: boolean, atMs: number): Call {
  const changed = changeLeg(call, id, (leg) => legWith(leg, { muted }));
  if (!muted || !isSpeaking(call, id, atMs)) return changed;
  return cutHeard(changed, atMs, 'all', (entry) => entry.from === id);
}

/** A leg that is held stops hearing the room and what is played to everybody; the room stops hearing it. */
function holdLeg(call: Call, id: LegId, held: boolean, atMs: number): Call {
  const changed = changeLeg(call, id, (leg) => legWith(leg, { held }));
  if (!held) return changed;
  const alone = cutHeard(changed, atMs, [id], (entry) => entry.from === id || belongsToRoom(call, entry));
  return isSpeaking(call, id, atMs) ? cutHeard(alone, atMs, 'all', (entry) => entry.from === id) : alone;
}

/** Whether something that a party says is being heard, or is still to be heard. */
function isSpeaking(call: Call, id: LegId, atMs: number): boolean {
  const spoken = byId(call.legs, id)?.spoken.during(atMs, Number.POSITIVE_INFINITY);
  return spoken?.next().done === false;
}

function belongsToRoom(call: Call, entry: AudioEntry): boolean {
  if (entry.from !== undefined || entry.live) return true;
  const operation = entry.operation === undefined ? undefined : byId(call.operations, entry.operation);
  return operation?.kind === 'play' && operation.toAll;
}

function changeLeg(call: Call, id: LegId, change: (leg: Leg) => Leg): Call {
  const leg = byId(call.legs, id);
  return leg ? withLeg(call, change(leg)) : call;
}

function withLeg(call: Call, leg: Leg): Call {
  return callWith(call, { legs: call.legs.with(leg) });
}
