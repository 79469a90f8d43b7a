import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

interface Row {
  readonly what: string;
  readonly against: string;
  readonly target: number;
  readonly measured: string;
}

const folder = new URL('..', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.bench.js'));

/** The rows of every file, read as `npm run bench` reads them: by Node, from what was built. */
const printRows = `
  const rows = {};
  for (const file of ${JSON.stringify(files)}) {
    const module = await import(new URL(file, ${JSON.stringify(folder.href)}).href);
    rows[file] = module.rows.map(({ what, against, target, measure }) => ({ what, against, target, measured: typeof measure }));
  }
  console.log(JSON.stringify(rows));
  process.exit(0);
`;

describe('benchmarks', () => {
  test('every file loads, and every row says what it measures against what', () => {
    const printed = execFileSync(process.execPath, ['--input-type=module', '-e', printRows], { encoding: 'utf8' });
    const rows = JSON.parse(printed) as Record<string, Row[]>;
    expect(Object.keys(rows)).toEqual(files);
    for (const [file, ofFile] of Object.entries(rows)) {
      expect(ofFile, file).not.toHaveLength(0);
      for (const row of ofFile)
        expect(row, file).toEqual({
          what: expect.stringMatching(/./),
          against: expect.stringMatching(/./),
          target: expect.any(Number),
          measured: 'function',
        });
    }
    const names = Object.values(rows).flatMap((ofFile) =>
      ofFile.map(({ what, against }) => `${what}, against ${against}`),
    );
    expect(new Set(names).size).toBe(names.length);
  });
});
