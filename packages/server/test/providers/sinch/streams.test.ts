import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SinchClient } from '@sinch/sdk-core';
import { afterEach, expect, test } from 'vitest';
import { WebSocketServer, type WebSocket } from 'ws';
import { startServer, type RunningServer } from '../../../src/server.ts';
import { startReceiver, type CallbackReceiver } from './callback-receiver.ts';
import { credentials, ownNumber } from './voice-under-test.ts';

const alice = '+12065550171';

const closers: (() => Promise<unknown> | void)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

test('a stream server is told of the call, answers, hears the caller in frames of 20 ms and is heard', async () => {
  const { server, stream, application } = await callStream({ sampleRate: 16_000 });
  const { control } = server;
  expect(stream.messages).toEqual([
    {
      command: 'connect',
      version: 1,
      callId: expect.any(String),
      applicationKey: credentials.applicationKey,
      codec: 'PCM',
      sampleRate: 16_000,
      callHeaders: { foo: 'bar' },
    },
  ]);
  expect(control.phone(alice).state().state).toBe('connected');

  control.phone(alice).say('Hello stream.');
  await control.advance('2s');
  const frames = await stream.frames(100);
  expect(new Set(frames.map(({ length }) => length))).toEqual(new Set([640]));
  expect(loudest(samplesOf(Buffer.concat(frames)))).toBeGreaterThan(3_000);

  // Five hundred milliseconds of a tone, at once.
  stream.socket.send(tone(16_000, 500));
  await control.waitFor((event) => event.type === 'call' && event.event.type === 'audio-streamed');
  await control.advance('2s');
  const [call] = control.calls();
  const heard = samplesOf(Buffer.from(control.audio(call?.id ?? '', 1, 'heard')).subarray(44));
  const loud = heard.filter((sample) => Math.abs(sample) > 1_000).length / 16_000;
  expect(loud).toBeGreaterThan(0.4);
  expect(loud).toBeLessThan(0.55);

  stream.socket.close();
  await control.waitFor('call-ended');
  await control.advance('100ms');
  expect(application.events('dice')).toMatchObject([
    { reason: 'CALLEEHANGUP', callHeaders: [{ key: 'foo', value: 'bar' }] },
  ]);
});

test('other sample rates are converted', async () => {
  const { server, stream } = await callStream({ sampleRate: 8_000 });
  server.control.phone(alice).say('Hello stream.');
  await server.control.advance('2s');
  const frames = await stream.frames(99);
  expect(new Set(frames.map(({ length }) => length))).toContain(320);
  expect(loudest(samplesOf(Buffer.concat(frames)))).toBeGreaterThan(3_000);
});

test('clear discards what has not sounded yet', async () => {
  const { server, stream } = await callStream({});
  const { control } = server;
  stream.socket.send(tone(16_000, 5_000));
  await control.waitFor((event) => event.type === 'call' && event.event.type === 'audio-streamed');
  stream.socket.send('{"command":"clear"}');
  await stream.settled();
  await control.advance('6s');
  const [call] = control.calls();
  const heard = samplesOf(Buffer.from(control.audio(call?.id ?? '', 1, 'heard')).subarray(44));
  expect(heard.filter((sample) => Math.abs(sample) > 1_000).length / 16_000).toBeLessThan(0.25);
});

test.for([
  ['busy', 'BUSY', 'N/A'],
  ['reject', 'BUSY', 'CALLEEHANGUP'],
])('a stream server that answers %s ends the call', async ([command, result, reason]) => {
  const { server, application } = await callStream({}, command);
  await server.control.advance('1s');
  expect(server.control.phone(alice).state().state).toBe('idle');
  expect(application.events('dice')).toMatchObject([{ result, reason }]);
});

test.each([
  ['a stream server that is not there', 'ws://127.0.0.1:9/'],
  ['an address that no WebSocket can have', 'ws://127.0.0.1:9/#fragment'],
])('%s ends the call as FAILED', async (_, address) => {
  const { server, application } = await callStream({}, 'answer', address);
  await server.control.advance('1s');
  expect(application.events('dice')).toMatchObject([{ result: 'FAILED', reason: 'GENERALERROR' }]);
});

test('a stream server that says nothing for a minute is given up; a heartbeat keeps it', async () => {
  const { server, stream, application } = await callStream({});
  await server.control.advance('50s');
  stream.socket.send('{"command":"heartbeat"}');
  await stream.settled();
  await server.control.advance('59s');
  expect(application.events('dice')).toEqual([]);
  await server.control.advance('2s');
  expect(application.events('dice')).toMatchObject([{ reason: 'CALLEEHANGUP' }]);
});

interface StreamServer {
  readonly messages: readonly unknown[];
  readonly socket: WebSocket;
  /** The first binary messages, once there are so many. */
  frames(count: number): Promise<readonly Buffer[]>;
  /** Resolves when the other side has read what was sent before. */
  settled(): Promise<void>;
}

async function callStream(
  streamingOptions: { sampleRate?: number },
  reply = 'answer',
  elsewhere?: string,
): Promise<{ server: RunningServer; stream: StreamServer; application: CallbackReceiver }> {
  const webSockets = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(webSockets, 'listening');
  closers.push(() => new Promise((resolve) => webSockets.close(resolve)));
  const messages: unknown[] = [];
  const frames: Buffer[] = [];
  let socket: WebSocket | undefined;
  const waiting: (() => void)[] = [];
  webSockets.on('connection', (connected) => {
    socket = connected;
    connected.on('message', (data: Buffer, isBinary) => {
      if (isBinary) frames.push(data);
      else messages.push(JSON.parse(data.toString()));
      if (!isBinary) connected.send(JSON.stringify({ command: reply }));
      for (const wake of waiting.splice(0)) wake();
    });
  });
  const endpoint = elsewhere ?? `ws://127.0.0.1:${(webSockets.address() as AddressInfo).port}/audio`;
  const application = await startReceiver(credentials, {
    ice: {
      action: {
        name: 'connectStream',
        destination: { type: 'Websocket', endpoint },
        streamingOptions: { version: 1, ...streamingOptions },
        callHeaders: [{ key: 'foo', value: 'bar' }],
      },
    },
  });
  closers.push(() => application.close());
  const server = await startServer({ port: 0, clock: 'virtual' });
  closers.push(() => server.close());
  const hosts = { voiceHostname: server.url, voiceApplicationManagementHostname: server.url };
  await new SinchClient({ ...credentials, ...hosts }).voice.applications.updateCallbackURLs({
    applicationkey: credentials.applicationKey,
    updateCallbacksRequestBody: { url: { primary: application.url } },
  });
  await server.control.phone(alice).dial(ownNumber);
  await server.control.advance('20ms');
  const stream: StreamServer = {
    messages,
    get socket() {
      if (!socket) throw new Error('nobody has connected');
      return socket;
    },
    frames: async (count) => {
      while (frames.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
      return frames;
    },
    settled: () =>
      new Promise((resolve) => {
        socket?.once('pong', () => resolve());
        socket?.ping();
      }),
  };
  return { server, stream, application };
}

function tone(rateHz: number, ms: number): Buffer {
  const bytes = Buffer.alloc((rateHz / 1000) * ms * 2);
  for (let at = 0; at < bytes.length / 2; at += 1) {
    bytes.writeInt16LE(Math.round(12_000 * Math.sign(Math.sin((2 * Math.PI * 440 * at) / rateHz))), at * 2);
  }
  return bytes;
}

function samplesOf(bytes: Buffer): number[] {
  return Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readInt16LE(index * 2));
}

function loudest(samples: readonly number[]): number {
  return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
}
