import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startConfiguredGuard, type ConfiguredGuard } from '../../src/config/configured-guard.ts';
import type { GuardConfig } from '../../src/config/guard-config.ts';
import { readGuardConfig } from '../../src/config/read-config.ts';
import type { LogEntry } from '../../src/log/log.ts';
import { writeCertificate } from '../certificate.ts';
import { answerWith, exchange, ok, rawServer, requestText, type RawServer } from '../guard/raw-server.ts';
import { secret, signedHeaders, webhooks } from '../guard/signed.ts';
import { statusOf } from '../guard/started.ts';

let folder: string;
let app: RawServer;
let guard: ConfiguredGuard | undefined;
const log: LogEntry[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'countersign-guard-'));
  app = await rawServer(answerWith(ok));
  log.length = 0;
});
afterEach(async () => {
  await guard?.close();
  guard = undefined;
  await app.close();
  await rm(folder, { recursive: true });
});

const write = (name: string, text: string): Promise<void> => writeFile(join(folder, name), text);

/** Writes a configuration, reads it as the command does, and starts it. */
async function start(config: unknown, env: Record<string, string> = {}): Promise<ConfiguredGuard> {
  const read = await readGuardConfigOf(config);
  const options = { schemes: [webhooks], env, folder, log: (entry: LogEntry) => void log.push(entry) };
  return (guard = await startConfiguredGuard(read, options));
}

async function readGuardConfigOf(config: unknown): Promise<GuardConfig> {
  await write('guard.json', JSON.stringify(config));
  return readGuardConfig(join(folder, 'guard.json'));
}

const oneRoute = (route: Record<string, unknown> = {}, rest: Partial<GuardConfig> = {}): unknown => ({
  listen: 0,
  limits: { drainSeconds: 0 },
  routes: [{ scheme: 'test-webhooks', keys: [{ file: 'key' }], upstream: app.url, ...route }],
  ...rest,
});

async function send(key: string, target = '/'): Promise<number> {
  const lines: [string, string][] = [['Host', 'a'], ['Content-Length', '2'], ...signedHeaders('{}', { key })];
  return statusOf(await exchange(guard?.url ?? '', requestText(`POST ${target}`, lines, '{}')));
}

describe('keys of a configured guard', () => {
  it('are read again when their file changes, without a restart and without a refusal in between', async () => {
    await write('key', `${secret}\n`);
    await start(oneRoute());
    expect([await send(secret), await send('the next key')]).toEqual([200, 401]);
    await write('key', 'the next key');
    await guard?.reload();
    expect([await send(secret), await send('the next key')]).toEqual([401, 200]);
    expect(log.filter(({ event }) => event === 'keys-replaced')).toHaveLength(1);
  });

  it('say which way to sign the account chose, and no other than the scheme has', async () => {
    const choosing = {
      ...webhooks,
      id: 'choosing',
      mac: { ...webhooks.mac, choices: { old: { algorithm: 'sha1', encoding: 'hex' }, new: webhooks.mac } },
    } as const;
    await write('key', secret);
    const config = (mac: string) => readGuardConfigOf(oneRoute({ scheme: 'choosing', keys: [{ file: 'key', mac }] }));
    const options = { schemes: [choosing], env: {}, folder, log: (entry: LogEntry) => void log.push(entry) };
    guard = await startConfiguredGuard(await config('old'), options);
    expect(await send(secret)).toBe(401);
    await guard.close();
    guard = await startConfiguredGuard(await config('new'), options);
    expect(await send(secret)).toBe(200);
    await expect(startConfiguredGuard(await config('newest'), options)).rejects.toThrow(
      'mac "newest" is no choice of choosing; it has old, new',
    );
  });

  it('stay what they were while the file holds none, and nothing of it is logged', async () => {
    await write('key', secret);
    await start(oneRoute());
    await write('key', '  \n');
    await guard?.reload();
    expect(await send(secret)).toBe(200);
    expect(log).toEqual([
      expect.objectContaining({ event: 'keys-unusable', level: 'error', reason: 'key is empty' }),
      expect.objectContaining({ event: 'accepted' }),
    ]);
    await write('key', 'the next key');
    await guard?.reload();
    expect(await send('the next key')).toBe(200);
  });

  it('are not taken from a file that somebody is still writing: half a key is none', async () => {
    await write('key', secret);
    await start(oneRoute());
    await write('key', 'the ne');
    const reloaded = guard?.reload();
    await write('key', 'the next key');
    await reloaded;
    // Which of the two whole keys counts by now depends on when the file was looked at first.
    expect(await send('the ne')).toBe(401);
    await guard?.reload();
    expect([await send('the ne'), await send('the next key')]).toEqual([401, 200]);
  });

  it('are looked at by themselves', async () => {
    await write('key', secret);
    await start(oneRoute({}, { reloadSeconds: 0.02 }));
    await write('key', 'the next key');
    await expect.poll(() => send('the next key')).toBe(200);
  });

  it('may be several, from files and from the environment, and the application is told which', async () => {
    await write('key', 'the next key');
    await start(oneRoute({ keys: [{ env: 'OLD_KEY', name: 'old' }, { file: 'key' }] }), { OLD_KEY: secret });
    expect([await send(secret), await send('the next key')]).toEqual([200, 200]);
    expect(app.received.join('').match(/key="\w+"/g)).toEqual(['key="old"', 'key="key"']);
  });
});

describe('a configuration', () => {
  it('may have a scheme of one’s own, several routes and their own ways with repeats', async () => {
    await write('key', secret);
    await write('scheme.json', JSON.stringify({ ...webhooks, id: 'own' }));
    const shared = { keys: [{ file: 'key' }], upstream: app.url };
    await start({
      listen: '127.0.0.1:0',
      admin: 0,
      replay: { store: 'memory', onRepeat: 'refuse', maxBytes: 1_000_000 },
      limits: { drainSeconds: 0, bodyBytes: 10 },
      routes: [
        { ...shared, path: '/a', schemeFile: 'scheme.json' },
        { ...shared, path: '/b', scheme: 'test-webhooks', replay: false },
      ],
    });
    expect(guard?.adminUrl).toMatch(/^http:\/\/127.0.0.1:\d+$/);
    const signing = { id: '1', at: Date.now() };
    const twice = async (path: string): Promise<number[]> => {
      const lines: [string, string][] = [['Host', 'a'], ...signedHeaders('', signing)];
      const text = requestText(`POST ${path}`, lines);
      const statuses: number[] = [];
      for (const _ of [1, 2]) statuses.push(statusOf(await exchange(guard?.url ?? '', text)));
      return statuses;
    };
    expect(await twice('/a')).toEqual([200, 403]);
    expect(await twice('/b')).toEqual([200, 200]);
    expect(app.received.join('').match(/scheme="[^"]*".*replay="\w+"/g)).toEqual([
      expect.stringMatching(/^scheme="own".*replay="fresh"$/),
      expect.stringMatching(/^scheme="test-webhooks".*replay="unchecked"$/),
      expect.stringMatching(/^scheme="test-webhooks".*replay="unchecked"$/),
    ]);
  });

  it.each([
    ['nothing', {}, /must have required property/],
    ['no route', { listen: 1, routes: [] }, /\/routes must NOT have fewer than 1 items/],
    ['an unknown member', { listen: 1, rutes: [], routes: [{}] }, /it has the unknown member "rutes"|required/],
    [
      'a secret in it',
      { listen: 1, routes: [{ scheme: 'x', upstream: 'http://a', keys: [{ secret: 'hunter2hunter2' }] }] },
      /\/routes\/0\/keys\/0 has the unknown member "secret"/,
    ],
    [
      'two places of a key',
      { listen: 1, routes: [{ scheme: 'x', upstream: 'http://a', keys: [{ env: 'A', file: 'b' }] }] },
      /\/routes\/0\/keys\/0/,
    ],
    [
      'no such address',
      { listen: 'nowhere', routes: [{ scheme: 'x', upstream: 'http://a', keys: [{ env: 'A' }] }] },
      /\/listen/,
    ],
    [
      'no such way with repeats',
      {
        listen: 1,
        replay: { store: 'memory', onRepeat: 'ignore' },
        routes: [{ scheme: 'x', upstream: 'http://a', keys: [{ env: 'A' }] }],
      },
      /\/replay\/onRepeat must be one of refuse, repeat-outcome, allow/,
    ],
  ])('with %s is not taken, and said where, without what stands there', async (_, config, problem) => {
    await write('guard.json', JSON.stringify(config));
    const reading = readGuardConfig(join(folder, 'guard.json'));
    await expect(reading).rejects.toThrow(problem);
    await expect(reading).rejects.not.toThrow(/hunter2/);
    await expect(reading).rejects.toMatchObject({ name: 'ConfigError' });
  });

  it.each([
    ['no JSON', '{"key": "hunter2hunter2", }', /is not JSON$/],
    ['nothing', '', /is not JSON$/],
  ])('that is %s is not taken, nor repeated', async (_, text, problem) => {
    await write('guard.json', text);
    await expect(readGuardConfig(join(folder, 'guard.json'))).rejects.toThrow(problem);
  });

  it('that is not there is said so', async () => {
    await expect(readGuardConfig(join(folder, 'none.json'))).rejects.toThrow(/ENOENT/);
  });

  it.each([
    ['an unknown scheme', { scheme: 'nobody' }, {}, /there is no scheme "nobody"; known are test-webhooks/],
    ['a key that is not there', { keys: [{ file: 'none' }] }, {}, /cannot read none \(ENOENT\)/],
    ['a variable that is not set', { keys: [{ env: 'NONE' }] }, {}, /NONE is not set/],
    ['a variable that is empty', { keys: [{ env: 'EMPTY' }] }, {}, /EMPTY is empty/],
    ['an upstream with a path', { upstream: 'http://127.0.0.1:1/x' }, {}, /upstream/],
    ['a replay without a store', { replay: { onRepeat: 'allow' } }, {}, /no replay store/],
    ['a store that is none', {}, { replay: { store: 'mongodb://127.0.0.1' } }, /not mongodb:/],
    ['a scheme file that is none', { scheme: undefined, schemeFile: 'key' }, {}, /key: /],
  ])('with %s does not start', async (_, route, rest, problem) => {
    await write('key', 'a key that is no JSON');
    await expect(start(oneRoute(route, rest as Partial<GuardConfig>), { EMPTY: '' })).rejects.toThrow(problem);
  });
});

describe('TLS', () => {
  const certify = (name: string): void =>
    writeCertificate(name, { key: join(folder, 'tls.key'), cert: join(folder, 'tls.crt') });
  const asked = async (): Promise<{ status: number | undefined; name: string | undefined }> => {
    const headers = { host: 'a', ...Object.fromEntries(signedHeaders()) };
    const asking = request(`${guard?.url}/x`, { headers, rejectUnauthorized: false, agent: false }).end();
    const [response] = (await once(asking, 'response')) as [import('node:http').IncomingMessage];
    response.resume();
    const name = (response.socket as TLSSocket).getPeerCertificate().subject.CN as string;
    return { status: response.statusCode, name };
  };

  it('is served with a certificate that may be renewed without a restart', async () => {
    certify('one.example.com');
    await write('key', secret);
    await start(oneRoute({}, { tls: { cert: 'tls.crt', key: 'tls.key' } }));
    expect(await asked()).toEqual({ status: 200, name: 'one.example.com' });
    certify('two.example.com');
    await guard?.reload();
    expect(await asked()).toEqual({ status: 200, name: 'two.example.com' });
    expect(await readFile(join(folder, 'tls.key'), 'utf8')).not.toBe('');
  });
});
