import { assert, json, nat, property } from 'fast-check';
import { expect, test } from 'vitest';
import { parseJson } from '../../src/http/json-syntax.ts';

const problemOf = (text: string) => {
  const parsed = parseJson(Buffer.from(text));
  if (parsed.ok) throw new Error('no problem was found');
  return parsed.problem;
};

test.each([
  ['{"a":1,}', 'line 1, column 8: found "}" where a member name in double quotes was expected'],
  ['{"a":x}', 'line 1, column 6: found "x" where a value was expected'],
  ["{'a':1}", 'line 1, column 2: found "\'" where a member name in double quotes or "}" was expected'],
  ['{\n  "a": 1\n  "b": 2\n}', 'line 3, column 3: found "\\"" where "," or "}" was expected'],
  ['[1,2', 'line 1, column 5: the body ends where "," or "]" was expected'],
  ['{"a" 1}', 'line 1, column 6: found "1" where ":" was expected'],
  ['{"a":"b', 'line 1, column 8: the body ends where a closing quote was expected'],
  ['{"a":"b\n"}', 'line 1, column 8: found "\\n" where an escaped character'],
  ['{"a":"\\x"}', 'line 1, column 7: found "\\\\" where a valid escape'],
  ['{"a":{{callId}}}', 'line 1, column 7: found "{" where a member name'],
  ['{} x', 'line 1, column 4: found "x" where the end of the body was expected'],
  ['\uFEFF{}', 'line 1, column 1: the body begins with a byte order mark'],
  ['', 'the body is empty; expected a JSON value'],
  ['{"a":01}', 'line 1, column 7: found "1" where "," or "}" was expected'],
])('%j is refused with the place and what was expected there', (text, message) => {
  expect(problemOf(text).message).toContain(message);
});

test('bytes that are no UTF-8 are said to be that', () => {
  expect(parseJson(Uint8Array.of(0x22, 0xff, 0x22))).toMatchObject({
    ok: false,
    problem: { message: expect.stringContaining('not UTF-8') },
  });
});

test('deep nesting and long strings do not exhaust the stack', () => {
  expect(problemOf('['.repeat(200_000)).offset).toBe(1_000);
  expect(problemOf(`{"a":"${'x\\n'.repeat(500_000)}`).message).toContain('closing quote');
});

test('what JSON.parse takes is taken, and cutting it anywhere names a place within the text', () => {
  assert(
    property(json(), nat(), (text, cut) => {
      expect(parseJson(Buffer.from(text))).toEqual({ ok: true, value: JSON.parse(text) });
      const broken = `${text.slice(0, cut % (text.length + 1))}\u0001`;
      const { offset } = problemOf(broken);
      expect(offset).toBeLessThanOrEqual(broken.length);
    }),
  );
});
