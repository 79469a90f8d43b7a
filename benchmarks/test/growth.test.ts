import { fileURLToPath } from 'node:url';
import { describe, test } from 'vitest';
import { callOf } from '../growth/call.js';
import { tables } from '../growth/tables.js';

interface Row {
  readonly name: string;
  /** How many times shorter its input is here. */
  readonly shorter?: number;
}

/** So long that code which is quadratic in it takes minutes; linear code takes milliseconds. */
const length = 200_000;

describe.each(Object.entries<readonly Row[]>(tables))(
  '%s reads in linear time, long as the text may be',
  (name, rows) => {
    const load = (module: string): Promise<object> =>
      import(fileURLToPath(new URL(`../../packages/${name}/src/${module}.ts`, import.meta.url))) as Promise<object>;
    test.each(rows)('$name', async (row) => {
      const at = await callOf(row, load);
      await at(length / (row.shorter ?? 1))();
    });
  },
);
