import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { developmentAccount } from '@countersign/core/development-account';
import { message } from '@countersign/core/message';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { afterEach, expect, test } from 'vitest';
import type { RunningServer } from '@countersign/server';
import { whatIsDropped } from '../src/serving/dropped.ts';
import { launcher } from './run-command.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

interface Served {
  readonly url: string;
  readonly child: ChildProcess;
  stderr(): string;
  /** Resolves once standard error contains a text. */
  says(text: string): Promise<void>;
}

/** The real command, ready to be called. */
async function serve(options = ''): Promise<Served> {
  const child = spawn(
    process.execPath,
    [launcher, 'serve', '--port', '0', '--json', ...options.split(' ').filter(Boolean)],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  ends.push(() => child.kill('SIGKILL'));
  let stderr = '';
  const waiting = new Set<() => void>();
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    for (const look of waiting) look();
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { url } = JSON.parse(line) as { url: string };
  return {
    url,
    child,
    stderr: () => stderr,
    says: (text) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!stderr.includes(text)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}

/** Places a call whose first event reaches a receiver that never answers it. */
async function placeCall({ url }: Served): Promise<{ id: string; receiver: string }> {
  const receiver = createServer();
  const reached = once(receiver, 'request');
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  ends.push(() => new Promise((resolve) => receiver.close(resolve).closeAllConnections()));
  const address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/events`;
  const body = JSON.stringify({
    targets: [{ kind: 'phoneNumber', phoneNumber: { value: '+12065550110' } }],
    sourceCallerIdNumber: { value: '+12065550100' },
    callbackUri: `${address}?code=secret`,
  });
  const target = `${url}/calling/callConnections?api-version=2024-04-15`;
  const { acs } = developmentAccount;
  const unsigned = message({ method: 'POST', url: target, headers: [['Content-Type', 'application/json']], body });
  const { headers } = sign(acsHmac, { secret: new Secret(acs.accessKey, 'base64') }, unsigned);
  const all = [...unsigned.headers, ...headers].map(([name, value]): [string, string] => [name, value]);
  const sent = all.filter(([name]) => name.toLowerCase() !== 'host');
  expect((await fetch(target, { method: 'POST', headers: sent, body })).status).toBe(201);
  await reached;
  const { calls } = (await (await fetch(`${url}/_control/calls`)).json()) as { calls: { id: string }[] };
  return { id: calls[0]?.id ?? '', receiver: address };
}

/** Sends half a request: the server, told to end, gives it a while to arrive. */
async function holdRequest({ url }: Served): Promise<void> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1');
  ends.push(() => socket.destroy());
  socket.on('error', () => {});
  socket.write('POST /sms HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 100\r\n\r\n');
  await once(socket, 'data');
}

test('a server that is ended says which live calls and undelivered callbacks it drops', async () => {
  const served = await serve();
  const { id, receiver } = await placeCall(served);
  served.child.kill('SIGTERM');
  expect(await once(served.child, 'close')).toEqual([0, null]);
  const [calls, callbacks, ...rest] = served.stderr().split('\n');
  expect(calls).toBe(`note: dropping 1 live call: ACS ${id} (connected)`);
  expect(callbacks).toMatch(/^note: dropping [12] undelivered callbacks?: /);
  expect(callbacks).toContain(`ACS Microsoft.Communication.CallConnected of call ${id} to ${receiver} (still tried)`);
  expect(callbacks).not.toContain('secret');
  expect(rest).toEqual(['stopped', '']);
});

test.each([
  ['SIGINT', 'SIGINT'],
  ['SIGINT', 'SIGTERM'],
] as const)('after %s, %s ends it at once', async (first, second) => {
  const served = await serve();
  await placeCall(served);
  await holdRequest(served);
  served.child.kill(first);
  await served.says('dropping 1 live call');
  served.child.kill(second);
  expect(await once(served.child, 'exit')).toEqual([null, second]);
});

test('bound to the network, a server says what it opens, answers to names that it is given, and drops nothing', async () => {
  const served = await serve('--host 0.0.0.0 --public-host dev.example.com --public-host other.example');
  const status = (host: string): Promise<number> =>
    new Promise((resolve) => {
      const socket = connect(Number(new URL(served.url).port), '127.0.0.1');
      socket.once('data', (data) => {
        socket.destroy();
        resolve(Number(/^HTTP\/1\.1 (\d+)/.exec(data.toString())?.[1]));
      });
      socket.write(`GET /_control/healthz HTTP/1.1\r\nHost: ${host}\r\n\r\n`);
    });
  expect(await status('dev.example.com')).toBe(200);
  expect(await status('other.example')).toBe(200);
  expect(await status('evil.example')).toBe(403);
  served.child.kill('SIGTERM');
  expect(await once(served.child, 'close')).toEqual([0, null]);
  const [bound, key, control, names, ...rest] = served.stderr().split('\n');
  expect(bound).toMatch(
    /^note: bound to 0\.0\.0\.0, the server is open to everyone on the network(?:, at http:\/\/|$)/,
  );
  expect(key).toMatch(/^note: its development key is public: whoever reaches it can place calls/);
  expect(control).toMatch(/^note: .*can read every exchange, call and recording/);
  expect(names).toContain('--public-host');
  expect(rest).toEqual(['stopped', '']);
});

test('many are counted, the first of them named', () => {
  const call = (id: string, provider: string, state: string): unknown => ({ id, provider, state });
  const callback = (state: string): unknown => ({
    call: 'c2',
    event: 'dice',
    urls: ['http://127.0.0.1:9/?k=secret'],
    state,
  });
  const control = {
    calls: () => [
      call('c1', 'acs', 'ringing'),
      call('c2', 'sinch', 'connected'),
      call('c3', 'acs', 'ended'),
      ...['c4', 'c5', 'c6'].map((id) => call(id, 'sinch', 'connected')),
    ],
    callbacks: () => [callback('undelivered'), callback('delivered')],
  };
  expect(whatIsDropped({ control } as unknown as RunningServer)).toEqual([
    'dropping 5 live calls: ACS c1 (ringing), Sinch c2 (connected), Sinch c4 (connected), 2 more',
    'dropping 1 undelivered callback: Sinch dice of call c2 to http://127.0.0.1:9/ (given up)',
  ]);
});
