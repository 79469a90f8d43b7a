import type { Segment } from './segments.ts';
import { secondsOfWeight, speechWeight } from './speech-weight.ts';

/**
 * How much one prompt may ask for. Azure ends synthesis after ten minutes, takes 64 KB of SSML in one message and 50
 * `voice` and `audio` elements in it.
 *
 * @see https://learn.microsoft.com/azure/ai-services/speech-service/speech-services-quotas-and-limits
 */
export const PROMPT_LIMITS = { ssmlBytes: 65_536, characters: 20_000, seconds: 600, recordings: 50 } as const;

/** The least that a piece of text on its own takes, in seconds: a single letter, and the work around it. */
const MIN_SEGMENT_SECONDS = 0.25;

/** A prompt passes one of {@link PROMPT_LIMITS}. */
export class PromptTooLongError extends Error {
  override readonly name = 'PromptTooLongError';
}

/**
 * Refuses a document by its size, before it is read.
 *
 * @throws PromptTooLongError
 */
export function checkSsmlSize(ssml: string): void {
  const bytes = Buffer.byteLength(ssml);
  if (bytes > PROMPT_LIMITS.ssmlBytes) {
    throw new PromptTooLongError(`the SSML has ${bytes} bytes; at most ${PROMPT_LIMITS.ssmlBytes} are read`);
  }
}

/**
 * Refuses text by its length, before it is looked at.
 *
 * @throws PromptTooLongError
 */
export function checkCharacters(characters: number): void {
  if (characters > PROMPT_LIMITS.characters) {
    throw new PromptTooLongError(
      `the prompt has ${characters} characters; at most ${PROMPT_LIMITS.characters} are spoken`,
    );
  }
}

/**
 * Refuses a prompt by what it would come to, before any of it is spoken or fetched: its characters, its recordings, and
 * its length, which is estimated from its words, their speed and its pauses. What stands in for a recording counts too.
 *
 * @throws PromptTooLongError
 */
export function checkPrompt(segments: readonly Segment[]): void {
  const sum = { characters: 0, recordings: 0, seconds: 0 };
  addUp(segments, sum);
  checkCharacters(sum.characters);
  if (sum.recordings > PROMPT_LIMITS.recordings) {
    throw new PromptTooLongError(
      `the prompt has ${sum.recordings} recordings; at most ${PROMPT_LIMITS.recordings} are played`,
    );
  }
  if (sum.seconds > PROMPT_LIMITS.seconds) {
    throw new PromptTooLongError(
      `the prompt would last about ${Math.ceil(sum.seconds)} s; at most ${PROMPT_LIMITS.seconds} s are spoken`,
    );
  }
}

function addUp(segments: readonly Segment[], sum: { characters: number; recordings: number; seconds: number }): void {
  for (const segment of segments) {
    if (segment.kind === 'pause') sum.seconds += segment.ms / 1000;
    if (segment.kind === 'text') {
      // A space stands between one piece of text and the next.
      sum.characters += segment.text.length + (sum.characters > 0 ? 1 : 0);
      sum.seconds += Math.max(MIN_SEGMENT_SECONDS, secondsOfWeight(speechWeight(segment.text)) / segment.rate);
    }
    if (segment.kind === 'media') {
      sum.recordings++;
      addUp(segment.fallback, sum);
    }
  }
}
