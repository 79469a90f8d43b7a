import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { freePort } from '../free-port.ts';
import { installPacked, type PackedProject } from './packages/packed-project.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const credentials = {
  SINCH_APPLICATION_KEY: '5F5C418A0F914BBC8234A9BF5EDDAD97',
  SINCH_APPLICATION_SECRET: 'JViE5vDor0Sw3WllZka15Q==',
};

let project: PackedProject;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  project = await installPacked();
  const { NODE_OPTIONS: _, ...own } = process.env;
  env = { ...own, ...credentials };
  // The application is the user's own, and so is Express.
  await mkdir(join(project.folder, 'examples'));
  await copyFile(
    join(root, 'examples/behind-guard-express.js'),
    join(project.folder, 'examples/behind-guard-express.js'),
  );
  await symlink(join(root, 'node_modules/express'), join(project.folder, 'node_modules/express'));
}, 600_000);
afterAll(() => project?.remove());

const running: ChildProcess[] = [];
afterEach(async () => {
  for (const child of running.splice(0)) {
    if (child.exitCode !== null) continue;
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
});

const bin = 'node_modules/countersign/bin/countersign.js';

/** Starts a program there, and waits until it says a word. */
async function start(argv: readonly string[], word: RegExp, more: NodeJS.ProcessEnv = {}): Promise<ChildProcess> {
  const child = spawn(process.execPath, [...argv], { cwd: project.folder, env: { ...env, ...more } });
  running.push(child);
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      if (word.test(said)) resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => reject(new Error(`it ended with ${code}: ${said}`)));
  });
  return child;
}

/** Runs the command there to its end. */
function command(...argv: string[]): { status: number | null; out: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...argv], {
    cwd: project.folder,
    env,
    encoding: 'utf8',
  });
  return { status, out: stdout + stderr };
}

/** An application that verifies nothing, and a guard in front of it. */
async function guarded(...options: string[]): Promise<string> {
  const [app, guard] = [await freePort(), await freePort()];
  await start(['examples/behind-guard-express.js'], /on \d+/, { PORT: String(app) });
  const upstream = ['--upstream', `http://127.0.0.1:${app}`, '--listen', String(guard)];
  await start([bin, 'guard', '--scheme', 'sinch-application', ...upstream, ...options], /the guard listens/);
  return `http://127.0.0.1:${guard}`;
}

describe('README’s “In production”, from a packed install in a clean folder', () => {
  test('its block: a right request passes, a repeat, a forged and a stale one do not', async () => {
    const readme = await readFile(join(root, 'README.md'), 'utf8');
    const [, block = ''] = /## In production[^]*?```sh\n([^]*?)```/.exec(readme) ?? [];
    expect(block).toContain('countersign guard');
    const ports: Record<string, string> = { 8080: String(await freePort()), 3000: String(await freePort()) };
    const code = block.replaceAll(/8080|3000/g, (port) => ports[port] ?? port);
    const { stdout, stderr } = spawnSync('bash', ['-c', code], { cwd: project.folder, env, encoding: 'utf8' });
    expect(stdout, stderr).toBe('200\n403\n401\n403\n');
  });

  test('`emit` sends one rightly signed event, and ends with 1 where it is refused', async () => {
    const url = await guarded('--replay', 'memory');
    const right = command('emit', 'ice', '--to', `${url}/sinch`);
    expect(right.status, right.out).toBe(0);
    expect(right.out).toMatch(/^HTTP\/1\.1 200 /m);
    const stale = command('emit', 'ice', '--age', '1d', '--to', `${url}/sinch`);
    expect(stale.status, stale.out).toBe(1);
    expect(stale.out).toMatch(/^HTTP\/1\.1 403 /m);
  });

  test('`probe` finds no hole behind a guard with a replay store, and the repeats without one', async () => {
    const tight = command(
      'probe',
      `${await guarded('--replay', 'memory')}/sinch`,
      '--scheme',
      'sinch-application',
      '--rate',
      '200',
    );
    expect(tight.status, tight.out).toBe(0);
    const loose = command(
      'probe',
      `${await guarded()}/sinch`,
      '--scheme',
      'sinch-application',
      '--rate',
      '200',
      '--json',
    );
    expect(loose.status, loose.out).toBe(1);
    const { attacks } = JSON.parse(loose.out.slice(loose.out.indexOf('{'))) as {
      attacks: { id: string; verdict: string }[];
    };
    const holes = attacks.filter(({ verdict }) => verdict === 'hole').map(({ id }) => id);
    expect(holes.length).toBeGreaterThan(0);
    for (const id of holes) expect(id).toMatch(/repeat/);
  });

  test('`proxy` has a plain request of curl accepted', async () => {
    const url = await guarded();
    const port = await freePort();
    const target = ['--target', url, '--scheme', 'sinch-application', '--listen', String(port)];
    await start([bin, 'proxy', ...target], /localhost|127\.0\.0\.1/);
    const plain = [
      '-s',
      '-o',
      '/dev/null',
      '-w',
      '%{http_code}',
      '-H',
      'content-type: application/json',
      '-d',
      '{"event":"ace"}',
    ];
    const through = spawnSync('curl', [...plain, `http://127.0.0.1:${port}/sinch`], { encoding: 'utf8' });
    expect(through.stdout).toBe('200');
    const without = spawnSync('curl', [...plain, `${url}/sinch`], { encoding: 'utf8' });
    expect(without.stdout).toBe('401');
  });

  test('the local server refuses repeats with `--refuse-repeats`', async () => {
    const port = await freePort();
    await start([bin, 'serve', '--port', String(port), '--refuse-repeats'], new RegExp(`localhost:${port}`));
    // With the development account's key, which is used for this machine where no other is set.
    const url = `http://localhost:${port}/v1/configuration/numbers`;
    const { SINCH_APPLICATION_KEY: _, SINCH_APPLICATION_SECRET: __, ...own } = env;
    const signing = [bin, 'sign', '--scheme', 'sinch-application', '--output', 'curl', url];
    const signed = spawnSync(process.execPath, signing, { cwd: project.folder, env: own, encoding: 'utf8' });
    const send = (): string =>
      spawnSync('bash', ['-c', `${signed.stdout.trim()} -s -o /dev/null -w '%{http_code}'`], { encoding: 'utf8' })
        .stdout;
    expect([send(), send()], signed.stderr).toEqual(['200', '401']);
  });
});
