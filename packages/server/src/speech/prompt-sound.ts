import { type MediaId, MediaIdHasher } from '../audio/media-id.ts';
import { type Pcm, concat, durationMs, padToWholeMs, pcmOf } from '../audio/pcm.ts';
import { type Turns, WORK_PER_TURN } from '../threads/turns.ts';
import { PROMPT_LIMITS, PromptTooLongError } from './prompt-limits.ts';

/** The audio of a prompt as it grows, within the limits. Its name in the store grows along, so that no turn is long. */
export class PromptSound {
  readonly #parts: Pcm[] = [];
  readonly #id = new MediaIdHasher();
  readonly #turns: Turns;
  #ms = 0;

  constructor(turns: Turns) {
    this.#turns = turns;
  }

  /** @throws PromptTooLongError if the prompt would last longer than it may; nothing is added then */
  async add(pcm: Pcm): Promise<void> {
    // Timers count milliseconds: a prompt ends on one, and so do its parts.
    const ms = Math.ceil(durationMs(pcm));
    if (this.#ms + ms > PROMPT_LIMITS.seconds * 1000) {
      throw new PromptTooLongError(`the prompt lasts longer than ${PROMPT_LIMITS.seconds} s`);
    }
    this.#ms += ms;
    const { samples } = padToWholeMs(pcm);
    this.#parts.push(pcmOf(samples));
    for (let at = 0; at < samples.length; at += WORK_PER_TURN) {
      const slice = samples.subarray(at, at + WORK_PER_TURN);
      await this.#turns.spend(slice.length);
      this.#id.add(slice);
    }
  }

  /** All of it, and its name. Nothing can be added afterwards. */
  end(): { readonly media: MediaId; readonly pcm: Pcm } {
    return { media: this.#id.end(), pcm: concat(this.#parts) };
  }
}
