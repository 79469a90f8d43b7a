import { assert, json, property } from 'fast-check';
import { expect, test, vi } from 'vitest';
import { jsonExcess } from '../../src/http/json-extent.ts';
import { parseJson } from '../../src/http/json-syntax.ts';
import { readJson } from '../../src/providers/sinch/protocol/json.ts';

/** As `docs/limits.md` has them. */
const [maxJsonValues, maxJsonDepth] = [20_000, 1_000];

test.each([
  ['as many values as it may', `[${'0,'.repeat(maxJsonValues - 2)}0]`, undefined],
  ['one item more', `[${'0,'.repeat(maxJsonValues - 1)}0]`, 2 * maxJsonValues - 2],
  ['one member more', `{${'"a":0,'.repeat(maxJsonValues - 1)}"a":0}`, 6 * (maxJsonValues - 1)],
  ['as many levels as it may', `${'['.repeat(maxJsonDepth)}${']'.repeat(maxJsonDepth)}`, undefined],
  ['one level more', `${'{"a":'.repeat(maxJsonDepth)}[]${'}'.repeat(maxJsonDepth)}`, 5 * maxJsonDepth],
  ['brackets and commas in texts', `["${'[{,\\"'.repeat(30_000)}\\\\",0]`, undefined],
])('JSON with %s is found out by one look', (_what, text, offset) => {
  expect(jsonExcess(text)?.offset).toBe(offset);
});

test('nothing that is too much is parsed', () => {
  const parse = vi.spyOn(JSON, 'parse');
  try {
    for (const text of [`[${'{},'.repeat(300_000)}{}]`, `${'['.repeat(500_000)}${']'.repeat(500_000)}`]) {
      expect(parseJson(Buffer.from(text)).ok).toBe(false);
      expect(readJson(text).ok).toBe(false);
    }
    expect(parse).not.toHaveBeenCalled();
  } finally {
    parse.mockRestore();
  }
});

test('ordinary JSON is read as JSON.parse reads it, without members that are null', () => {
  assert(
    property(json(), (text) => {
      const revived: unknown = JSON.parse(text, (_, member: unknown) => (member === null ? undefined : member));
      expect(readJson(text)).toEqual({ ok: true, value: revived });
    }),
  );
});
