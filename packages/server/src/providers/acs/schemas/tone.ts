import { choice, type Static } from '../../../json-schema/schema.ts';

/** The tones of a keypad as the API names them. */
const toneNames = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'a',
  'b',
  'c',
  'd',
  'pound',
  'asterisk',
] as const;

export const toneSchema = choice(toneNames);

export type Tone = Static<typeof toneSchema>;

const keys = '0123456789ABCD#*';

/** The key of a tone: `pound` → `#`. */
export function keyOf(name: Tone): string {
  return keys.charAt(toneNames.indexOf(name));
}

/** The name of a key: `#` → `pound`. */
export function toneOf(key: string): Tone {
  return toneNames[keys.indexOf(key.toUpperCase())] ?? 'zero';
}
