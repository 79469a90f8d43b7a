import { createHash, createHmac } from 'node:crypto';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, createRemoteJWKSet, jwtVerify, type JWK } from 'jose';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { everyScheme } from '@countersign/core/schemes/catalog';
import { freePort } from '../../../tools/free-port.ts';
import { askEndpoint } from '../src/endpoint/ask-endpoint.ts';
import { pace } from '../src/endpoint/clock.ts';
import { answerOf } from './in-process.ts';
import { startEndpoint, type Arrived } from './received-requests.ts';
import { expectSchema } from './schemas.ts';

const resource = 'c0157e51-0000-4000-8000-000000000001';
const issuer = 'https://acscallautomation.communication.azure.com';
const environment = { SINCH_APPLICATION_KEY: 'my-application', SINCH_APPLICATION_SECRET: 'JViE5vDor0Sw3WllZka15Q==' };

interface Sent {
  readonly sent: readonly { readonly answer: { readonly status?: number; readonly failure?: string } }[];
  readonly accepted: number;
  readonly publicKey?: JWK;
}

/** The signature that Sinch's page on callbacks describes, by hand. */
function sinchSignature({ method, url, headers, body }: Arrived): string {
  const md5 = createHash('md5').update(body).digest('base64');
  const text = [method, md5, headers['content-type'], `x-timestamp:${headers['x-timestamp']}`, url].join('\n');
  const key = Buffer.from(environment.SINCH_APPLICATION_SECRET, 'base64');
  return `application my-application:${createHmac('sha256', key).update(text).digest('base64')}`;
}

const tokenOf = ({ headers }: Arrived): string => (headers.authorization ?? '').replace('Bearer ', '');

describe('emit', () => {
  it('sends a callback of Sinch as its application would get it, signed with my secret, and exits with 0', async () => {
    await using endpoint = await startEndpoint();
    const { exit, text } = await answerOf(['emit', 'ice', '--to', `${endpoint.url}/hook?a=1`], environment);
    expect(exit).toBe(0);
    expect(text).toContain('HTTP/1.1 204 No Content');
    const [arrived] = endpoint.arrived as [Arrived];
    expect(arrived).toMatchObject({ method: 'POST', url: '/hook?a=1' });
    expect(arrived.headers['user-agent']).toBe('countersign-emit');
    expect(arrived.headers.authorization).toBe(sinchSignature({ ...arrived, url: '/hook' }));
    expect(JSON.parse(arrived.body.toString())).toMatchObject({ event: 'ice', applicationKey: 'my-application' });
  });

  it('signs each of several anew, and gives each event ids of its own', async () => {
    await using endpoint = await startEndpoint();
    const { exit, text } = await answerOf(['emit', 'sinch/dice', '--count', '3', '--to', endpoint.url], environment);
    expect(exit).toBe(0);
    expect(text.match(/HTTP\/1\.1 204/g)).toHaveLength(3);
    expect(new Set(endpoint.arrived.map(({ headers }) => headers.authorization)).size).toBe(3);
    const ids = endpoint.arrived.map(({ body }) => (JSON.parse(body.toString()) as { callid: string }).callid);
    expect(new Set(ids).size).toBe(3);
    for (const one of endpoint.arrived) expect(one.headers.authorization).toBe(sinchSignature(one));
  });

  it('makes events as old as is asked for, signature and body', async () => {
    await using endpoint = await startEndpoint();
    await answerOf(['emit', 'ice', '--age', '10m', '--to', endpoint.url], environment);
    await answerOf(['emit', 'ice', '--age=-1h', '--to', endpoint.url], environment);
    const ages = endpoint.arrived.map(({ headers }) => Date.now() - Date.parse(String(headers['x-timestamp'])));
    expect(ages[0]).toBeGreaterThanOrEqual(600_000);
    expect(ages[0]).toBeLessThan(660_000);
    expect(ages[1]).toBeLessThanOrEqual(-3_600_000 + 60_000);
    const { timestamp } = JSON.parse(endpoint.arrived[0]?.body.toString() ?? '') as { timestamp: string };
    expect(Date.now() - Date.parse(timestamp)).toBeGreaterThanOrEqual(600_000);
  });

  it('sends my own body byte for byte, with a fresh nonce where the scheme has one', async () => {
    await using endpoint = await startEndpoint();
    const argv = ['emit', '--data', '{ "mine": "ü" }', '--scheme', 'sinch-webhook', '--secret-env', 'HOOK'];
    for (const _ of [1, 2]) {
      expect((await answerOf([...argv, '--to', endpoint.url], { HOOK: 'foo_secret1234' })).exit).toBe(0);
    }
    for (const { headers, body } of endpoint.arrived) {
      expect(body.toString()).toBe('{ "mine": "ü" }');
      const nonce = String(headers['x-sinch-webhook-signature-nonce']);
      const signed = `${body.toString()}.${nonce}.${String(headers['x-sinch-webhook-signature-timestamp'])}`;
      const expected = createHmac('sha256', 'foo_secret1234').update(signed).digest('base64');
      expect(headers['x-sinch-webhook-signature']).toBe(expected);
      expect(headers['content-type']).toBe('application/json');
    }
    const nonces = endpoint.arrived.map(({ headers }) => headers['x-sinch-webhook-signature-nonce']);
    expect(new Set(nonces).size).toBe(2);
  });

  it('says that a scheme without time and nonce repeats itself', async () => {
    await using endpoint = await startEndpoint();
    const argv = ['emit', 'sinch-numbers/example', '--count', '2', '--secret-env', 'HOOK', '--to', endpoint.url];
    const { said } = await answerOf(argv, { HOOK: 'numbers secret' });
    expect(said.join('\n')).toContain('signs neither a time nor a nonce');
    expect(endpoint.arrived[0]?.headers['x-sinch-signature']).toBe(
      createHmac('sha1', 'numbers secret')
        .update(endpoint.arrived[0]?.body ?? '')
        .digest('hex'),
    );
  });

  it('signs events of ACS with the public key of the local server, where the endpoint can only be here', async () => {
    await using endpoint = await startEndpoint();
    const { json } = await answerOf(['emit', 'CallConnected', '--json', '--to', endpoint.url], {});
    await expectSchema('emit', json);
    const { publicKey } = json as { publicKey: JWK };
    expect(publicKey).not.toHaveProperty('d');
    const keys = createLocalJWKSet({ keys: [publicKey] });
    await jwtVerify(tokenOf(endpoint.arrived[0] as Arrived), keys, { issuer, audience: resource });
  });

  it('keeps a key pair in a file that only its owner reads, and signs with it for another resource', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'countersign-emit-'));
    const file = join(folder, 'key.json');
    await using endpoint = await startEndpoint();
    const argv = ['emit', 'PlayCompleted', '--key-file', file, '--audience', 'mine', '--json', '--to', endpoint.url];
    const first = (await answerOf(argv, {})).json as Sent;
    const second = (await answerOf(argv, {})).json as Sent;
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(file, 'utf8'))).toHaveProperty('d');
    expect(second.publicKey).toEqual(first.publicKey);
    const keys = createLocalJWKSet({ keys: [first.publicKey as JWK] });
    for (const one of endpoint.arrived) await jwtVerify(tokenOf(one), keys, { issuer, audience: 'mine' });
    await writeFile(file, '{"kty":"oct","k":"c2VjcmV0"}');
    const { exit, json } = await answerOf(argv, {});
    expect(exit).toBe(2);
    expect(JSON.stringify(json)).not.toContain('c2VjcmV0');
    await rm(folder, { recursive: true });
  });

  it('serves the keys for as long as it sends, so that a receiver that fetches them takes the event', async () => {
    const port = await freePort();
    await using endpoint = await startEndpoint(async (arrived, response) => {
      const keys = createRemoteJWKSet(new URL(`http://127.0.0.1:${port}/calling/keys`));
      await jwtVerify(tokenOf(arrived), keys, { issuer, audience: resource });
      response.writeHead(200).end();
    });
    const argv = ['emit', 'acs/CallConnected', '--serve-keys', String(port), '--to', endpoint.url];
    expect((await answerOf(argv, {})).exit).toBe(0);
    await expect(fetch(`http://127.0.0.1:${port}/calling/keys`)).rejects.toThrow();
  });

  it('exits with 1 unless every answer is 2xx, and says which key a receiver of tokens has to trust', async () => {
    let count = 0;
    await using endpoint = await startEndpoint((_, response) => response.writeHead(count++ === 0 ? 200 : 401).end());
    const { exit, said } = await answerOf(['emit', 'CallConnected', '--count', '2', '--to', endpoint.url], {});
    expect(exit).toBe(1);
    expect(said.join('\n')).toMatch(/1 of 2 events were accepted[^]*has to trust this key: {"keys":\[{"kty":"RSA"/);
  });

  it.each<[string, Parameters<typeof startEndpoint>[0], RegExp]>([
    ['redirects', (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(), /302/],
    ['hangs up', (_, response) => response.destroy(), /closed the connection/],
    ['answers no HTTP', (_, response) => void response.socket?.end('SSH-2.0-x\r\n'), /no HTTP/],
    [
      'breaks its answer off',
      (_, response) => void response.writeHead(500, { 'content-length': 9 }).write('x', () => response.destroy()),
      /500/,
    ],
  ])('an endpoint that %s has not accepted', async (_, answer, what) => {
    await using endpoint = await startEndpoint(answer);
    const { exit, json } = await answerOf(['emit', 'ice', '--json', '--to', endpoint.url], environment);
    expect(exit).toBe(1);
    await expectSchema('emit', json);
    expect(JSON.stringify(json)).toMatch(what);
    expect(endpoint.arrived).toHaveLength(1);
  });

  it('takes an answer that does not end for one as soon as its status is there, and waits no longer than told', async () => {
    await using endpoint = await startEndpoint((_, response) => void response.writeHead(200).write('first'));
    const { host, protocol } = new URL(endpoint.url);
    const body = Buffer.from('{}');
    const message = { method: 'POST', target: '/', headers: [['Host', host] as const], body };
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const answered = new Promise((resolve) => {
      subscribe('http.client.response.finish', resolve);
      onTestFinished(() => void unsubscribe('http.client.response.finish', resolve));
    });
    const asking = askEndpoint({ protocol, authority: host, message }, { timeoutMs: 5000 });
    await answered;
    await vi.advanceTimersByTimeAsync(5000);
    const outcome = await asking;
    expect(outcome).toMatchObject({ status: 200, isCut: true });
  });

  it('frames a body as long as it is, whatever is said with -H', async () => {
    await using endpoint = await startEndpoint();
    const length = ['-H', 'Content-Length: 3', '-H', 'Transfer-Encoding: chunked'];
    const { exit } = await answerOf(['emit', 'ice', '--to', endpoint.url, ...length], environment);
    expect(exit).toBe(0);
    expect(endpoint.arrived[0]?.headers['content-length']).toBe(String(endpoint.arrived[0]?.body.length));
  });

  it('keeps no more than the beginning of an answer that does not end', async () => {
    await using endpoint = await startEndpoint((_, response) => {
      response.writeHead(200);
      const more = (): void => void (response.destroyed || response.write('x'.repeat(100_000), more));
      more();
    });
    const { exit, text } = await answerOf(['emit', 'ice', '--to', endpoint.url], environment);
    expect(exit).toBe(0);
    expect(text.length).toBeLessThan(70_000);
  });

  it.each([
    [['emit', 'ice'], /no endpoint: give --to/],
    [['emit', '--to', 'http://127.0.0.1:1/'], /nothing to send/],
    [['emit', 'ice', '--data', 'x', '--to', 'http://127.0.0.1:1/'], /two bodies/],
    [['emit', '--data', 'x', '--to', 'http://127.0.0.1:1/'], /give --scheme/],
    [['emit', 'nonsense', '--to', 'http://127.0.0.1:1/'], /no event "nonsense"/],
    [['emit', 'example', '--to', 'http://127.0.0.1:1/'], /several events/],
    [['emit', 'ice', '--audience', 'x', '--to', 'http://127.0.0.1:1/'], /are of tokens/],
    [['emit', 'ice', '--scheme', 'x', '--to', 'http://127.0.0.1:1/'], /known are acs-hmac.*acs-event-token/],
    [['emit', 'ice', '--to', 'ftp://127.0.0.1/'], /not a URL/],
    [['emit', 'ice', '--to', 'http://127.0.0.1/hööк'], /not ASCII/],
    [['emit', 'ice', '-X', 'post', '--to', 'http://127.0.0.1/'], /always sent in upper case/],
    [['emit', 'ice', '--to', 'http://example.test/'], /no secret for sinch-application/],
  ])('%j is bad input', async (argv, message) => {
    const { exit, said } = await answerOf(argv, {});
    expect([exit, said.join('\n')]).toEqual([2, expect.stringMatching(message)]);
  });
});

describe('emit --list', () => {
  it('names every event with what proves it, and an example for every scheme', async () => {
    const { json } = await answerOf(['emit', '--list', '--json'], {});
    await expectSchema('emit-list', json);
    const rows = json as { name: string; scheme: string }[];
    expect(rows).toContainEqual(expect.objectContaining({ name: 'acs/CallConnected', scheme: 'acs-event-token' }));
    expect(rows).toContainEqual(expect.objectContaining({ name: 'sinch/ice', scheme: 'sinch-application' }));
    expect(rows).toContainEqual(expect.objectContaining({ name: 'acs/IncomingCall', scheme: 'none' }));
    const examples = rows.filter(({ name }) => name.endsWith('/example')).map(({ scheme }) => scheme);
    expect(examples.toSorted()).toEqual(everyScheme.map(({ id }) => id).toSorted());
  });
});

describe('the rate', () => {
  it('spaces events out, counted from the beginning of each, and never bursts to catch up', async () => {
    let nowMs = 1000;
    const clock = { now: () => new Date(nowMs), sleep: async (ms: number) => void (nowMs += ms) };
    const turn = pace(4, clock);
    const begun: number[] = [];
    for (const workMs of [0, 100, 900, 0, 0]) {
      await turn();
      begun.push(nowMs);
      nowMs += workMs;
    }
    expect(begun).toEqual([1000, 1250, 1500, 2400, 2650]);
  });
});
