import { describe, expect, test } from 'vitest';
import { equalInConstantTime } from '../src/canonical/constant-time.ts';

const digests = [
  ['SHA-256 in base64', 'SF2Q4Yy0Ltb2MrDJiIH0yEnYDJLPWuHuQjJn1O4K4Gs='],
  ['SHA-512 in hexadecimal', '0123456789abcdef'.repeat(8)],
  ['more than any digest', '0123456789abcdef'.repeat(20)],
  ['nothing', ''],
] as const;

describe.each(digests)('a received text beside %s', (_, expected) => {
  // Cut out of a longer text, as a signature is out of its header.
  const cut = (text: string): string => `v1=${text};`.slice(3, -1);

  test('equals it when it is the same, and only then', () => {
    expect(equalInConstantTime(cut(expected), expected)).toBe(true);
    expect(equalInConstantTime(cut(`${expected}=`), expected)).toBe(false);
    for (let at = 0; at < expected.length; at++) {
      const [before, after] = [expected.slice(0, at), expected.slice(at + 1)];
      expect(equalInConstantTime(cut(before + after), expected)).toBe(false);
      expect(equalInConstantTime(cut(`${before}!${after}`), expected)).toBe(false);
    }
  });

  test('is another one where a character is more than a byte', () => {
    for (const character of ['é', '€', '\u{1f600}', '\ud800', '\udce9']) {
      const { length } = character;
      for (const at of [0, Math.max(0, expected.length - length)]) {
        if (expected.length < length) continue;
        const text = expected.slice(0, at) + character + expected.slice(at + length);
        expect(text).toHaveLength(expected.length);
        expect(equalInConstantTime(cut(text), expected)).toBe(false);
      }
    }
    // What was compared before leaves nothing behind.
    expect(equalInConstantTime(cut(expected), expected)).toBe(true);
  });
});
