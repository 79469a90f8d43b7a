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

/** `TranscriptionData`: words are taken to last as long as they are written. */
export function transcriptionData({ text, startMs, durationMs, rawId }: Utterance): Readonly<Record<string, unknown>> {
  const spoken = text.split(/\s+/).filter((word) => word !== '');
  const letters = spoken.reduce((sum, word) => sum + word.length, 0);
  let passedMs = 0;
  const words = spoken.map((word) => {
    const wordMs = (durationMs * word.length) / letters;
    const offset = Math.round((startMs + passedMs) * ticksPerMs);
    passedMs += wordMs;
    return {
      text: word.toLowerCase().replaceAll(/[^\p{L}\p{N}'-]/gu, ''),
      offset,
      duration: Math.round(wordMs * ticksPerMs),
    };
  });
  return {
    kind: 'TranscriptionData',
    transcriptionData: {
      text,
      format: 'display',
      confidence: 1,
      offset: startMs * ticksPerMs,
      duration: durationMs * ticksPerMs,
      words,
      participantRawID: rawId,
      resultStatus: 'Final',
    },
  };
}
