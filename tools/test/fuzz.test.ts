import { fileURLToPath } from 'node:url';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fuzz } from '../fuzz/fuzz.js';
import { tables } from '../fuzz/tables.js';

interface Parser {
  readonly name: string;
  readonly throws?: readonly (string | RegExp)[];
}

const runs = 400;
const seed = 11;

describe.each(Object.entries<readonly Parser[]>(tables))(
  '%s answers near-valid inputs, or refuses them with an error of its own',
  (name, parsers) => {
    const load = (module: string): Promise<object> =>
      import(fileURLToPath(new URL(`../../packages/${name}/src/${module}.ts`, import.meta.url))) as Promise<object>;
    test.each(parsers)('$name', async (parser) => {
      expect((await fuzz(parser, load, { runs, seed })).failure).toBeUndefined();
    });
  },
);

describe('a parser that throws what is not its own', () => {
  const parser = {
    name: 'planted',
    modules: ['planted'],
    input: fc.string({ maxLength: 5 }),
    run: (_: object, text: string) => {
      if (text.includes('a')) throw new TypeError('Cannot read properties of null');
    },
  };
  const load = (): Promise<object> => Promise.resolve({});

  test.each([[[]], [['CountersignError', 'AcsError']], [[/^TypeError: a duration/]]])(
    'is found out, with the seed and the input (its own are %o)',
    async (throws) => {
      const { failure } = await fuzz({ ...parser, throws }, load, { runs, seed });
      expect(failure).toMatch(/^seed 11, input "a"\nTypeError: Cannot read properties of null/);
    },
  );

  test.each([[['TypeError']], [[/^TypeError: Cannot read/]]])(
    'is none where the row says that it is its own: %o',
    async (throws) => {
      expect(await fuzz({ ...parser, throws }, load, { runs, seed })).toEqual({ runs });
    },
  );
});
