import { addHeard, cutEntries, cutHeard } from './audio.ts';
import type { AudioEntry, Call, LegId, LiveStream } from './call.ts';
import { callWith, legWith } from './copies.ts';
import type { CallEvent } from './event.ts';
import { byId } from './keyed.ts';
import { hearersOfStream } from './queries.ts';

/**
 * What an event changes about audio that is streamed into the call. The audio itself makes no events: a leg's track says
 * from when to when it hears a stream, and whoever comes later hears it from then on.
 */
export function foldStreamEvent(call: Call, event: CallEvent): Call {
  switch (event.type) {
    case 'audio-streamed': {
      const { operation: id, media, from, startedAtMs = event.atMs } = event;
      const stream = { id, media, startedAtMs, ...(from !== undefined && { from }) };
      const begun = callWith(say(call, stream, event.atMs), { streams: call.streams.with(stream) });
      return addHeard(begun, hearersOfStream(begun, stream), [entryOf(stream, event.atMs)]);
    }
    case 'streamed-audio-cut': {
      const stream = byId(call.streams, event.operation);
      return stream ? stop(call, stream, event.atMs) : call;
    }
    default:
      return call.streams.length === 0 ? call : foldAudience(call, event);
  }
}

/** Who hears a stream changes with who is there, who is held and who is muted. */
function foldAudience(call: Call, event: CallEvent): Call {
  switch (event.type) {
    case 'leg-answered':
      return tuneIn(call, event.leg, event.atMs);
    case 'leg-moved-in':
      return tuneIn(call, event.leg.id, event.atMs);
    case 'leg-held':
      if (event.held) return call;
      return resume(tuneIn(call, event.leg, event.atMs), event.leg, event.atMs);
    case 'leg-muted':
      return event.muted ? call : resume(call, event.leg, event.atMs);
    case 'leg-ended':
    case 'leg-moved-out': {
      const own = call.streams.filter(({ from }) => from === event.leg);
      return own.reduce((left, stream) => stop(left, stream, event.atMs), call);
    }
    default:
      return call;
  }
}

/** A leg hears what is being streamed from now on. */
function tuneIn(call: Call, leg: LegId, atMs: number): Call {
  let tuned = call;
  for (const stream of call.streams) {
    if (hearersOfStream(call, stream, leg).length > 0) tuned = addHeard(tuned, [leg], [entryOf(stream, atMs)]);
  }
  return tuned;
}

/** What a party streams is heard again. */
function resume(call: Call, leg: LegId, atMs: number): Call {
  let resumed = call;
  for (const stream of call.streams) {
    if (stream.from === leg) resumed = addHeard(resumed, hearersOfStream(call, stream), [entryOf(stream, atMs)]);
  }
  return resumed;
}

function say(call: Call, stream: LiveStream, atMs: number): Call {
  const leg = stream.from === undefined ? undefined : byId(call.legs, stream.from);
  if (!leg) return call;
  const { from: _own, ...entry } = entryOf(stream, atMs);
  return callWith(call, { legs: call.legs.with(legWith(leg, { spoken: leg.spoken.append(entry) })) });
}

function stop(call: Call, stream: LiveStream, atMs: number): Call {
  const isOfStream = (entry: AudioEntry): boolean => entry.operation === stream.id;
  const speaker = stream.from === undefined ? undefined : byId(call.legs, stream.from);
  const silent = speaker
    ? callWith(call, {
        legs: call.legs.with(legWith(speaker, { spoken: cutEntries(speaker.spoken, atMs, isOfStream) })),
      })
    : call;
  return cutHeard(callWith(silent, { streams: call.streams.without(stream.id) }), atMs, 'all', isOfStream);
}

function entryOf({ id, media, startedAtMs, from }: LiveStream, atMs: number): AudioEntry {
  return {
    media,
    startedAtMs: atMs,
    durationMs: 0,
    live: true,
    offsetMs: atMs - startedAtMs,
    operation: id,
    ...(from !== undefined && { from }),
  };
}
