const SENTENCES = new Intl.Segmenter('en', { granularity: 'sentence' });

/**
 * Divides a text into pieces of at most `maxChars`, at the ends of sentences where possible, else between words, else
 * inside a word.
 *
 * @returns no piece if there is nothing but white space
 */
export function splitText(text: string, maxChars: number): string[] {
  const units = text.length <= maxChars ? [text] : [...SENTENCES.segment(text)].map(({ segment }) => segment);
  const pieces: string[] = [];
  let piece = '';
  for (const unit of units.flatMap((sentence) => cutAtWords(sentence, maxChars))) {
    if (piece !== '' && piece.length + unit.length > maxChars) {
      pieces.push(piece);
      piece = '';
    }
    piece += unit;
  }
  return [...pieces, piece].map((each) => each.trim()).filter((each) => each !== '');
}

function cutAtWords(sentence: string, maxChars: number): string[] {
  if (sentence.length <= maxChars) return [sentence];
  const words = sentence.match(/\S+\s*/g) ?? [];
  return words.flatMap((word) => word.match(new RegExp(`[^]{1,${maxChars}}`, 'g')) ?? []);
}
