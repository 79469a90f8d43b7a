/** Letters that are spoken in a second, at the speed of an ordinary voice; the fastest of flite's says 20. */
const LETTERS_PER_SECOND = 20;

/** A digit is a word of its own ("seven"), and so is a sign ("percent"); they are as long as this many letters. */
const DIGIT = 4;
const SIGN = 8;
/** A character of a script whose characters are syllables or words. */
const SYLLABLE = 4;
/** A whole phrase in one character, as Arabic has them. */
const PHRASE = 16;

/**
 * How long a text takes to be spoken, in letters of ordinary prose: known before it is spoken, and what synthesis costs is
 * in proportion to it. One character is one letter, unless it is read as a word.
 */
export function speechWeight(text: string): number {
  let weight = 0;
  for (let at = 0; at < text.length; at++) weight += weightOf(text.charCodeAt(at));
  return weight;
}

/** The seconds that a weight of speech lasts at an ordinary speed. */
export function secondsOfWeight(weight: number): number {
  return weight / LETTERS_PER_SECOND;
}

function weightOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return DIGIT;
  if (code < 0x80) return SIGNS.has(code) ? SIGN : 1;
  if ((code >= 0xa2 && code <= 0xbf) || code === 0xd7 || code === 0xf7 || (code >= 0x20a0 && code <= 0x2bff))
    return SIGN;
  if (code >= 0xfdf0 && code <= 0xfdff) return PHRASE;
  // Hangul Jamo, then from the kana to the last ideograph and syllable; surrogates count as what most of them are here.
  return (code >= 0x1100 && code <= 0x11ff) || (code >= 0x3040 && code <= 0xdfff) ? SYLLABLE : 1;
}

const SIGNS: ReadonlySet<number> = new Set(Array.from('#$%&*+/<=>@\\^_|~', (sign) => sign.charCodeAt(0)));
