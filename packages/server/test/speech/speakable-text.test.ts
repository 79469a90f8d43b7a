import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { speakableText } from '../../src/speech/flite/speakable-text.ts';
import { splitText } from '../../src/speech/split-text.ts';

describe('text that flite can say', () => {
  it.each([
    ['Hello, world!', 'Hello, world!'],
    ['Café Zürich, Łódź', 'Cafe Zurich, Lodz'],
    ['Straße, smørrebrød', 'Strasse, smorrebrod'],
    ['it’s “quoted” — really…', "it's quoted - really..."],
    ['5 € at 20°', '5 euros at 20 degrees'],
    ['Добрый день, Ёлка', 'Dobryy den, Yolka'],
    ['Їжак, Việt Nam, ÞÓRR', 'Yizhak, Viet Nam, ThORR'],
    ['Καλημέρα', 'Kalimera'],
    ['日本語です', 'Japanese text'],
    ['你好 world', 'Chinese text world'],
    ['안녕', 'Korean text'],
    ['مرحبا', 'Arabic text'],
    ['नमस्ते', 'Hindi text'],
    ['ᚠᚢᚦ', 'unknown letters'],
    ['１２３ ﬁ', '123 fi'],
    ['Hi 😀👩‍👩‍👧 there', 'Hi there'],
    ['a\u0000b\u0007c\nd', 'a b c d'],
    ['😀', ''],
    ['...!?', ''],
    ['', ''],
  ])('%j becomes %j', (text, speakable) => {
    expect(speakableText(text)).toBe(speakable);
  });

  it('is printable ASCII without very long words, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(speakableText(text)).toMatch(/^[\x20-\x7e]*$/);
        expect(
          Math.max(
            ...speakableText(text)
              .split(' ')
              .map((word) => word.length),
          ),
        ).toBeLessThanOrEqual(50);
      }),
    );
  });
});

describe('dividing a long text', () => {
  it('leaves a short one whole', () => {
    expect(splitText('One. Two. Three.', 300)).toEqual(['One. Two. Three.']);
    expect(splitText('  ', 300)).toEqual([]);
  });

  it('prefers the ends of sentences, then of words', () => {
    expect(splitText('One two. Three four. Five.', 21)).toEqual(['One two. Three four.', 'Five.']);
    expect(splitText('one two three four', 8)).toEqual(['one two', 'three', 'four']);
    expect(splitText('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  });

  it('loses no word and makes no piece too long', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', 'word', 'sentence.', 'Really?', 'incomprehensibilities'), { maxLength: 60 }),
        (words) => {
          const pieces = splitText(words.join(' '), 40);
          expect(pieces.join(' ')).toBe(words.join(' '));
          expect(Math.max(0, ...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(40);
        },
      ),
    );
  });
});
