import { describe, expect, it } from 'vitest';
import { sayAs } from '../../src/speech/say-as.ts';

describe('say-as writes out', () => {
  it.each<[as: string, text: string, words: string | undefined, format?: string]>([
    ['characters', 'aB3', 'A, B, three'],
    ['spell-out', 'a@b.c', 'A, at, B, dot, C'],
    ['digits', '0120', 'zero one two zero'],
    ['digits', '12-34', 'one two three four'],
    ['cardinal', '0', 'zero'],
    ['cardinal', '12345', 'twelve thousand three hundred forty five'],
    ['number', '1,000,001', 'one million one'],
    ['cardinal', '-3.14', 'minus three point one four'],
    ['ordinal', '1', 'first'],
    ['ordinal', '12th', 'twelfth'],
    ['ordinal', '20', 'twentieth'],
    ['ordinal', '101', 'one hundred first'],
    ['fraction', '1/2', 'one half'],
    ['fraction', '3/4', 'three fourths'],
    ['fraction', '2 1/3', 'two and one third'],
    ['telephone', '+1 (206) 555-0100', 'plus, one, two zero six, five five five, zero one zero zero'],
    ['telephone', '555 0100 x12', 'five five five, zero one zero zero, extension, one two'],
    ['date', '12/25/2024', 'December twenty fifth, twenty twenty four', 'mdy'],
    ['date', '25.12.1999', 'December twenty fifth, nineteen ninety nine', 'dmy'],
    ['date', '2005-01-02', 'January second, two thousand five'],
    ['date', '7/4', 'July fourth', 'md'],
    ['date', '1905', 'nineteen oh five', 'y'],
    ['date', '1800', 'eighteen hundred', 'y'],
    ['time', '3:05pm', 'three oh five P M'],
    ['time', '15:00', "fifteen o'clock"],
    ['time', '8:30:15', 'eight thirty and fifteen seconds'],
    ['time', '9:00 a.m.', 'nine A M'],
  ])('as %s: "%s" as "%s"', (as, text, words, format) => {
    expect(sayAs(text, as, format)).toBe(words);
  });

  it.each<[as: string, text: string, format?: string]>([
    ['poetry', 'x'],
    ['__proto__', 'x'],
    ['constructor', 'x'],
    ['toString', 'x'],
    ['cardinal', 'many'],
    ['cardinal', '1234567890123456789'],
    ['ordinal', '1.5'],
    ['fraction', 'half'],
    ['telephone', 'call me'],
    ['date', '13/45/2024', 'mdy'],
    ['date', '1/2/3/4'],
    ['time', '25:00'],
    ['time', 'noon'],
    ['digits', 'none'],
  ])('nothing as %s: "%s" does not fit', (as, text, format) => {
    expect(sayAs(text, as, format)).toBeUndefined();
  });
});
