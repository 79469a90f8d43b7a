import { describe, expect, test } from 'vitest';
import { addressOf, canonicalizeAddress } from '../../src/engine/address.ts';
import { parsePhoneScript, PhoneScriptError } from '../../src/phones/script.ts';
import { TEST_NUMBERS } from '../../src/phones/test-numbers.ts';

describe('a phone script', () => {
  test.each([
    [{ pickUp: 'answer' }],
    [{ pickUp: 'answer', afterMs: 0, machine: true, steps: [] }],
    [{ pickUp: 'busy', afterMs: 10 }],
    [{ pickUp: 'no-answer' }],
    [
      {
        pickUp: 'manual',
        steps: [
          { do: 'wait', ms: 5 },
          { do: 'await-prompt', pauseMs: 0 },
          { do: 'await-tones', tones: '12' },
          { do: 'press', tones: '1*#abcD', gapMs: 50 },
          { do: 'say', text: 'yes' },
          { do: 'beep' },
          { do: 'hang-up' },
        ],
      },
    ],
  ])('is read: %j', (script) => {
    expect(parsePhoneScript(script)).toEqual(script);
  });

  test.each([
    ['answer', '', 'the phone script must be an object with a "pickUp"'],
    [null, '', 'the phone script must be an object with a "pickUp"'],
    [[], '', 'the phone script must be an object with a "pickUp"'],
    [{}, 'pickUp', 'pickUp must be one of answer, manual, busy, decline, unreachable, fail, no-answer, not undefined'],
    [{ pickUp: 'toString' }, 'pickUp', 'pickUp must be one of answer'],
    [{ pickUp: 'answer', afterMs: -1 }, 'afterMs', 'afterMs must be >= 0'],
    [{ pickUp: 'answer', afterMs: '1s' }, 'afterMs', 'afterMs must be integer'],
    [{ pickUp: 'answer', after: 3 }, 'after', 'after is not known here; there are pickUp, afterMs, machine, steps'],
    [{ pickUp: 'busy', steps: [] }, 'steps', 'steps is not known here; there are pickUp, afterMs'],
    [{ pickUp: 'answer', steps: [{ do: 'say', text: 'x', x: 1 }] }, 'steps[0].x', 'steps[0].x is not known here'],
    [{ pickUp: 'answer', steps: {} }, 'steps', 'steps must be array'],
    [{ pickUp: 'answer', steps: [{ do: 'beep' }, {}] }, 'steps[1].do', 'steps[1].do must be one of wait, await-prompt'],
    [{ pickUp: 'answer', steps: ['beep'] }, 'steps[0]', 'steps[0] must be an object with a "do"'],
    [{ pickUp: 'answer', steps: [{ do: 'wait' }] }, 'steps[0]', 'steps[0] must have required properties ms'],
    [{ pickUp: 'answer', steps: [{ do: 'wait', ms: 1e9 }] }, 'steps[0].ms', 'steps[0].ms must be <= 86400000'],
    [{ pickUp: 'answer', steps: [{ do: 'press', tones: '1x' }] }, 'steps[0].tones', 'must match pattern'],
  ])('that is none is refused, saying where and what was expected: %j', (script, path, message) => {
    const problem = problemOf(script);
    expect(problem.message).toContain(message);
    expect(problem.path).toBe(path);
  });

  test.each([
    [(deep: unknown) => ({ pickUp: deep }), 'pickUp'],
    [(deep: unknown) => ({ pickUp: 'answer', steps: [{ do: deep }] }), 'steps[0].do'],
  ])('that is nested deeper than a function can follow is refused like any other: %#', (scriptWith, path) => {
    const problem = problemOf(scriptWith(nestedDeeply()));
    expect(problem.path).toBe(path);
    expect(problem.message).toMatch(/ must be one of [a-z, -]+, not an array$/);
  });

  test('has a hundred steps at most', () => {
    const steps = Array.from({ length: 101 }, () => ({ do: 'beep' }));
    expect(problemOf({ pickUp: 'answer', steps }).message).toBe('steps must not have more than 100 items');
  });
});

function problemOf(script: unknown): PhoneScriptError {
  try {
    parsePhoneScript(script);
  } catch (error) {
    if (error instanceof PhoneScriptError) return error;
    throw error;
  }
  throw new Error('the script was accepted');
}

test.each([
  ['+12065550199', '+12065550199'],
  ['12065550199', '+12065550199'],
  ['0012065550199', '+12065550199'],
  [' +1 (206) 555-0199 ', '+12065550199'],
  ['8:acs:c0157e51_0001', '8:acs:c0157e51_0001'],
  ['sip:alice@example.org', 'sip:alice@example.org'],
])('the phone %s is %s', (written, address) => {
  expect(canonicalizeAddress(written)).toBe(address);
});

test('every party but a stream has a phone', () => {
  expect(addressOf({ kind: 'phone', number: '12065550199' })).toBe('+12065550199');
  expect(addressOf({ kind: 'user', id: '8:acs:x' })).toBe('8:acs:x');
  expect(addressOf({ kind: 'sip', address: 'sip:a@b' })).toBe('sip:a@b');
  expect(addressOf({ kind: 'stream', url: 'ws://localhost/' })).toBeUndefined();
});

describe('the test numbers', () => {
  test("are fictional, distinct, and none of the development accounts' own", () => {
    const numbers = TEST_NUMBERS.map(({ number }) => number);
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const number of numbers) expect(number).toMatch(/^\+120655501\d\d$/u);
    expect(numbers).not.toContain('+12065550100');
    expect(numbers).not.toContain('+12065550150');
  });

  test('have scripts that the control API would take', () => {
    for (const { script } of TEST_NUMBERS) expect(parsePhoneScript(structuredClone(script))).toEqual(script);
  });
});

/** Deeper than a function that calls itself can follow, as a body of 24 kB can be. */
function nestedDeeply(): unknown {
  return JSON.parse('['.repeat(12_000) + ']'.repeat(12_000));
}
