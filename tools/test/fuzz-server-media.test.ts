import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { serverMedia } from '../fuzz/server-media.js';

/** Runs of all rows together stay below 2,000; `tools/test-fuzz.js` does the rest. */
const RUNS = 250;

describe('what a stranger writes into prompts and media files', () => {
  it.each(serverMedia)('$name: is read, or refused with an error of the parser’s own', async (row) => {
    const own: string[] = [];
    let read = 0;
    await fc.assert(
      fc.asyncProperty(row.arbitrary as fc.Arbitrary<unknown>, async (input) => {
        try {
          await row.run(input as never);
          read++;
        } catch (error) {
          if (!row.isOwnError(error as Error)) throw error;
          own.push((error as Error).message);
        }
      }),
      { numRuns: row.runs === undefined ? RUNS : 10 },
    );
    expect(read + own.length).toBeGreaterThan(0);
  });
});
