import '@countersign/core/verify';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readParameters } from '../../src/canonical/parameters.ts';

// What forms and queries say is read by a path for ASCII and another one for the rest; both read as `decodeURIComponent` does.

const pieces = fc.constantFrom(
  'a',
  '+',
  '%',
  '%2B',
  '%2b',
  '%41',
  '%7f',
  '%80',
  '%C3%A9',
  '%c3',
  '%GG',
  '%4',
  '=',
  '&',
  'é',
  '%00',
  '%25',
);
const texts = fc.array(pieces, { maxLength: 12 }).map((all) => all.join(''));

test('a text of parameters is read as its escapes say, whatever it holds', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const expected = (): (readonly [string, string])[] | undefined => {
        try {
          const pairs = text.split('&').filter((pair) => pair !== '');
          return pairs.map((pair) => {
            const at = pair.indexOf('=');
            const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
            const read = (one: string): string => decodeURIComponent(one.replaceAll('+', ' '));
            return [read(name), read(value)] as const;
          });
        } catch {
          return undefined;
        }
      };
      expect(readParameters(text)).toEqual(expected());
    }),
    { numRuns: 3000, seed: 17 },
  );
});
