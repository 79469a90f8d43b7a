// Why: what a stranger sends or pastes must end in an answer or in an error of our own, never in a TypeError from deep
// inside. `npm run test:fuzz` tries 100,000 near-valid inputs on every parser; `npm test` tries some of the same.
//
//   node tools/test-fuzz.js [--runs N] [--seed N] [--only NAME]
import { parseArgs } from 'node:util';
import { fuzz } from './fuzz/fuzz.js';
import { tables } from './fuzz/tables.js';

const { values } = parseArgs({
  options: { runs: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string', default: '' } },
});
const runs = Number(values.runs ?? 100_000);
const seed = Number(values.seed ?? Date.now() % 2 ** 31);

process.stdout.write(`seed ${seed}\n`);
let failures = 0;
for (const [package_, parsers] of Object.entries(tables)) {
  const load = (module) => import(new URL(`../packages/${package_}/dist/${module}.js`, import.meta.url).href);
  for (const parser of parsers.filter(({ name }) => name.includes(values.only))) {
    const startedMs = performance.now();
    const found = await fuzz(parser, load, { runs, seed });
    const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
    process.stdout.write(
      `${found.failure ? 'FAILED' : 'ok    '} ${package_}: ${parser.name}: ${found.runs} inputs, ${seconds} s\n`,
    );
    if (!found.failure) continue;
    failures += 1;
    process.stdout.write(`${found.failure}\n`);
  }
}
process.exitCode = failures > 0 ? 1 : 0;
