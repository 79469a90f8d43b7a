import type { Command, CommandRefusal } from './command.ts';
import type { Draft } from './draft.ts';
import { byId } from './keyed.ts';
import { hearersOfStream } from './queries.ts';
import { findConnectedLeg, isRefusal, refuse } from './refusal.ts';

/**
 * Audio begins to be streamed into a call, by an application or by the party at the end of a leg. Everybody who is
 * connected and not held hears it along with whatever else is heard, until it is cut.
 */
export function streamAudio(
  draft: Draft,
  { operation, media, startedAtMs, from }: Extract<Command, { type: 'stream-audio' }>,
): CommandRefusal | undefined {
  if (byId(draft.call.streams, operation)) return refuse('duplicate-id', `${operation} is being streamed already`);
  const speaker = from === undefined ? undefined : findConnectedLeg(draft.call, from);
  if (isRefusal(speaker)) return speaker;
  const stream = { id: operation, media, startedAtMs: startedAtMs ?? draft.atMs, ...(from !== undefined && { from }) };
  draft.record({
    type: 'audio-streamed',
    operation,
    media,
    ...(startedAtMs !== undefined && { startedAtMs }),
    ...(from !== undefined && { from }),
    to: hearersOfStream(draft.call, stream),
  });
  return undefined;
}

/** A stream is over, if it was not already. */
export function cutStreamedAudio(draft: Draft, operation: string): void {
  if (byId(draft.call.streams, operation)) draft.record({ type: 'streamed-audio-cut', operation });
}
