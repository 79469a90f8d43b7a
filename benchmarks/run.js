// npm run bench [-- --json] [-- --only NAME]
//
// Runs every row of every *.bench.js beside this file. A row is { what, against, target, atMost?, measure() }, where
// measure resolves to { ratio, detail }; the target is reached by a ratio of at least that much (of at most, with atMost).
// A row that cannot be measured on this machine resolves to { skipped }, which says why and what to do.
import { readdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';

const { values: options } = parseArgs({ options: { json: { type: 'boolean' }, only: { type: 'string' } } });
const here = new URL('.', import.meta.url);
const files = (await readdir(here)).filter((name) => name.endsWith('.bench.js')).toSorted();

let ran = 0;
for (const file of files) {
  const { rows } = await import(new URL(file, here).href);
  for (const row of rows) {
    const name = `${file.replace('.bench.js', '')}: ${row.what}, against ${row.against}`;
    if (options.only !== undefined && !name.toLowerCase().includes(options.only.toLowerCase())) continue;
    ran++;
    const { ratio, detail, skipped } = await row.measure();
    if (skipped !== undefined) {
      printSkipped(row, skipped);
      continue;
    }
    const reached = row.atMost ? ratio <= row.target : ratio >= row.target;
    print(
      { what: row.what, against: row.against, ratio: Number(ratio.toFixed(3)), target: row.target, reached, detail },
      row,
    );
  }
}
if (ran === 0) {
  console.error(`no row is named "${options.only}"`);
  process.exitCode = 2;
}

function print(result, { atMost }) {
  if (options.json) return console.log(JSON.stringify(result));
  const { what, against, ratio, target, reached, detail } = result;
  const wanted = `${atMost ? 'at most' : 'at least'} ${target}`;
  console.log(
    `${reached ? 'reached' : 'MISSED '}  ${ratio.toFixed(2)} (${wanted})  ${what}, against ${against}\n         ${detail}`,
  );
}

function printSkipped({ what, against, target }, skipped) {
  if (options.json) return console.log(JSON.stringify({ what, against, ratio: null, target, reached: null, skipped }));
  console.log(`skipped  ${what}, against ${against}\n         ${skipped}`);
}
