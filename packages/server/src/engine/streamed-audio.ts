import { entryEndMs } from './audio.ts';
import type { Command } from './command.ts';
import type { Draft } from './draft.ts';
import { connectedLegs } from './queries.ts';

/**
 * Audio that an application streams into a call is heard by everybody who is connected and not held, beside whatever
 * else is heard, each piece after the one before it.
 */
export function streamAudio(draft: Draft, { operation, media }: Extract<Command, { type: 'stream-audio' }>): void {
  const ends = draft.call.legs.flatMap(({ heard }) => {
    const last = heard.findLast((entry) => entry.operation === operation);
    return last ? [entryEndMs(last)] : [];
  });
  const to = connectedLegs(draft.call).filter((leg) => !leg.held);
  if (to.length === 0) return;
  draft.note({
    type: 'audio-streamed',
    operation,
    to: to.map(({ id }) => id),
    entry: { ...media, startedAtMs: Math.max(draft.atMs, ...ends), operation },
  });
}
