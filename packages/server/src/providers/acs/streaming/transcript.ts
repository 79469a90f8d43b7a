/** Ticks of 100 ns, in which offsets and durations are counted. */
const ticksPerMs = 10_000;

/** What a participant said, and when. Milliseconds since the transcription began. */
export interface Utterance {
  readonly text: string;
  readonly startMs: number;
  readonly durationMs: number;
  /** The participant's raw id. */
  readonly rawId: string;
}

/** `TranscriptionMetadata`, the first message of a transcription. */
export function transcriptionMetadata(of: {
  readonly subscriptionId: string;
  readonly locale: string;
  readonly callConnectionId: string;
  readonly correlationId: string;
}): Readonly<Record<string, unknown>> {
  return { kind: 'TranscriptionMetadata', transcriptionMetadata: of };
}

/** A word of an utterance, and when it is over. Milliseconds since the utterance began. */
interface SpokenWord {
  readonly word: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** `TranscriptionData` of a whole utterance. */
export function transcriptionData(utterance: Utterance): Readonly<Record<string, unknown>> {
  return dataOf(utterance, utterance.text, utterance.durationMs, spokenWords(utterance), 'Final');
}

/**
 * `TranscriptionData` of what has been said so far, after each word but the last.
 *
 * @returns each with the time at which it is due, in milliseconds since the utterance began; made when it is asked for,
 *   because each repeats all that came before it
 */
export function intermediateData(
  utterance: Utterance,
): readonly { readonly dueMs: number; readonly message: () => Readonly<Record<string, unknown>> }[] {
  const words = spokenWords(utterance);
  return words.slice(0, -1).map(({ endMs }, index) => {
    const message = (): Readonly<Record<string, unknown>> => {
      const soFar = words.slice(0, index + 1);
      const text = soFar.map(({ word }) => word).join(' ');
      return dataOf(utterance, text, endMs, soFar, 'Intermediate');
    };
    return { dueMs: endMs, message };
  });
}

/** Words are taken to last as long as they are written. */
function spokenWords({ text, durationMs }: Utterance): SpokenWord[] {
  const written = text.split(/\s+/).filter((word) => word !== '');
  const letters = written.reduce((sum, word) => sum + word.length, 0);
  let passedMs = 0;
  return written.map((word) => {
    const startMs = passedMs;
    passedMs += (durationMs * word.length) / letters;
    return { word, startMs, endMs: passedMs };
  });
}

function dataOf(
  { startMs, rawId }: Utterance,
  text: string,
  durationMs: number,
  words: readonly SpokenWord[],
  resultStatus: 'Intermediate' | 'Final',
): Readonly<Record<string, unknown>> {
  return {
    kind: 'TranscriptionData',
    transcriptionData: {
      text,
      format: 'display',
      confidence: 1,
      offset: startMs * ticksPerMs,
      duration: Math.round(durationMs * ticksPerMs),
      words: words.map((spoken) => ({
        text: spoken.word.toLowerCase().replaceAll(/[^\p{L}\p{N}'-]/gu, ''),
        offset: Math.round((startMs + spoken.startMs) * ticksPerMs),
        duration: Math.round((spoken.endMs - spoken.startMs) * ticksPerMs),
      })),
      participantRawID: rawId,
      resultStatus,
    },
  };
}
