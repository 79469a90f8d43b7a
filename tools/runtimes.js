// Why: the conformance suite and the benchmarks run on other runtimes than the Node that `npm ci` found. They are npm
// packages too, installed by `npm run test:runtimes` into a folder of their own, so that `npm ci` does not pay for them.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../node_modules/.cache/countersign-runtimes', import.meta.url));
/** What has been installed to its end; an installation that was broken off leaves none. */
const installedFile = join(folder, 'installed.json');
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
const manifest = JSON.stringify({ private: true, dependencies }, undefined, 2);

const installed = (name, ...path) => join(folder, 'node_modules', name, ...path);
const executable = (name) => (platform === 'win32' ? `${name}.exe` : name);

/** The words of a command line that begin each runtime's own; a module's path, or workerd's arguments, come behind them. */
export const runtimes = {
  'Node 20': [installed('node-20', 'bin', executable('node'))],
  'Node 22': [installed('node-22', 'bin', executable('node'))],
  'Node 24': [installed('node-24', 'bin', executable('node'))],
  Deno: [process.execPath, installed('deno', 'bin.cjs'), 'run', '--allow-read', '--allow-env'],
  Bun: [installed('bun', 'bin', executable('bun')), 'run'],
  workerd: [process.execPath, installed('workerd', 'bin', 'workerd')],
};

/** Whether these runtimes, in these versions, are there. */
export function runtimesAreInstalled() {
  return existsSync(installedFile) && readFileSync(installedFile, 'utf8') === manifest;
}

/** Installs what is missing. */
export async function installRuntimes() {
  if (runtimesAreInstalled()) return;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), manifest);
  // No scripts: two of the wrappers would replace themselves, and are called as they are.
  const { status } = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: platform === 'win32',
  });
  if (status !== 0) throw new Error('the runtimes could not be installed');
  await writeFile(installedFile, manifest);
}
