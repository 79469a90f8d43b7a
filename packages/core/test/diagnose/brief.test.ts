import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { brief } from '../../src/diagnose/text/brief.ts';
import { visible } from '../../src/diagnose/text/visible.ts';

const quotes = (text: string): number => text.split('"').length - 1;

test('a text that fits into a sentence stays as it is', () => {
  const text = 'a'.repeat(120);
  expect(brief(text)).toBe(text);
});

test('a long JSON text is cut between its strings, not in one', () => {
  const text = JSON.stringify({ to: [{ address: 'someone@example.com' }], note: 'x'.repeat(60), text: 'It works' });
  expect(text.length).toBeGreaterThan(120);
  expect(brief(text)).toBe('{"to":[{"address":"someone@example.com"}],"note":…,"text":"It works"}');
});

test.each([
  ['an emoji at the cut', `${'a'.repeat(79)}😀${'b'.repeat(80)}`, `${'a'.repeat(79)}…${'b'.repeat(24)}`],
  ['an escape at the cut', visible(`${'a'.repeat(79)}\n${'b'.repeat(80)}`), `${'a'.repeat(79)}…${'b'.repeat(24)}`],
  [
    'an escape before the end',
    visible(`${'a'.repeat(99)}\u200b${'b'.repeat(20)}`),
    `${'a'.repeat(80)}…${'b'.repeat(20)}`,
  ],
])('%s is left whole or left out', (_, text, expected) => {
  expect(brief(text)).toBe(expected);
});

test('what is kept has every quote closed, and is short, whatever the text is', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('"', 'a', '\\n', '😀', '{', '\\u{200b}'), { minLength: 121 }), (pieces) => {
      const [kept, end = ''] = brief(pieces.join('')).split('…');
      expect((kept ?? '').length).toBeLessThanOrEqual(80);
      expect(end.length).toBeLessThanOrEqual(24);
      expect(quotes(kept ?? '') % 2).toBe(0);
      expect(quotes(end) % 2).toBe(0);
      expect((kept ?? '') + end).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/);
    }),
    { numRuns: 100 },
  );
});
