import { expect, test } from 'vitest';
import { laidOutJson } from '../src/format/laid-out-json.ts';

test('JSON is laid out as JSON.stringify does it, where that loses nothing', () => {
  const value = { a: [1, { b: 'x, {"y"}: \\"z\\"', c: [] }, {}], 'd:e': null, f: [[true], -1.5e-7], g: '' };
  expect(laidOutJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
  expect(laidOutJson(JSON.stringify(value, null, '\t'))).toBe(JSON.stringify(value, null, 2));
});

test('numbers keep their digits, escapes their form, and doubled members both values', () => {
  expect(laidOutJson('{"id":12345678901234567890,"a":1.0,"a":"\\u00e9\\/"}')).toBe(
    '{\n  "id": 12345678901234567890,\n  "a": 1.0,\n  "a": "\\u00e9\\/"\n}',
  );
});

test('what is no object or array, or deeper than anybody reads, stays as it is', () => {
  expect(laidOutJson('"text"')).toBeUndefined();
  expect(laidOutJson('{"a":')).toBeUndefined();
  expect(laidOutJson('')).toBeUndefined();
  expect(laidOutJson('['.repeat(5000) + ']'.repeat(5000))).toBeUndefined();
});
