import { Turns } from '../../threads/turns.ts';
import { splitText } from '../split-text.ts';
import { transliterate, withoutScribble } from './transliterate.ts';

/** Written punctuation that means the same as something in ASCII. */
const PUNCTUATION: ReadonlyMap<string, string> = new Map([
  ...[...'‘’‚‛′`´'].map((mark) => [mark, "'"] as const),
  ...[...'“”„‟«»″"'].map((mark) => [mark, ' '] as const),
  ...[...'–—―−'].map((mark) => [mark, ' - '] as const),
  ...[...'。．｡'].map((mark) => [mark, '. '] as const),
  ...[...'、，・'].map((mark) => [mark, ', '] as const),
  ['？', '? '],
  ['！', '! '],
  ['…', '... '],
  ['¿', ' '],
  ['¡', ' '],
  ['€', ' euros '],
  ['£', ' pounds '],
  ['¥', ' yen '],
  ['°', ' degrees '],
  ['×', ' times '],
  ['÷', ' divided by '],
  ['©', ' copyright '],
  ['®', ' registered '],
  ['™', ' trademark '],
  ['№', ' number '],
  ['§', ' section '],
]);

/** flite spells out what it cannot pronounce; a word longer than this is no word, and its time grows with the square. */
const MAX_WORD_CHARS = 50;
const WORD_PARTS = new RegExp(`.{1,${MAX_WORD_CHARS}}`, 'g');

/**
 * Rewrites text so that flite can say all of it: printable ASCII only. Accents are dropped, Greek and Cyrillic are
 * written in Latin letters, other scripts are named instead of being passed over in silence; emoji and control
 * characters fall out.
 */
export function speakableText(text: string): string {
  const ascii = [...transliterate(withoutScribble(text))]
    .map((char) => PUNCTUATION.get(char) ?? char)
    .join('')
    .replace(/[^\x21-\x7e]+/g, ' ');
  const words = ascii.split(' ').flatMap((word) => word.match(WORD_PARTS) ?? []);
  const speakable = words.join(' ');
  return /[A-Za-z0-9$%&+=@#]/.test(speakable) ? speakable : '';
}

/** What is rewritten at a time, by its weight: a millisecond's work. */
const PART_WEIGHT = 1000;

/**
 * {@link speakableText} of a text of any length, in parts and in turns of the event loop: some characters stand for
 * eighteen others.
 */
export async function longSpeakableText(text: string, turns = new Turns(PART_WEIGHT)): Promise<string> {
  const parts: string[] = [];
  for (const part of splitText(text, PART_WEIGHT)) {
    await turns.spend(PART_WEIGHT);
    parts.push(speakableText(part));
  }
  return parts.filter((part) => part !== '').join(' ');
}
