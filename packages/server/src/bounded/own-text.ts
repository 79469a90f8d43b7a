/**
 * The beginning of a text, as a string of its own: what `slice` gives keeps the whole text in memory.
 *
 * @param length in UTF-16 code units
 */
export function beginningOfText(text: string, length: number): string {
  if (text.length <= length) return text;
  return Buffer.from(text.slice(0, length), 'utf16le').toString('utf16le');
}
