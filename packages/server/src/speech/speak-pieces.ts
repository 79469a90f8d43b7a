import { type Pcm, concat, silence } from '../audio/pcm.ts';

/** The pause between the pieces of a long text, with the margins about that between two sentences. */
const PAUSE_BETWEEN_PIECES_MS = 200;

/**
 * Speaks a text piece by piece and puts the pieces together. A text has one piece in the queue at a time: whoever comes
 * with a short text while a long one is spoken waits for one piece of it, and a text that is given up leaves no work
 * behind.
 *
 * @param rate how fast it is spoken, as a factor: the pauses are that much shorter
 */
export async function speakPieces(
  texts: readonly string[],
  rate: number,
  speak: (text: string) => Promise<Pcm>,
): Promise<Pcm> {
  const pause = silence(PAUSE_BETWEEN_PIECES_MS / rate);
  const parts: Pcm[] = [];
  for (const text of texts) {
    if (parts.length > 0) parts.push(pause);
    parts.push(await speak(text));
  }
  return concat(parts);
}
