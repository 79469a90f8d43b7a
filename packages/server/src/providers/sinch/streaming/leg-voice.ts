import type { LiveTrack } from '../../../audio/live-track.ts';
import type { Pcm } from '../../../audio/pcm.ts';
import type { Command } from '../../../engine/command.ts';
import type { CallClock } from '../../../contract/clock.ts';

/** What the voice of a leg works with. */
export interface LegVoiceParts {
  readonly clock: Pick<CallClock, 'now'>;
  /** Begins the track that holds what is said. */
  readonly beginTrack: () => LiveTrack;
  /** Gives a command about the leg to the call that it is in. */
  readonly give: (command: (leg: string) => Command) => void;
}

/**
 * What the server of a stream says at the end of its leg. The call's history says when it began; the pieces themselves
 * are no events of it, however many there are.
 */
export class LegVoice {
  readonly #parts: LegVoiceParts;
  /** What the call hears, and since when. */
  #heard: { readonly track: LiveTrack; readonly sinceMs: number } | undefined;

  constructor(parts: LegVoiceParts) {
    this.#parts = parts;
  }

  /** Says a piece, now. */
  say(pcm: Pcm): void {
    const { clock } = this.#parts;
    const heard = (this.#heard ??= this.#begin());
    heard.track.append(clock.now() - heard.sinceMs, pcm);
  }

  /** The leg is in another call now, which has heard nothing of it yet. */
  moved(): void {
    this.end();
  }

  /** Nothing more is said. */
  end(): void {
    this.#heard?.track.end();
    this.#heard = undefined;
  }

  #begin(): { readonly track: LiveTrack; readonly sinceMs: number } {
    const { clock, beginTrack, give } = this.#parts;
    const track = beginTrack();
    give((leg) => ({ type: 'stream-audio', operation: `stream ${leg}`, media: track.id, from: leg }));
    return { track, sinceMs: clock.now() };
  }
}
