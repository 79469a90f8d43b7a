import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { processorMs } from '../../../tools/processor-ms.ts';
import { parseDictionary, parseItem, parseList } from '../src/canonical/structured-fields.ts';
import { dictionaryText, itemText, listText } from '../src/canonical/structured-text.ts';

// Left: fields as RFC 9651 prints them in §3 and §4, or as it lets them be written; right: the one way in which they are written.

const dictionary = (text: string): string => {
  const parsed = parseDictionary(text);
  return 'value' in parsed ? dictionaryText(parsed.value) : `refused: ${parsed.problem}`;
};
const list = (text: string): string => {
  const parsed = parseList(text);
  return 'value' in parsed ? listText(parsed.value) : `refused: ${parsed.problem}`;
};
const item = (text: string): string => {
  const parsed = parseItem(text);
  return 'value' in parsed ? itemText(parsed.value) : `refused: ${parsed.problem}`;
};

test.each([
  ['en="Applepie", da=:w4ZibGV0w6ZydGU=:', 'en="Applepie", da=:w4ZibGV0w6ZydGU=:'],
  ['a=?0, b, c; foo=bar', 'a=?0, b, c;foo=bar'],
  ['rating=1.5, feelings=(joy sadness)', 'rating=1.5, feelings=(joy sadness)'],
  ['a=(1 2), b=3, c=4;aa=bb, d=(5 6);valid', 'a=(1 2), b=3, c=4;aa=bb, d=(5 6);valid'],
  ['  a=1,\t b=2  ', 'a=1, b=2'],
  ['a=(   1    2 )', 'a=(1 2)'],
  ['', ''],
])('the dictionary %j is written %j', (text, written) => {
  expect(dictionary(text)).toBe(written);
});

test.each([
  ['sugar, tea, rum', 'sugar, tea, rum'],
  ['("foo" "bar"), ("baz"), ("bat" "one"), ()', '("foo" "bar"), ("baz"), ("bat" "one"), ()'],
  ['("foo"; a=1;b=2);lvl=5, ("bar" "baz");lvl=1', '("foo";a=1;b=2);lvl=5, ("bar" "baz");lvl=1'],
  ['abc;a=1;b=2; cde_456, (ghi;jk=4 l);q="9";r=w', 'abc;a=1;b=2;cde_456, (ghi;jk=4 l);q="9";r=w'],
])('the list %j is written %j', (text, written) => {
  expect(list(text)).toBe(written);
});

test.each([
  ['5; foo=bar', '5;foo=bar'],
  ['-0', '0'],
  ['0042', '42'],
  ['4.50', '4.5'],
  ['-0.10', '-0.1'],
  ['"hello \\"world\\" \\\\"', '"hello \\"world\\" \\\\"'],
  ['foo123/456', 'foo123/456'],
  ['?1', '?1'],
  ['@1659578233', '@1659578233'],
  ['%"This is intended for display to %c3%bcsers."', '%"This is intended for display to %c3%bcsers."'],
  ['::', '::'],
])('the item %j is written %j', (text, written) => {
  expect(item(text)).toBe(written);
});

describe('what is none is refused, with what stands where', () => {
  test.each([
    ['a=1,', 'the end at character 5, where a member behind the comma was expected'],
    ['a=1 b=2', '"b" at character 5, where the end was expected'],
    ['A=1', '"A" at character 1, where a name in lower case was expected'],
    ['a=1, a=2', 'the name "a" a second time at character 7, where each name once was expected'],
    ['a=1;b=1;b=2', 'the parameter "b" a second time at character 10, where each parameter once was expected'],
    ['a=(1 2', 'the end at character 7, where a space or ")" was expected'],
    ['a=("b""c")', '"\\"" at character 7, where a space or ")" was expected'],
    ['a="é"', '"\\"" at character 3, where a string of ASCII characters that ends in a quote was expected'],
    ['a=:Zg:', 'base64 that is not padded, or not as it would be written at character 7, where base64 was expected'],
    ['a=:Zh==:', 'base64 that is not padded, or not as it would be written at character 9, where base64 was expected'],
    ['a=?2', '"?" at character 3, where ?0 or ?1 was expected'],
    ['a=1234567890123456', 'a number of more than 15 digits at character 19, where an integer was expected'],
    [
      'a=1.2345',
      'a number of too many digits at character 9, where at most 12 digits, a point and 3 digits was expected',
    ],
  ])('%j', (text, problem) => {
    expect(dictionary(text)).toBe(`refused: ${problem}`);
  });
});

test('what is written is read again as the same', () => {
  const bare = fc.oneof(
    fc.integer({ min: -999_999_999, max: 999_999_999 }).map(String),
    fc.stringMatching(/^[ !#-[\]-~]{0,9}$/).map((text) => `"${text}"`),
    fc.stringMatching(/^[a-zA-Z*][a-zA-Z0-9:/]{0,9}$/),
    fc.uint8Array({ maxLength: 9 }).map((bytes) => `:${Buffer.from(bytes).toString('base64')}:`),
    fc.constantFrom('?0', '?1', '@0', '1.5'),
  );
  const key = fc.stringMatching(/^[a-z*][a-z0-9_-]{0,5}$/);
  const members = fc.uniqueArray(fc.tuple(key, bare), { maxLength: 6, selector: ([name]) => name });
  fc.assert(
    fc.property(members, (all) => {
      const text = all.map(([name, value]) => (value === '?1' ? name : `${name}=${value}`)).join(', ');
      expect(dictionary(text)).toBe(text);
    }),
  );
});

test.each(['(', '"', ';', ', ', '(a ', 'a=(', ':', '%"', ' ', '\\', 'a;a', '"a" '])(
  'a long run of %j is read in linear time',
  (piece) => {
    const tookMs = processorMs(() => {
      for (const read of [dictionary, list, item]) read(`a=${piece.repeat(200_000)}`);
    });
    expect(tookMs).toBeLessThan(3000);
  },
);
