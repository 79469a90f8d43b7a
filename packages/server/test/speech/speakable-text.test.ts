import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { longSpeakableText, speakableText } from '../../src/speech/flite/speakable-text.ts';
import { Turns } from '../../src/threads/turns.ts';
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
    ['مرحبا بك hello مرحبا', 'Arabic text hello Arabic text'],
    ['\ufdfa'.repeat(500), 'Arabic text'],
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

  // Quadratic work on so many characters would not end today.
  it.each<[what: string, text: string, speakable: string]>([
    ['marks on one letter', `a${'\u0301'.repeat(200_000)}`, 'a'],
    ['marks that have to be sorted', `a${'\u0301\u0327'.repeat(100_000)}`, 'a'],
    ['Chinese characters', '你'.repeat(200_000), 'Chinese text'],
    ['Chinese characters and one Japanese', `${'你'.repeat(200_000)}の`, 'Japanese text'],
    ['Arabic letters', 'ب'.repeat(200_000), 'Arabic text'],
    ['long vowels', 'ー'.repeat(200_000), 'unknown letters'],
  ])('is made of 200 000 %s in one pass', (_, text, speakable) => {
    expect(speakableText(text)).toBe(speakable);
  });

  it('is made of a long text in turns, with every word of it', async () => {
    const text = 'Ça va, Ёлка? '.repeat(1000);
    let turns = 0;
    const spoken = await longSpeakableText(
      text,
      new Turns(1000, async () => {
        turns++;
      }),
    );
    expect(spoken).toBe(speakableText(text));
    expect(turns).toBeGreaterThanOrEqual(12);
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

  it('knows where sentences end: after a mark and a space, with the quotation mark that closes it', () => {
    expect(splitText('It is e.g. now. "Really?" Yes… no', 24)).toEqual(['It is e.g. now.', '"Really?" Yes… no']);
    expect(splitText('你好。你好！', 12)).toEqual(['你好。', '你好！']);
  });

  it('divides 200 000 sentences, dots or spaces in one pass', () => {
    expect(splitText('One. '.repeat(200_000), 300)).toHaveLength(3334);
    expect(splitText('.'.repeat(200_000), 300)).toHaveLength(667);
    expect(splitText(`a${' '.repeat(200_000)}b`, 300)).toEqual(['a', 'b']);
  });

  it('makes pieces shorter that are longer to say: digits, signs, syllables', () => {
    expect(splitText('1'.repeat(20), 40)).toEqual(['1111111111', '1111111111']);
    expect(splitText('%%%%%%', 40)).toEqual(['%%%%%', '%']);
    expect(splitText('你好吗'.repeat(4), 40)).toEqual(['你好吗你好吗你好吗你', '好吗']);
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
