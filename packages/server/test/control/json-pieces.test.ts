import { redactionOf } from '@countersign/core/redaction';
import { assert, jsonValue, property } from 'fast-check';
import { expect, test } from 'vitest';
import { jsonPieces, pieceBytes } from '../../src/control/json-pieces.ts';

const none = redactionOf([]);
const written = (value: unknown, redaction = none) =>
  [...jsonPieces(value, redaction)].filter((piece) => typeof piece === 'string');

test('pieces are together what JSON.stringify writes', () => {
  assert(
    property(jsonValue(), (value) => {
      const large = { value, list: [value, undefined, 'x'.repeat(pieceBytes), {}], absent: undefined, '': [[], value] };
      expect(written(large).join('')).toBe(JSON.stringify(large));
    }),
  );
});

test('no piece of a long list is much longer than one that is sent', () => {
  const list = Array.from({ length: 2_000 }, (_, at) => ({ at, body: 'é"\\'.repeat(300) }));
  const pieces = written({ exchanges: list });
  expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThan(2 * pieceBytes);
  expect(JSON.parse(pieces.join(''))).toEqual({ exchanges: list });
});

test('keys are hidden in every piece: in texts, and in names', () => {
  const key = 'a-key-that-is-no-secret-in-a-test';
  const value = { [`of ${key}`]: 'x'.repeat(pieceBytes), list: [`a ${key} b`, encodeURIComponent(`"${key}"`)] };
  const text = written(value, redactionOf([key])).join('');
  expect(text).not.toContain(key);
  expect(JSON.parse(text)).toMatchObject({ list: ['a [redacted] b', '%22[redacted]%22'] });
});

test('a long text is announced before it is written, so that it can wait for a turn of its own', () => {
  const value = { a: 'x'.repeat(300_000), b: 'y'.repeat(200_000), c: 'short' };
  expect([...jsonPieces(value, none)].filter((piece) => typeof piece === 'number')).toEqual([300_000, 200_000]);
});
