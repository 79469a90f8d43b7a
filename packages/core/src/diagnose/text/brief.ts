const [head, tail, limit] = [80, 24, 120];

/** Where a cut leaves one character of the text, or what `visible` writes for one, in two. */
const inTwo = /\\(?:x[0-9a-f]?|u(?:\{[0-9a-f]*)?|\\)?$|[\ud800-\udbff]$/;

/**
 * A text that does not fit into a sentence is cut there; the whole of it stands beside the sentence. What is left has no
 * quote that was opened and not closed, and no half of an escape.
 */
export function brief(text: string): string {
  return text.length > limit ? `${opening(text, head)}…${ending(text)}` : text;
}

/** The beginning of a text, at most so many characters and cut in the same way. */
export function opening(text: string, most: number): string {
  if (text.length <= most) return text;
  for (let length = most; length > 0; length--) {
    const kept = text.slice(0, length);
    if (isWhole(kept)) return kept;
  }
  return '';
}

function ending(text: string): string {
  for (let length = tail; length > 0; length--) {
    const at = text.length - length;
    if (isWhole(text.slice(at)) && !inTwo.test(text.slice(Math.max(0, at - 12), at))) return text.slice(at);
  }
  return '';
}

function isWhole(piece: string): boolean {
  return !inTwo.test(piece) && (piece.split('"').length - 1) % 2 === 0;
}
