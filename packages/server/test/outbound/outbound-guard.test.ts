import { EventEmitter } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { createAudioThreads } from '../../src/audio/audio-threads.ts';
import { createDownload, type DownloadLimits } from '../../src/audio/download.ts';
import { LiveAudio } from '../../src/audio/live-audio.ts';
import type { LiveTrack } from '../../src/audio/live-track.ts';
import { mediaIdOf } from '../../src/audio/media-id.ts';
import { MediaStore } from '../../src/audio/media-store.ts';
import { ByteBudget } from '../../src/bounded/byte-budget.ts';
import { tone } from '../../src/audio/tones.ts';
import { encodeWav } from '../../src/audio/wav.ts';
import { callbackUrlProblem } from '../../src/callbacks/callback-url.ts';
import { Courier } from '../../src/callbacks/delivery.ts';
import type { Command } from '../../src/engine/command.ts';
import { OutboundGuard } from '../../src/outbound/outbound-guard.ts';
import { openStream } from '../../src/providers/acs/streaming/stream-socket.ts';
import { sinchBounds } from '../../src/providers/sinch/protocol/bounds.ts';
import { LegVoice } from '../../src/providers/sinch/streaming/leg-voice.ts';
import { StreamConnection } from '../../src/providers/sinch/streaming/stream-connection.ts';
import { createVirtualClock } from '../../src/switchboard/virtual-clock.ts';
import { recordedGuard } from './recorded-connections.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

const sound = tone([1000], 100);
const wav = encodeWav(sound);
const fetched = { ok: true, pcm: sound, media: mediaIdOf(sound) };
const threads = createAudioThreads();
afterAll(() => threads.close());
const fetchFile = (uri: string, limits: DownloadLimits = {}, guard = new OutboundGuard()) =>
  createDownload({ decode: threads.decode, guard }, limits)(uri);

/** Hosts that lead to a metadata service, each in another way. */
const names = {
  'rebound.test': ['169.254.169.254'],
  'half.test': ['127.0.0.1', '169.254.169.254'],
  'six.test': ['fd00:ec2::254'],
  'mapped.test': ['::ffff:169.254.169.254'],
  'nat64.test': ['64:ff9b::a9fe:a9fe'],
};
const hosts = [
  ...Object.keys(names),
  '169.254.169.254',
  '[::ffff:169.254.169.254]',
  '[fe80::1]',
  '[fd00:ec2::254]',
  '2852039166',
  '0xa9fea9fe',
  '0251.0376.0251.0376',
  '169.254.43518',
  '①⑥⑨.254.169.254',
  '169.254.169.254.',
  'metadata.google.internal',
  'METADATA.google.internal.',
  '100.100.100.200',
];

async function serve(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => new Promise((resolve) => server.close(resolve).closeAllConnections()));
  return (server.address() as AddressInfo).port;
}

describe.each(hosts)('%s', (host) => {
  test('gets no callback', async () => {
    const { guard, connections } = recordedGuard(names);
    const courier = new Courier(guard);
    ends.push(() => courier.close());
    for (const protocol of ['http', 'https']) {
      const callback = {
        method: 'POST' as const,
        url: `${protocol}://${host}/latest`,
        headers: [],
        body: Buffer.from('{}'),
      };
      expect(await courier.deliver(callback, 5_000)).toEqual({
        failure: 'url',
        detail: expect.stringMatching(/a link-local address or a metadata service; .*"allowLinkLocal"/),
      });
    }
    expect(connections).toEqual([]);
  });

  test('is asked for no media file, not by a redirect either', async () => {
    const { guard, connections } = recordedGuard({ ...names, 'files.test': ['127.0.0.1'] });
    const refused = {
      ok: false,
      reason: 'download',
      detail: expect.stringMatching(/a link-local address or a metadata service/),
    };
    expect(await fetchFile(`http://${host}/a.wav`, {}, guard)).toEqual(refused);
    expect(await fetchFile(`https://${host}/a.wav`, {}, guard)).toEqual(refused);
    expect(connections).toEqual([]);
    const asWritten = `http://${host}/latest/meta-data?secret`;
    // A header cannot say what is no ASCII.
    const location = /^[ -~]+$/.test(asWritten) ? asWritten : new URL(asWritten).href;
    const port = await serve((_request, response) => response.writeHead(302, { location }).end());
    const redirected = await fetchFile(`http://files.test:${port}/a.wav`, {}, guard);
    expect(redirected).toEqual(refused);
    expect(JSON.stringify(redirected)).not.toContain('secret');
    expect(connections).toEqual(['files.test at 127.0.0.1']);
  });

  test('gets no stream, of ACS or of Sinch', async () => {
    const { guard, connections } = recordedGuard(names);
    for (const protocol of ['ws', 'wss']) {
      const url = `${protocol}://${host}/audio`;
      await expect(openStream(url, {}, { message: () => {}, lost: () => {} }, guard)).rejects.toThrow('link-local');
      expect(await sinchStreamEnd(url, guard)).toBe('unreachable');
    }
    expect(connections).toEqual([]);
  });
});

/** What became of a leg whose stream cannot be had. */
function sinchStreamEnd(url: string, guard: OutboundGuard): Promise<string> {
  return new Promise((resolve) => {
    const clock = createVirtualClock();
    const give = (command: (leg: string) => Command): void => {
      const given = command('leg');
      if (given.type === 'end-leg') resolve(given.cause);
    };
    const beginTrack = (): LiveTrack => new LiveAudio(new MediaStore()).begin('t', 'stream');
    const connection = new StreamConnection({
      url,
      guard,
      clock,
      media: () => undefined,
      voice: new LegVoice({ clock, give, beginTrack }),
      room: new ByteBudget(sinchBounds['stream-audio']),
      call: { callId: 'c', applicationKey: 'k', sampleRateHz: 16_000, callHeaders: [] },
      leg: () => undefined,
      give,
    });
    ends.push(() => connection.terminate());
  });
}

test('a name is looked up once, and what is connected to is what was checked', async () => {
  const port = await serve((_request, response) => response.end(wav));
  const { guard, connections, lookups } = recordedGuard({ 'rebinding.test': [['127.0.0.1'], ['169.254.169.254']] });
  expect(await fetchFile(`http://rebinding.test:${port}/a.wav`, {}, guard)).toEqual(fetched);
  expect(lookups).toEqual(['rebinding.test']);
  expect(connections).toEqual(['rebinding.test at 127.0.0.1']);
  expect(await fetchFile(`http://rebinding.test:${port}/a.wav`, {}, guard)).toMatchObject({ ok: false });
  expect(connections).toHaveLength(1);
});

test('the system’s resolver and connector do the same', async () => {
  const port = await serve((_request, response) => response.end(wav));
  expect(await fetchFile(`http://localhost:${port}/a.wav`)).toEqual(fetched);
});

describe('a host that the configuration allows', () => {
  test.each([
    ['its name', ['printer.local']],
    ['its address', ['169.254.7.7']],
  ])('by %s is connected to', async (_, allowed) => {
    const port = await serve((_request, response) => response.end('ok'));
    const { guard, connections } = recordedGuard(
      { 'printer.local': ['169.254.7.7'], 'other.test': ['169.254.7.8'] },
      allowed,
    );
    const courier = new Courier(guard);
    ends.push(() => courier.close());
    const callback = (host: string) => ({
      method: 'POST' as const,
      url: `http://${host}:${port}/`,
      headers: [],
      body: Buffer.from('{}'),
    });
    expect(await courier.deliver(callback('printer.local'), 5_000)).toMatchObject({ status: 200 });
    expect(await courier.deliver(callback('other.test'), 5_000)).toMatchObject({ failure: 'url' });
    expect(connections).toHaveLength(1);
  });

  test('is written as people write it', () => {
    const guard = new OutboundGuard({ allowed: ['FE80:0:0::1', '[fd00:ec2::254]', 'Metadata.Google.Internal'] });
    for (const host of ['[fe80::1]', '[fd00:ec2::254]', 'metadata.google.internal.']) {
      expect(guard.problem(host), host).toBeUndefined();
    }
    expect(guard.problem('[fe80::2]')).toContain('fe80::2 is a link-local address');
  });
});

describe('an address that says where it leads', () => {
  test.each([
    'http://169.254.169.254/',
    'https://2852039166/',
    'http://[fe80::1]:80/',
    'http://metadata.google.internal/',
  ])('%s is refused as soon as it is given', (url) => {
    const rules = { strict: false, allowPublicHttp: true };
    expect(callbackUrlProblem(url, rules)).toContain('a link-local address or a metadata service');
    expect(
      callbackUrlProblem(url, { ...rules, guard: new OutboundGuard({ allowed: [new URL(url).hostname] }) }),
    ).toBeUndefined();
  });
});

describe('a media file', () => {
  test.each([
    ['gzip', gzipSync(wav)],
    ['identity', wav],
    ['gzip, x-gzip', gzipSync(gzipSync(wav))],
  ])('is read behind its coding: %s', async (coding, bytes) => {
    const port = await serve((_request, response) => response.setHeader('content-encoding', coding).end(bytes));
    expect(await fetchFile(`http://127.0.0.1:${port}/a.wav`)).toEqual(fetched);
  });

  test.each([
    ['gzip', gzipSync(Buffer.alloc(1_000_000)), /larger than 100000 bytes/],
    ['gzip', Buffer.from('no gzip'), /could not be fetched: Z_DATA_ERROR/],
    ['zstd', wav, /its content coding is not known/],
    ['gzip,'.repeat(100), wav, /its content coding is not known/],
  ])('is refused when it is packed too well, wrongly or unknowably: %s', async (coding, bytes, detail) => {
    const port = await serve((_request, response) => response.setHeader('content-encoding', coding).end(bytes));
    const answer = await fetchFile(`http://127.0.0.1:${port}/a.wav`, { maxBytes: 100_000 });
    expect(answer).toEqual({ ok: false, reason: 'download', detail: expect.stringMatching(detail) });
  });

  test.each([
    ['file:///etc/passwd', /redirects to an address with the scheme file:/],
    ['http://user:hunter2@127.0.0.1/', /redirects to an address with a user name/],
    ['http://[', /redirects to an address that is no URL/],
  ])('is not had by a redirect to %s', async (location, detail) => {
    const port = await serve((_request, response) => response.writeHead(307, { location }).end());
    const answer = await fetchFile(`http://127.0.0.1:${port}/a.wav`);
    expect(answer).toEqual({ ok: false, reason: 'download', detail: expect.stringMatching(detail) });
    expect(JSON.stringify(answer)).not.toContain('hunter2');
  });

  test('is given up in time, even while its name is looked up', async () => {
    const guard = new OutboundGuard({ resolve: () => {} });
    expect(await fetchFile('http://slow.test/a.wav', { timeoutMs: 20 }, guard)).toMatchObject({
      detail: expect.stringContaining('no complete answer within 20 ms'),
    });
  });
});

test('a name that nobody knows is told as such', async () => {
  const { guard, connections } = recordedGuard();
  const courier = new Courier(guard);
  ends.push(() => courier.close());
  const callback = { method: 'POST' as const, url: 'http://nobody.test/', headers: [], body: Buffer.from('{}') };
  expect(await courier.deliver(callback, 5_000)).toMatchObject({ failure: 'dns' });
  expect(await fetchFile('http://nobody.test/a.wav', {}, guard)).toMatchObject({
    detail: 'http://nobody.test/a.wav could not be fetched: ENOTFOUND',
  });
  expect(connections).toEqual([]);
});

test('a stream opens over a connection that was checked', async () => {
  const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((resolve) => sockets.once('listening', resolve));
  ends.push(() => new Promise((resolve) => sockets.close(resolve)));
  const { port } = sockets.address() as AddressInfo;
  const { guard, connections } = recordedGuard({ 'streams.test': ['127.0.0.1'] });
  const heard = new EventEmitter();
  sockets.on('connection', (socket) => socket.on('message', (data: Buffer) => heard.emit('said', data.toString())));
  const said = new Promise((resolve) => heard.once('said', resolve));
  const stream = await openStream(`ws://streams.test:${port}/`, {}, { message: () => {}, lost: () => {} }, guard);
  stream.send({ kind: 'hello' });
  expect(await said).toBe('{"kind":"hello"}');
  await stream.close();
  expect(connections).toEqual(['streams.test at 127.0.0.1']);
});
