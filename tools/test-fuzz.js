// Why: what a stranger sends or pastes must end in an answer or in an error of our own, never in a TypeError from deep
// inside. `npm run test:fuzz` tries 100,000 near-valid inputs on every parser; `npm test` tries some of the same.
//
// The seed is the commit's unless another is given, by --seed or SEED.
//
//   node tools/test-fuzz.js [--runs N] [--seed N] [--only "PACKAGE: NAME", or a part of it]
import { parseArgs } from 'node:util';
import { builtModule } from './fuzz/built-modules.js';
import { fuzz } from './fuzz/fuzz.js';
import { tables } from './fuzz/tables.js';
import { seedOfRun } from './seed.js';

const { values } = parseArgs({
  options: { runs: { type: 'string' }, seed: { type: 'string' }, only: { type: 'string', default: '' } },
});
const runs = Number(values.runs ?? 100_000);
const seed = Number(values.seed ?? seedOfRun());

process.stdout.write(`seed ${seed}\n`);
let failures = 0;
for (const [package_, parsers] of Object.entries(tables)) {
  const load = (module) => builtModule(package_, module);
  for (const parser of parsers.filter(({ name }) => `${package_}: ${name}`.includes(values.only))) {
    const started = process.cpuUsage();
    const found = await fuzz(parser, load, { runs, seed });
    const { user, system } = process.cpuUsage(started);
    const each = (user + system) / found.runs;
    const cost = `${((user + system) / 1e6).toFixed(1)} s of the processor, ${each.toFixed(0)} µs each`;
    process.stdout.write(
      `${found.failure ? 'FAILED' : 'ok    '} ${package_}: ${parser.name}: ${found.runs} inputs, ${cost}\n`,
    );
    if (!found.failure) continue;
    failures += 1;
    process.stdout.write(`${found.failure}\n`);
  }
}
process.exitCode = failures > 0 ? 1 : 0;
