import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { processorMs } from '../../../tools/processor-ms.ts';
import { decodeBase64Url, encodeBase64Url } from '../src/canonical/byte-encoding.ts';
import { readEncodedObject, readJsonObject } from '../src/canonical/strict-json.ts';

describe('a JSON object is read', () => {
  test.each([
    ['{}', {}],
    ['{"a":1,"b":{"a":2},"c":[{"a":3},{"a":4}]}', { a: 1, b: { a: 2 }, c: [{ a: 3 }, { a: 4 }] }],
    // Names in values, in strings and behind white space.
    ['{"a":"a","b":"\\"a\\":","c" : "{\\"a\\":1,\\"a\\":2}"}', { a: 'a', b: '"a":', c: '{"a":1,"a":2}' }],
    ['{"":1," ":2}', { '': 1, ' ': 2 }],
  ])('from %s', (text, value) => {
    expect(readJsonObject(text)).toEqual(value);
  });

  test('also where a name is that of every object', () => {
    expect(Object.entries(readJsonObject('{"__proto__":1,"constructor":2}') ?? {})).toEqual([
      ['__proto__', 1],
      ['constructor', 2],
    ]);
  });
});

describe('nothing is read', () => {
  test.each([
    '',
    'null',
    '[]',
    '"a"',
    '{"a":1',
    "{'a':1}",
    '{"a":1,}',
    '{"a":1,"a":1}',
    '{"a":1,"\\u0061":2}',
    '{"a":1,"b":{"c":1,"c":2}}',
    '{"a":[{"b":1,"b":2}]}',
    '{"a":{},"b":1,"a":2}',
    '{"a":[1,{"x":"}"}],"a":2}',
  ])('from %s', (text) => {
    expect(readJsonObject(text)).toBeUndefined();
  });
});

test('an object is read as JSON.parse reads it, and never one that was written with a name twice', () => {
  const names = fc.array(fc.constantFrom('a', 'b', 'c', '"', '\\', '{', '}', ':', '\u2028'), { maxLength: 4 });
  fc.assert(
    fc.property(names, fc.jsonValue({ maxDepth: 3 }), (given, value) => {
      const text = `{${given.map((name) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(' ,')}}`;
      const isTwice = new Set(given).size < given.length;
      expect(readJsonObject(text)).toEqual(isTwice ? undefined : JSON.parse(text));
    }),
  );
});

test('a megabyte takes no longer than its length allows', () => {
  const deep = `{"a":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_001)}`;
  const strings = `{"a":"${'\\"'.repeat(400_000)}"}`;
  const tookMs = processorMs(() => {
    for (const text of [deep, strings, '{'.repeat(1_000_000), '"'.repeat(1_000_000)]) readJsonObject(text);
  });
  expect(tookMs).toBeLessThan(2000);
});

describe('base64url', () => {
  test('is written as Node writes it, and read back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(encodeBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
        expect(decodeBase64Url(encodeBase64Url(bytes))).toEqual(new Uint8Array(bytes));
      }),
    );
  });

  // `e30` is `{}`; the last digit of `e31` has a bit that no byte has.
  test.each(['e30=', 'e31', 'e3', 'e', 'e+0', 'e/0', 'e30\n', ' e30', 'e3 0', 'é30'])('"%s" is none', (text) => {
    expect(readEncodedObject(text)).toBeUndefined();
    expect(readEncodedObject('e30')).toEqual({});
  });
});
