import { speechWeight } from './speech-weight.ts';

/** Made with the first long text: a start would take eight milliseconds longer. */
let sentences: Intl.Segmenter | undefined;

/**
 * Divides a text into pieces of at most `maxWeight`, at the ends of sentences where possible, else between words, else
 * inside a word. In ordinary prose the weight is the number of characters; see `speechWeight`.
 *
 * @returns no piece if there is nothing but white space
 */
export function splitText(text: string, maxWeight: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  let weight = 0;
  for (const unit of unitsOf(text, maxWeight)) {
    const unitWeight = speechWeight(unit);
    if (piece !== '' && weight + unitWeight > maxWeight) {
      pieces.push(piece);
      piece = '';
      weight = 0;
    }
    piece += unit;
    weight += unitWeight;
  }
  return [...pieces, piece].map((each) => each.trim()).filter((each) => each !== '');
}

/** The sentences of a text; of one that is too long its words, of a word that is too long its parts. */
function* unitsOf(text: string, maxWeight: number): Generator<string> {
  if (speechWeight(text) <= maxWeight) {
    yield text;
    return;
  }
  sentences ??= new Intl.Segmenter('en', { granularity: 'sentence' });
  for (const { segment } of sentences.segment(text)) {
    if (speechWeight(segment) <= maxWeight) yield segment;
    else for (const [word] of segment.matchAll(/\S+\s*/g)) yield* cutWord(word, maxWeight);
  }
}

function* cutWord(word: string, maxWeight: number): Generator<string> {
  let part = '';
  let weight = 0;
  for (const char of word) {
    const charWeight = speechWeight(char);
    if (part !== '' && weight + charWeight > maxWeight) {
      yield part;
      part = '';
      weight = 0;
    }
    part += char;
    weight += charWeight;
  }
  yield part;
}
