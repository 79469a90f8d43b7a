import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { receiver } from '@countersign/core/receiver';
import { sinchNumbers } from '@countersign/core/schemes/sinch-numbers';
import { Secret } from '@countersign/core/secret';
import { ownNetworkLookup } from '../../src/endpoint/network.ts';
import { attacks } from '../../src/probe/catalog.ts';
import { junitText } from '../../src/probe/junit.ts';
import { schemeProver } from '../../src/probe/scheme-prover.ts';
import { answerOf } from '../in-process.ts';
import { expectSchema } from '../schemas.ts';
import { keys, sinchJudge, strict } from './by-hand.ts';
import { probed, proverOf, virtualClock } from './probed.ts';
import { serveJudge, type Served } from './served.ts';

const environment = { SINCH_APPLICATION_KEY: keys.keyId, SINCH_APPLICATION_SECRET: keys.secret };
const argv = (url: string, ...more: string[]): string[] => [
  'probe',
  url,
  '--scheme',
  'sinch-application',
  '--rate',
  '999',
  ...more,
];

async function served(listener: RequestListener): Promise<Served> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

describe('probe', () => {
  it('finds no hole in the Express receiver of the documentation, whose table is the one that is printed there', async () => {
    const running = spawn(process.execPath, [fileURLToPath(new URL('express-receiver.js', import.meta.url))], {
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [port] = (await once(createInterface(running.stdout), 'line')) as [string];
    const { exit, text } = await answerOf(argv(`http://127.0.0.1:${port}/hook`), environment);
    running.kill();
    expect(exit).toBe(0);
    expect(text).toMatch(/, no hole$/m);
    const page = new URL('../../../../docs/probe.md', import.meta.url);
    const documented = await readFile(page, 'utf8');
    const printed = /(?<=<!-- the table of the Express receiver -->\n\n```text\n).*?(?=```)/s;
    expect(documented).toMatch(printed);
    if (process.env['UPDATE_DOCS'])
      await writeFile(
        page,
        documented.replace(printed, () => text),
      );
    else expect(printed.exec(documented)?.[0]).toBe(text);
  });

  it('exits with 1 on a hole, and says how it is closed', async () => {
    await using endpoint = await serveJudge(
      sinchJudge({ ...strict, secretOf: (id) => (id === keys.keyId ? keys.secret : '') }, () => new Date()),
    );
    const { exit, text } = await answerOf(argv(endpoint.url), environment);
    expect(exit).toBe(1);
    expect(text).toMatch(/^hole +signed with an empty key +204$/m);
    expect(text).toMatch(
      /hole {2}key\/empty: it took an unknown key id, empty key\n {6}Refuse to start without a secret/,
    );
    expect(text).toMatch(/, 1 hole$/m);
  });

  it('says it in JSON, too', async () => {
    await using endpoint = await serveJudge(sinchJudge({ ...strict, repeatKey: () => undefined }, () => new Date()));
    const { exit, json } = await answerOf(argv(endpoint.url, '--json'), environment);
    await expectSchema('probe', json);
    expect(exit).toBe(1);
    expect(json).toMatchObject({ holes: 1, isConclusive: true, scheme: 'sinch-application' });
  });

  it('takes the word of whoever says that repeats are answered and not processed', async () => {
    const clock = virtualClock();
    await using endpoint = await serveJudge(sinchJudge({ ...strict, repeatKey: () => undefined }, clock.now));
    const few = attacks.filter(({ id }) => id === 'repeat/at-once');
    const plan = { attacks: few, isIdempotent: true };
    const { lines } = await probed(endpoint.url, proverOf('sinch-application'), clock, plan);
    expect(lines).toMatchObject([{ verdict: 'limit', detail: 'said to be answered as the first one was' }]);
  });

  it('tells every request apart by the body, where the scheme signs nothing else', async () => {
    const secret = new Secret(keys.text, 'utf8');
    const numbers = receiver({ scheme: sinchNumbers, credentials: { secret } });
    const seen = new Set<string>();
    await using endpoint = await served((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const result = numbers.verify(request, Buffer.concat(chunks));
        const isNew = result.ok && !seen.has(result.replayKey);
        if (result.ok) seen.add(result.replayKey);
        response.writeHead(isNew ? 200 : 403).end();
      });
    });
    const body = (): Uint8Array => Buffer.from('{"mine":1}');
    const { ids, ending } = await probed(endpoint.url, schemeProver(sinchNumbers, { secret }), virtualClock(), {
      body,
    });
    expect(ending).toEqual({ kind: 'complete' });
    expect(ids('hole')).toEqual([]);
    expect(ids('limit')).toContain('other/path');
    expect(ids('limit')).not.toContain('other/body');
  });
});

describe('an endpoint that', () => {
  it.each<[string, RequestListener, RegExp]>([
    [
      'refuses everything',
      (_, response) => void response.writeHead(500).end('<h1>Oops</h1>'),
      /answered 500, <h1>Oops/,
    ],
    [
      'redirects',
      (_, response) => void response.writeHead(307, { location: '/hooks' }).end(),
      /answered 307, to \/hooks/,
    ],
    ['hangs up', (request) => void request.socket.destroy(), /closed the connection/],
    [
      'switches protocols',
      (request) => void request.socket.end('HTTP/1.1 101 X\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
      /switched protocols/,
    ],
  ])(
    '%s cannot be probed: the right request is not accepted, and what it answered is said',
    async (_, listener, said) => {
      await using endpoint = await served(listener);
      const outcome = await answerOf(argv(endpoint.url, '--json'), environment);
      expect(outcome.exit).toBe(2);
      expect(outcome.json).toEqual({
        error: { code: 'probe/not-accepted', message: expect.stringMatching(said) as string },
      });
    },
  );

  it('takes everything has every hole that the scheme lets there be, and is asked whether it is the right address', async () => {
    await using endpoint = await served(
      (request, response) => void request.resume().on('end', () => response.writeHead(200).end('<html>')),
    );
    const { exit, said, text } = await answerOf(argv(endpoint.url), environment);
    expect(exit).toBe(1);
    expect(text).not.toMatch(/^refused/m);
    expect(said.join('\n')).toContain('it takes everything');
  });

  it('asks to slow down is waited for, as long as it asks', async () => {
    let count = 0;
    await using endpoint = await serveJudge(sinchJudge(strict, () => clock.now()));
    const clock = virtualClock();
    const busy = await served((request, response) => {
      if (++count % 2 === 1) return void response.writeHead(429, { 'retry-after': '7' }).end();
      void proxied(request, endpoint.url).then((status) => response.writeHead(status).end());
    });
    const before = clock.now().getTime();
    const few = attacks.filter(({ id }) => id === 'signature/none');
    const { ids, ending } = await probed(busy.url, proverOf('sinch-application'), clock, { attacks: few });
    await busy[Symbol.asyncDispose]();
    expect([ids('refused'), ending.kind]).toEqual([['signature/none'], 'complete']);
    expect(clock.now().getTime() - before).toBeGreaterThanOrEqual(3 * 7000);
  });

  it('goes on asking is not judged by it: nothing is called refused that was only put off', async () => {
    let isBusy = false;
    const judge = sinchJudge(strict, () => new Date());
    await using endpoint = await serveJudge((received) => {
      const status = isBusy ? 429 : judge(received);
      isBusy = true;
      return status;
    });
    const clock = { ...virtualClock(), now: () => new Date() };
    const few = attacks.filter(({ id }) => id === 'signature/none');
    const { ids, ending } = await probed(endpoint.url, proverOf('sinch-application'), clock, { attacks: few });
    expect([ids('not-tried'), ending.kind]).toEqual([['signature/none'], 'no-longer-accepted']);
  });

  it('is stopped by a request without a key has that hole, and the rest is not tried', async () => {
    let isDown = false;
    const judge = sinchJudge(strict, () => new Date());
    await using endpoint = await serveJudge((received) => {
      isDown ||= received.values('authorization').length === 0;
      if (isDown) throw new Error('down');
      return judge(received);
    });
    const clock = { ...virtualClock(), now: () => new Date() };
    const { lines } = await probed(endpoint.url, proverOf('sinch-application'), clock);
    expect(lines[0]).toMatchObject({
      verdict: 'hole',
      detail: expect.stringContaining('takes nothing any more') as string,
    });
    expect(lines.slice(1).every(({ verdict }) => verdict === 'not-tried')).toBe(true);
  });
});

describe('probe sends nothing', () => {
  it.each([
    ['http://192.0.2.1/', /neither this machine nor in a private network/],
    ['http://169.254.169.254/latest', /neither this machine/],
    ['http://[fe80::1]/', /neither this machine/],
    ['http://0.0.0.0:1/', /neither this machine/],
    ['http://127.0.0.1\\@192.0.2.1/', /neither this machine/],
    ['http://127.0.0.1@192.0.2.1/', /neither this machine/],
    ['http://[fe80::1%25lo]/', /neither this machine|not known/],
    ['http://[::ffff:192.0.2.1]/', /neither this machine/],
    ['http://3221225985/', /neither this machine/],
    ['http://0xc0.0.2.1/', /neither this machine/],
    ['http://0300.0.0513/', /neither this machine/],
    ['http://[fd00:ec2::254]/latest', /neither this machine/],
  ])('to %s, which may be somebody else’s', async (url, message) => {
    const { exit, said } = await answerOf(argv(url), environment);
    expect([exit, said.join('\n')]).toEqual([2, expect.stringMatching(message)]);
  });

  it('to a name of which any address is elsewhere, and keeps to the addresses that it looked at', async () => {
    expect(await ownNetworkLookup('two.test', async () => ['127.0.0.1', '192.0.2.1'])).toBeUndefined();
    expect(await ownNetworkLookup('none.test', async () => [])).toBeUndefined();
    const lookup = await ownNetworkLookup('mine.test', async () => ['10.1.2.3', 'fd00::1']);
    const found = await new Promise((resolve) =>
      lookup?.('mine.test', { all: true }, (_, addresses) => resolve(addresses)),
    );
    expect(found).toEqual([
      { address: '10.1.2.3', family: 4 },
      { address: 'fd00::1', family: 6 },
    ]);
  });

  it.each([
    ['127.0.0.1', true],
    ['127.9.9.9', true],
    ['::1', true],
    ['10.0.0.1', true],
    ['172.31.255.255', true],
    ['192.168.1.1', true],
    ['fd12::1', true],
    ['172.32.0.0', false],
    ['11.0.0.1', false],
    ['169.254.1.1', false],
    ['100.64.0.1', false],
    ['::', false],
    ['fe80::1', false],
    ['2001:db8::1', false],
    ['::ffff:8.8.8.8', false],
    ['::ffff:127.0.0.1', true],
    ['fd00:ec2::254', false],
    ['fd00:0ec2:0::254', false],
    ['fd20:ce::254', false],
    ['localhost', false],
  ])('%s is one’s own: %s', async (address, expected) => {
    const found = await ownNetworkLookup(address, async (name) => [name]);
    expect(found !== undefined).toBe(expected);
  });

  it.each([
    [['probe', 'http://127.0.0.1:1/'], /--scheme/],
    [argv('127.0.0.1:1'), /not a URL/],
    [argv('http://127.0.0.1:1/', '--data', 'x', '--event', 'ice'), /two bodies/],
    [argv('http://127.0.0.1:1/', '--audience', 'x'), /are of tokens/],
    [['probe', 'http://127.0.0.1:1/', '--scheme', 'x'], /known are/],
    [['probe', 'http://127.0.0.1:1/', '--scheme', 'sinch-webhook'], /no secret for sinch-webhook/],
  ])('when %j is no use', async (given, message) => {
    const { exit, said } = await answerOf(given, environment);
    if (said.length > 0) expect(said.join('\n')).toMatch(message);
    expect(exit).toBe(2);
  });
});

describe('a report in JUnit', () => {
  it('is XML whatever an endpoint answers', () => {
    const [attack] = attacks;
    if (!attack) throw new Error('no attack');
    const text = junitText('http://x/?a=1&b="<2>', 'acs-hmac', [
      { attack, verdict: 'hole', answer: '200', detail: 'it took "<this>" & \0that' },
      { attack, verdict: 'not-tried', answer: '', detail: 'busy' },
    ]);
    expect(text).toContain(
      'name="countersign probe http://x/?a=1&amp;b=&quot;&lt;2&gt;" tests="2" failures="1" skipped="1"',
    );
    expect(text).toContain('message="it took &quot;&lt;this&gt;&quot; &amp; that (200)"');
    expect(text).toContain('<skipped message="busy"/>');
  });
});

async function proxied(request: Parameters<RequestListener>[0], url: string): Promise<number> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { headers } = request;
  const sent = Object.entries(headers).flatMap(([name, value]) =>
    ['authorization', 'content-type', 'x-timestamp'].includes(name) ? [[name, String(value)] as [string, string]] : [],
  );
  const { status } = await fetch(url, { method: 'POST', headers: sent, body: Buffer.concat(chunks) });
  return status;
}
