import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface, type Interface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { launcher } from './run-command.ts';

// An application that verifies nothing, and the guard in front of it as people start it.

const key = '5F5C418A0F914BBC8234A9BF5EDDAD97';
const secret = 'JViE5vDor0Sw3WllZka15Q==';
let app: Server;
let got: IncomingMessage[];
/** Answers what is held. */
let answer: () => void;
let guard: ChildProcess;
let lines: Interface;
const log: Record<string, unknown>[] = [];

beforeEach(async () => {
  got = [];
  log.length = 0;
  app = createServer((request, response) => {
    got.push(request.resume());
    request.on('end', () => {
      if (request.url === '/held') answer = () => void response.end('thanks');
      else response.end('thanks');
    });
  }).listen(0, '127.0.0.1');
  await once(app, 'listening');
});
afterEach(async () => {
  guard.kill('SIGKILL');
  app.closeAllConnections();
  app.close();
});

/** Starts the guard, and returns its URL. */
async function start(...options: string[]): Promise<string> {
  const upstream = `http://127.0.0.1:${(app.address() as AddressInfo).port}`;
  const always = ['guard', '--scheme', 'sinch-application', '--upstream', upstream, '--listen', '0'];
  const env = { PATH: process.env['PATH'], SINCH_APPLICATION_KEY: key, SINCH_APPLICATION_SECRET: secret };
  guard = spawn(process.execPath, [launcher, ...always, ...options], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  lines = createInterface(guard.stdout!);
  lines.on('line', (line) => log.push(JSON.parse(line) as Record<string, unknown>));
  await once(lines, 'line');
  return log[0]?.['url'] as string;
}

/** Sinch's page: method, MD5 of the body, content type, timestamp, path; signed here by node:crypto. */
function signed(path: string, body: string, at = new Date()): Record<string, string> {
  const md5 = createHash('md5').update(body).digest('base64');
  const time = at.toISOString();
  const text = ['POST', md5, 'application/json', `x-timestamp:${time}`, path].join('\n');
  const signature = createHmac('sha256', Buffer.from(secret, 'base64')).update(text).digest('base64');
  return { 'content-type': 'application/json', 'x-timestamp': time, authorization: `application ${key}:${signature}` };
}

const post = (
  url: string,
  path: string,
  headers: Record<string, string>,
  body = '{"event":"ace"}',
): Promise<Response> => fetch(url + path, { method: 'POST', headers, body });

describe('guard', () => {
  test('lets a right request through once, and neither a forged nor a stale one', async () => {
    const url = await start('--replay', 'memory', '--admin', '0');
    const body = '{"event":"ace"}';
    const right = signed('/sinch', body);
    expect((await post(url, '/sinch', right)).status).toBe(200);
    expect((await post(url, '/sinch', right)).status).toBe(403);
    expect((await post(url, '/sinch', signed('/other', body))).status).toBe(401);
    expect((await post(url, '/sinch', signed('/sinch', body, new Date(Date.now() - 3_600_000)))).status).toBe(403);
    const refused = await post(url, '/sinch', {});
    expect(refused.status).toBe(401);
    expect(got.map(({ headers }) => headers['countersign-verified'])).toEqual([
      expect.stringMatching(new RegExp(`scheme="sinch-application", key="${key}", signed=\\d+, replay="fresh"$`)),
    ]);
    const id = await refused.text();
    await expect.poll(() => log.at(-1)).toMatchObject({ event: 'refused', id, code: 'authorization/missing' });
    const diagnosis = await fetch(`${String(log[0]?.['adminUrl'])}/refusals/${id}`);
    expect(await diagnosis.json()).toMatchObject({
      code: 'authorization/missing',
      diagnosis: { verdict: 'malformed' },
    });
    expect(JSON.stringify(log)).not.toContain(secret);
  });

  test('answers what it has begun when it is told to end, and takes nothing new', async () => {
    const url = await start();
    const held = post(url, '/held', signed('/held', '{"event":"ace"}'));
    await expect.poll(() => got.length).toBe(1);
    const exited = once(guard, 'exit') as Promise<[number]>;
    guard.kill('SIGTERM');
    await expect.poll(() => log.at(-1)).toMatchObject({ event: 'draining' });
    await expect(post(url, '/x', {})).rejects.toThrow();
    answer();
    expect(await (await held).text()).toBe('thanks');
    expect((await exited)[0]).toBe(0);
  });
});
