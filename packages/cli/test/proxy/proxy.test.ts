import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningServer } from '@countersign/server';
import { answerOf } from '../in-process.ts';
import { launcher } from '../run-command.ts';
import { virtualServer } from '../running-server.ts';
import { expectSchema } from '../schemas.ts';

let server: RunningServer;
let proxy: ChildProcess;
let ready: { readonly url: string };
const said: string[] = [];
beforeAll(async () => {
  server = await virtualServer();
  const targets = ['sinch-application', 'acs-hmac'].flatMap((id) => ['--target', `${id}=${server.url}`]);
  proxy = spawn(process.execPath, [launcher, 'proxy', ...targets, '--listen', '0', '--json'], {
    env: { PATH: process.env['PATH'] },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  createInterface(proxy.stderr!).on('line', (line) => said.push(line));
  let text = '';
  for await (const chunk of proxy.stdout!) {
    text += String(chunk);
    if (text.endsWith('}\n')) break;
  }
  ready = JSON.parse(text) as { readonly url: string };
});
afterAll(async () => {
  proxy.kill('SIGINT');
  const [code] = (await once(proxy, 'exit')) as [number];
  await server.close();
  expect(code).toBe(0);
});

describe('proxy', () => {
  it('lets a client that signs nothing use both sides of the local server', async () => {
    await expectSchema('proxy', ready);
    const numbers = await fetch(`${ready.url}/sinch-application/v1/configuration/numbers`);
    expect([numbers.status, await numbers.json()]).toMatchObject([200, { numbers: expect.any(Array) as unknown }]);
    const identity = await fetch(`${ready.url}/acs-hmac/identities?api-version=2023-10-01`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect([identity.status, await identity.json()]).toMatchObject([
      201,
      { identity: { id: expect.any(String) as string } },
    ]);
  });

  it('says of each request what became of it, and of a refusal that the signature was right', async () => {
    const answer = await fetch(`${ready.url}/sinch-application/calling/v1/calls/id/none?secret=shown`);
    expect(answer.status).toBe(404);
    const elsewhere = await fetch(`${ready.url}/elsewhere`);
    expect([elsewhere.status, await elsewhere.text()]).toEqual([
      403,
      expect.stringMatching(/none of the targets: \/sinch-application for localhost:\d+, \/acs-hmac for/) as string,
    ]);
    // What a process says and what it answers come by different ways.
    await expect
      .poll(() => said.join('\n'))
      .toMatch(/GET \/calling\/v1\/calls\/id\/none → localhost:\d+ 404 \(\d+ ms\)/);
    expect(said.join('\n')).not.toContain('shown');
  });

  it.each([
    [['proxy'], /no target/],
    [['proxy', '--target', 'http://example.test'], /says nothing about the signature scheme/],
    [['proxy', '--target', 'https://contoso.communication.azure.com'], /no secret for acs-hmac/],
    [['proxy', '--target', 'acs-hmac=http://localhost:1/v1'], /scheme, host and port/],
    [
      ['proxy', '--target', 'acs-hmac=http://localhost:1', '--target', 'http://localhost:2', '--scheme', 'acs-hmac'],
      /needs a name/,
    ],
    [['proxy', '--target', 'localhost:1'], /not a URL/],
    [['proxy', '--target', 'acs-hmac=http://localhost:1', '--listen', '192.0.2.1:1'], /cannot listen at/],
  ])('%j is bad input', async (argv, message) => {
    const { exit, said: words } = await answerOf(argv, {});
    expect([exit, words.join('\n')]).toEqual([2, expect.stringMatching(message)]);
  });
});
