// Why: core promises to run on any JavaScript runtime. `npm run test:runtimes` runs one conformance suite, unmodified, on
// Node 20, 22 and 24, Deno, Bun, workerd and Chromium. The runtimes are npm packages, installed here and not by `npm ci`.
import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundledConformance } from '../packages/core/test/runtimes/bundle.js';
import { runInChromium } from './chromium.js';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'node_modules', '.cache', 'countersign-runtimes');
const main = join(root, 'packages', 'core', 'test', 'runtimes', 'main.js');
const { arch, platform } = process;
const nodePlatform = platform === 'win32' ? 'win' : platform;
const bunPlatform = platform === 'win32' ? 'windows' : platform;
const bunArch = arch === 'arm64' ? 'aarch64' : arch;

/** Their binaries are in packages that need no install script. */
const dependencies = {
  'node-20': `npm:node-${nodePlatform}-${arch}@20`,
  'node-22': `npm:node-${nodePlatform}-${arch}@22`,
  'node-24': `npm:node-${nodePlatform}-${arch}@24`,
  deno: '2',
  bun: `npm:@oven/bun-${bunPlatform}-${bunArch}@1`,
  workerd: '1',
};

const installed = (name, ...path) => join(folder, 'node_modules', name, ...path);
const executable = (name) => (platform === 'win32' ? `${name}.exe` : name);
const node = (major) => installed(`node-${major}`, 'bin', executable('node'));

/** How each runtime is made to run the suite, and how to print what it found. */
const runtimes = [
  ...[20, 22, 24].flatMap((major) => [
    [`Node ${major}`, () => print(node(major), [main])],
    [`Node ${major}, web digests`, () => print(node(major), ['-C', 'countersign-web', main])],
  ]),
  ['Deno', () => print(process.execPath, [installed('deno', 'bin.cjs'), 'run', '--allow-read', '--allow-env', main])],
  ['Bun', () => print(installed('bun', 'bin', executable('bun')), ['run', main])],
  ['workerd', inWorkerd],
  ['Chromium', async () => runInChromium(await bundledConformance('globalThis.run = result;'))],
];

/** The suite as a program that prints its result. */
async function print(command, argv) {
  const { stdout } = await promisify(execFile)(command, argv, { cwd: root, maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

/** The suite as a worker's test, whose log is the result. */
async function inWorkerd() {
  const worker = await mkdtemp(join(tmpdir(), 'countersign-workerd-'));
  try {
    const entry = 'export default { test() { console.log(JSON.stringify(result())); } };';
    await writeFile(join(worker, 'worker.js'), await bundledConformance(entry));
    await writeFile(
      join(worker, 'config.capnp'),
      `using Workerd = import "/workerd/workerd.capnp";
       const config :Workerd.Config = (services = [(name = "main", worker = (
         modules = [(name = "worker.js", esModule = embed "worker.js")], compatibilityDate = "2025-01-01"))]);`,
    );
    return await print(process.execPath, [
      installed('workerd', 'bin', 'workerd'),
      'test',
      join(worker, 'config.capnp'),
    ]);
  } finally {
    await rm(worker, { recursive: true, force: true });
  }
}

async function install() {
  const manifest = JSON.stringify({ private: true, dependencies }, undefined, 2);
  const file = join(folder, 'package.json');
  if (existsSync(join(folder, 'node_modules')) && (await readFile(file, 'utf8')) === manifest) return;
  await mkdir(folder, { recursive: true });
  await writeFile(file, manifest);
  // No scripts: two of the wrappers would replace themselves, and are called as they are.
  const { status } = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: platform === 'win32',
  });
  if (status !== 0) throw new Error('the runtimes could not be installed');
}

await install();
for (const [name, conformance] of runtimes) {
  const { checks, failures } = await conformance().catch((error) => ({ checks: 0, failures: [String(error.stack)] }));
  const passed = checks > 0 && failures.length === 0;
  if (!passed) process.exitCode = 1;
  console.log(`${passed ? 'passed' : 'FAILED'}  ${name}: ${checks} checks, ${failures.length} failures`);
  for (const failure of failures) console.log(`        ${failure}`);
}
