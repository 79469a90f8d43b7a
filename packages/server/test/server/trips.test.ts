import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector/promises';
import { sep } from 'node:path';
import { developmentAccount } from '@countersign/core/development-account';
import { message } from '@countersign/core/message';
import { acsHmac } from '@countersign/core/schemes/acs-hmac';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../src/server.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { createCall, sendSigned } from './signed-request.ts';

// ARCHITECTURE.md names the modules of two requests' ways through the server. Here the requests are made, and V8 tells
// which modules had a function called meanwhile.

const page = readFileSync(new URL('../../../../ARCHITECTURE.md', import.meta.url), 'utf8');

/** The modules that each step of a trip names. */
function stepsOf(title: string): string[][] {
  const [, section = ''] = page.split(`### ${title}\n`);
  const [own = ''] = section.split(/^##/m);
  const steps = own.split(/^\d+\. /m).slice(1);
  return steps.map((step) => [...step.matchAll(/`([\w/-]+\.ts)`/g)].map(([, module = '']) => module));
}

const session = new Session();
const source = ['packages', 'server', 'src', ''].join(sep);

/** The modules of the server of which a function was called since it was asked the last time. */
async function touched(): Promise<Set<string>> {
  const { result } = await session.post('Profiler.takePreciseCoverage');
  const called = result.filter(({ functions }) =>
    functions.some(({ functionName, ranges: [whole] }) => functionName !== '' && (whole?.count ?? 0) > 0),
  );
  return new Set(
    called.flatMap(({ url }) => {
      const at = url.lastIndexOf(source);
      return at === -1 ? [] : [url.slice(at + source.length).replaceAll(sep, '/')];
    }),
  );
}

let server: RunningServer;
let application: Receiver;
beforeAll(async () => {
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  server = await startServer({ port: 0, clock: 'virtual' });
  application = await startReceiver((_callback, response) =>
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
  );
});
afterAll(async () => {
  await session.post('Profiler.stopPreciseCoverage');
  session.disconnect();
  await Promise.all([server.close(), application.close()]);
});

/** A Play that is signed for the path of a template in which nothing was filled in. */
async function refusedPlay(call: string): Promise<Response> {
  const text = JSON.stringify({ playSources: [{ kind: 'text', text: { text: 'Hello' } }] });
  const headers: [string, string][] = [['Content-Type', 'application/json']];
  const urlOf = (id: string) => `${server.url}/calling/callConnections/${id}:play?api-version=2024-04-15`;
  const secret = new Secret(developmentAccount.acs.accessKey, 'base64');
  const signed = sign(
    acsHmac,
    { secret },
    message({ method: 'POST', url: urlOf('%7B%7BcallConnectionId%7D%7D'), headers, body: text }),
  );
  const all = [...headers, ...signed.headers].map(([name, value]): [string, string] => [name, value]);
  return fetch(urlOf(call), { method: 'POST', headers: all, body: text });
}

describe('the two trips of ARCHITECTURE.md', () => {
  test('a refused Play passes the modules that its steps name, and no switchboard', async () => {
    const created = await createCall(server.url, '+12065550110', application.url);
    const { callConnectionId } = (await created.json()) as { callConnectionId: string };
    await server.control.advance('5s');
    await touched();
    const refused = await refusedPlay(callConnectionId);
    expect(refused.status).toBe(401);
    expect(refused.headers.get('x-countersign-diagnosis')).toContain('template/unresolved');
    const passed = await touched();
    const steps = stepsOf('A refused Play');
    expect(steps.map(({ length }) => length >= 2)).toEqual([true, true, true, true]);
    for (const modules of steps) expect([...passed]).toEqual(expect.arrayContaining(modules));
    expect([...passed].filter((module) => /^(?:switchboard|engine|callbacks)\//.test(module))).toEqual([]);
  });

  test('a Sinch callout passes the modules that its steps name, in their order', async () => {
    await sendSigned(
      'sinch',
      'POST',
      `${server.url}/v1/configuration/callbacks/applications/${developmentAccount.sinch.applicationKey}`,
      {
        url: { primary: application.url },
      },
    );
    await touched();
    const answer = await sendSigned('sinch', 'POST', `${server.url}/calling/v1/callouts`, {
      method: 'ttsCallout',
      ttsCallout: {
        cli: developmentAccount.sinch.number,
        destination: { type: 'number', endpoint: '+12065550110' },
        text: 'Your appointment is at nine.',
        enableAce: true,
        enableDice: true,
      },
    });
    expect(answer.status).toBe(200);
    const asked = await touched();
    await server.control.advance('1m');
    const called = await touched();
    expect(application.received.map(({ body }) => (JSON.parse(body) as { event?: string }).event)).toEqual(
      expect.arrayContaining(['ace', 'dice']),
    );
    const steps = stepsOf('A Sinch callout');
    expect(steps.map(({ length }) => length > 0)).toEqual(Array(7).fill(true));
    for (const modules of steps.slice(0, 3)) expect([...asked]).toEqual(expect.arrayContaining(modules));
    // Whether a prompt is prepared already when the application has its answer is the machine's to say.
    for (const modules of steps.slice(3)) expect([...asked, ...called]).toEqual(expect.arrayContaining(modules));
    // What comes of the call waits for its clock, so the application has its answer long before.
    for (const modules of steps.slice(4)) expect(modules.filter((module) => !asked.has(module))).not.toEqual([]);
  });
});
