// Why: core promises to run on any JavaScript runtime. `npm run test:runtimes` runs one conformance suite, unmodified, on
// Node 20, 22 and 24, Deno, Bun, workerd and Chromium, and in workerd the example that is written for it.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundledConformance } from '../packages/core/test/runtimes/bundle.js';
import { runInChromium } from './chromium.js';
import { receiveInWorkerd } from './run-worker.js';
import { installRuntimes, runtimes } from './runtimes.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const main = join(root, 'packages', 'core', 'test', 'runtimes', 'main.js');

/** How each runtime is made to run the suite, and how to print what it found. */
const suites = [
  ...['Node 20', 'Node 22', 'Node 24'].flatMap((node) => [
    [node, () => print([...runtimes[node], main])],
    [`${node}, web digests`, () => print([...runtimes[node], '-C', 'countersign-web', main])],
  ]),
  ['Deno', () => print([...runtimes.Deno, main])],
  ['Bun', () => print([...runtimes.Bun, main])],
  ['workerd', inWorkerd],
  ['workerd, the example for Cloudflare Workers', receiveInWorkerd],
  ['Chromium', async () => runInChromium(await bundledConformance('globalThis.run = result;'))],
];

/** The suite as a program that prints its result. */
async function print([command, ...argv]) {
  const { stdout } = await promisify(execFile)(command, argv, { cwd: root, maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

/** The suite as a worker's test, whose log is the result. */
async function inWorkerd() {
  const worker = await mkdtemp(join(tmpdir(), 'countersign-workerd-'));
  try {
    const entry = 'export default { async test() { console.log(JSON.stringify(await result())); } };';
    await writeFile(join(worker, 'worker.js'), await bundledConformance(entry));
    await writeFile(
      join(worker, 'config.capnp'),
      `using Workerd = import "/workerd/workerd.capnp";
       const config :Workerd.Config = (services = [(name = "main", worker = (
         modules = [(name = "worker.js", esModule = embed "worker.js")], compatibilityDate = "2025-01-01"))]);`,
    );
    return await print([...runtimes.workerd, 'test', join(worker, 'config.capnp')]);
  } finally {
    await rm(worker, { recursive: true, force: true });
  }
}

await installRuntimes();
for (const [name, conformance] of suites) {
  const { checks, failures } = await conformance().catch((error) => ({ checks: 0, failures: [String(error.stack)] }));
  const passed = checks > 0 && failures.length === 0;
  if (!passed) process.exitCode = 1;
  console.log(`${passed ? 'passed' : 'FAILED'}  ${name}: ${checks} checks, ${failures.length} failures`);
  for (const failure of failures) console.log(`        ${failure}`);
}
