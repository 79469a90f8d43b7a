import { entryEndMs } from './audio.ts';
import type { Leg } from './call.ts';
import { collectSpeech } from './collect.ts';
import type { Command } from './command.ts';
import type { Draft } from './draft.ts';
import { hearersOf } from './queries.ts';

/** A party says what was synthesized for it, after what it is saying already. */
export function speak(draft: Draft, leg: Leg, command: Extract<Command, { type: 'speech-ready' }>): void {
  const { text, media, sound } = command;
  const previous = leg.spoken.last();
  const startedAtMs = Math.max(draft.atMs, previous && !previous.live ? entryEndMs(previous) : 0);
  draft.record({
    type: 'leg-said',
    leg: leg.id,
    text,
    entry: {
      media: media.media,
      durationMs: media.durationMs,
      startedAtMs,
      text,
      ...(media.substituted && { substituted: media.substituted }),
    },
    hearers: hearersOf(draft.call, leg),
    ...(sound === undefined ? {} : { sound }),
  });
  // A beep is no word, and nobody hears a party that is muted.
  if (sound !== undefined || leg.muted) return;
  collectSpeech(draft, leg.id, text, startedAtMs + media.durationMs - draft.atMs);
}
