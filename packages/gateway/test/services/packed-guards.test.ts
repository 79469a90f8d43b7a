import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../../../../tools/free-port.ts';
import { installPacked, type PackedProject } from '../../../../tools/test/packages/packed-project.ts';
import { startRedis } from './redis-server.ts';
import { temporaryFolder, type Service } from './service.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const bin = 'node_modules/countersign/bin/countersign.js';
const { NODE_OPTIONS: _, ...own } = process.env;
const env = {
  ...own,
  SINCH_APPLICATION_KEY: '5F5C418A0F914BBC8234A9BF5EDDAD97',
  SINCH_APPLICATION_SECRET: 'JViE5vDor0Sw3WllZka15Q==',
};

let project: PackedProject;
let place: Awaited<ReturnType<typeof temporaryFolder>>;
let redis: Service;
let redisPort: number;
const running: ChildProcess[] = [];
beforeAll(async () => {
  project = await installPacked();
  // Express is the application's, the client of Redis what the guard asks for.
  for (const name of ['express', 'ioredis'])
    await symlink(join(root, 'node_modules', name), join(project.folder, 'node_modules', name));
  await copyFile(join(root, 'examples/behind-guard-express.js'), join(project.folder, 'app.js'));
  place = await temporaryFolder();
  redisPort = await freePort();
  redis = await startRedis(place.folder, redisPort);
}, 600_000);
afterAll(async () => {
  for (const child of running) {
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  await redis?.stop();
  await place?.remove();
  await project?.remove();
});

async function start(argv: readonly string[], word: RegExp, more: NodeJS.ProcessEnv = {}): Promise<void> {
  const child = spawn(process.execPath, argv, { cwd: project.folder, env: { ...env, ...more } });
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
}

it('two guards of a packed install know the same repeats by --replay redis://', { timeout: 180_000 }, async () => {
  const app = await freePort();
  await start(['app.js'], /on \d+/, { PORT: String(app) });
  const guards = [await freePort(), await freePort()];
  for (const guard of guards) {
    const where = ['--upstream', `http://127.0.0.1:${app}`, '--listen', String(guard)];
    const replay = ['--replay', `redis://127.0.0.1:${redisPort}`];
    await start([bin, 'guard', '--scheme', 'sinch-application', ...where, ...replay], /the guard listens/);
  }
  const data = ['--data', '{"event":"ace"}', '-H', 'content-type: application/json'];
  const signed = (...more: string[]): string => {
    const argv = [bin, 'sign', '--scheme', 'sinch-application', '--output', 'curl', ...data, ...more];
    return spawnSync(process.execPath, [...argv, `http://127.0.0.1:${guards[0]}/sinch`], {
      cwd: project.folder,
      env,
      encoding: 'utf8',
    }).stdout.trim();
  };
  const send = (curl: string): string =>
    spawnSync('bash', ['-c', `${curl} -s -o /dev/null -w '%{http_code}'`], { encoding: 'utf8' }).stdout;
  // What is signed is no host: each guard takes it, and one of them first.
  const toSecond = (curl: string): string => curl.replace(`:${guards[0]}/`, `:${guards[1]}/`);
  const [one, other] = [signed(), signed('--date', new Date(Date.now() - 5000).toISOString())];
  expect([send(one), send(toSecond(one)), send(one)]).toEqual(['200', '403', '403']);
  expect([send(toSecond(other)), send(other)]).toEqual(['200', '403']);
  expect(send(signed().replace('ace', 'ice'))).toBe('401');
  expect(send(signed('--date', '2024-05-27T09:08:07Z'))).toBe('403');
});
