import { speechWeight } from './speech-weight.ts';

const ENDS: ReadonlySet<string> = new Set('.!?…。！？｡');
/** Ends that need no space after them. */
const WIDE_ENDS: ReadonlySet<string> = new Set('。！？｡');
const CLOSERS: ReadonlySet<string> = new Set('"\'”’»)]');
const SPACE = /\s/;

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
  for (const sentence of sentencesOf(text)) {
    if (speechWeight(sentence) <= maxWeight) yield sentence;
    else for (const [word] of sentence.matchAll(/\S+\s*/g)) yield* cutWord(word, maxWeight);
  }
}

/**
 * The sentences of a text, each with the space after it, in one pass. (`Intl.Segmenter` takes time in the square of the
 * text's length.)
 */
function* sentencesOf(text: string): Generator<string> {
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    if (!ENDS.has(text.charAt(at))) continue;
    let isWide = false;
    for (; ENDS.has(text.charAt(at)); at++) isWide ||= WIDE_ENDS.has(text.charAt(at));
    while (CLOSERS.has(text.charAt(at))) at++;
    const end = at;
    while (SPACE.test(text.charAt(at))) at++;
    if (at === end && !isWide) continue;
    yield text.slice(start, at);
    start = at;
    at--;
  }
  yield text.slice(start);
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
