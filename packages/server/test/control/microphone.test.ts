import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { timelineOf } from '../../src/audio/call-audio.ts';
import { LiveAudio } from '../../src/audio/live-audio.ts';
import { MediaStore } from '../../src/audio/media-store.ts';
import { renderRange } from '../../src/audio/timeline.ts';
import { bounds } from '../../src/bounded/bounds.ts';
import type { ServerOptions } from '../../src/config/server-options.ts';
import type { CallClock } from '../../src/contract/clock.ts';
import { Microphone } from '../../src/control/microphone.ts';
import type { Leg } from '../../src/engine/call.ts';
import { byId } from '../../src/engine/keyed.ts';
import { PhoneLine } from '../../src/phones/phone-line.ts';
import { type RunningServer, startServer } from '../../src/server.ts';
import { createCall, sendSigned } from '../server/signed-request.ts';
import { callTo, setUp } from '../switchboard/exchange-under-test.ts';
import { openMicrophone } from './microphone-client.ts';

const running: { close(): unknown }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()));
});

const number = '+14255550123';

async function start(options: ServerOptions = {}): Promise<RunningServer> {
  const server = await startServer({ port: 0, clock: 'virtual', ...options });
  running.push(server);
  return server;
}

/** A server with a phone that is in a call. */
async function inCall(options: ServerOptions = {}): Promise<RunningServer> {
  const server = await start(options);
  await createCall(server.url, number, 'http://127.0.0.1:9/');
  await server.control.advance('1s');
  return server;
}

/** As it is on the wire: little-endian. Bytes are compared far faster than samples one by one. */
function bytesOf(samples: Int16Array): Buffer {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength);
}

/** No sample is like those around it, and the first is not silent. */
function noise(length: number, seed = 1): Int16Array {
  let state = seed;
  return Int16Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return (state >> 15) - 32_768;
  });
}

async function samplesOf(server: RunningServer, path: string): Promise<Buffer> {
  const response = await fetch(`${server.url}/_control/${path}`);
  expect(response.status).toBe(200);
  return Buffer.from((await response.arrayBuffer()).slice(44));
}

const callOf = (server: RunningServer): string => server.control.calls()[0]?.id ?? '';
const spoken = (server: RunningServer): Promise<Buffer> =>
  samplesOf(server, `calls/${encodeURIComponent(callOf(server))}/legs/1/spoken.wav`);

describe('what is said into a microphone', () => {
  test('is on the leg, in the recording and in the media stream, sample for sample, when it sounded', async () => {
    const application = new WebSocketServer({ host: '127.0.0.1', port: 0 });
    running.push(application);
    const streamed: Buffer[] = [];
    application.on('connection', (socket) =>
      socket.on('message', (data: Buffer) => {
        const message = JSON.parse(data.toString('utf8')) as { kind: string; audioData?: { data: string } };
        if (message.audioData) streamed.push(Buffer.from(message.audioData.data, 'base64'));
      }),
    );
    await once(application, 'listening');
    const server = await start();
    const created = await sendSigned('acs', 'POST', `${server.url}/calling/callConnections?api-version=2025-05-15`, {
      targets: [{ kind: 'phoneNumber', phoneNumber: { value: number } }],
      sourceCallerIdNumber: { value: '+12065550100' },
      callbackUri: 'http://127.0.0.1:9/',
      mediaStreamingOptions: {
        transportUrl: `ws://127.0.0.1:${(application.address() as AddressInfo).port}/`,
        transportType: 'websocket',
        contentType: 'audio',
        audioChannelType: 'mixed',
        startMediaStreaming: true,
      },
    });
    const { callConnectionId } = (await created.json()) as { callConnectionId: string };
    await server.control.advance('1s');
    const path = `${server.url}/calling/callConnections/${callConnectionId}?api-version=2025-05-15`;
    const connection = await sendSigned('acs', 'GET', path);
    const { serverCallId } = (await connection.json()) as { serverCallId: string };
    const recording = await sendSigned('acs', 'POST', `${server.url}/calling/recordings?api-version=2025-05-15`, {
      callLocator: { kind: 'serverCallLocator', serverCallId },
    });
    expect(recording.status).toBe(200);
    await server.control.advance('1s');

    const said = noise(16_000);
    const microphone = await openMicrophone(server.url, number);
    await microphone.speak(said);
    expect(await spoken(server)).toEqual(Buffer.alloc(32_000));
    await server.control.advance('2s');
    microphone.socket.close();
    await microphone.closed;

    const expected = new Int16Array(3 * 16_000);
    expected.set(said, 16_000);
    expect((await spoken(server)).equals(bytesOf(expected))).toBe(true);
    const call = encodeURIComponent(callOf(server));
    const view = (await (await fetch(`${server.url}/_control/calls/${call}`)).json()) as {
      recordings: { id: string }[];
    };
    const recorded = `calls/${call}/recordings/${encodeURIComponent(view.recordings[0]?.id ?? '')}/audio.wav`;
    expect((await samplesOf(server, recorded)).equals(bytesOf(expected))).toBe(true);
    const heard = (): boolean => Buffer.concat(streamed).includes(bytesOf(said));
    await expect.poll(heard).toBe(true);
  });

  test('follows what was said before, and begins anew after a pause', async () => {
    const server = await inCall();
    const [one, two, three] = [noise(1000, 1), noise(777, 2), noise(500, 3)];
    const microphone = await openMicrophone(server.url, number);
    await microphone.speak(one, 1000);
    await microphone.speak(two, 777);
    await server.control.advance('500ms');
    await microphone.speak(three, 500);
    await server.control.advance('500ms');
    const expected = new Int16Array(16_000);
    expected.set([...one, ...two]);
    expected.set(three, 8000);
    expect((await spoken(server)).equals(bytesOf(expected))).toBe(true);
  });

  test('is heard to its end when the client leaves, and then falls silent', async () => {
    const server = await inCall();
    const said = noise(8000);
    const microphone = await openMicrophone(server.url, number);
    await microphone.speak(said);
    microphone.socket.close();
    await microphone.closed;
    await server.control.advance('2s');
    expect((await spoken(server)).subarray(0, 16_000).equals(bytesOf(said))).toBe(true);
    const types = server.control.history(callOf(server)).map(({ type, atMs }) => ({ type, atMs }));
    const begun = types.find(({ type }) => type === 'audio-streamed')?.atMs ?? 0;
    expect(types.at(-1)).toEqual({ type: 'streamed-audio-cut', atMs: begun + 500 });
  });

  test('is said at the phone that was asked for, whose call and leg the server names first', async () => {
    const server = await start();
    for (const target of ['+14255550124', number]) await createCall(server.url, target, 'http://127.0.0.1:9/');
    await server.control.advance('1s');
    const [call] = server.control.calls();
    const microphone = await openMicrophone(server.url, number, `?leg=${call?.legs[0]?.id}&rate=16000`);
    await microphone.taken();
    expect(call?.legs[0]?.party).toEqual({ kind: 'phone', number });
    expect(microphone.reports).toEqual([{ call: call?.id, leg: call?.legs[0]?.id, waitingMs: 0 }]);
  });
});

describe('a test in the same process', () => {
  test('speaks samples into the call without a connection', async () => {
    const server = await inCall();
    const phone = server.control.phone(number);
    const said = noise(8000);
    const microphone = phone.microphone();
    microphone.speak(said.subarray(0, 3000));
    microphone.speak(said.subarray(3000));
    microphone.close();
    await server.control.advance('500ms');
    expect((await spoken(server)).equals(bytesOf(said))).toBe(true);
    phone.hangUp();
    expect(() => phone.microphone()).toThrow('phone +14255550123 is idle, not connected');
  });
});

describe('a client that sends faster than it sounds', () => {
  test('waits after ten seconds, and goes on as time passes, with nothing lost', async () => {
    const server = await inCall();
    const said = noise(16 * 16_000);
    const microphone = await openMicrophone(server.url, number);
    const all = microphone.speak(said, 1600);
    const secondsTaken = (): number => microphone.reports.length - 1;
    await expect.poll(secondsTaken).toBeGreaterThanOrEqual(10);
    for (let passed = 1; passed <= 17; passed++) {
      await server.control.advance('1s');
      // It never runs dry. What the server reads again comes by the network, which takes real time.
      await expect.poll(secondsTaken).toBeGreaterThanOrEqual(Math.min(16, passed + 4));
      // Two seconds may have been on the way when the server stopped to read.
      expect(secondsTaken()).toBeLessThanOrEqual(passed + 12);
    }
    await all;
    expect((await spoken(server)).subarray(0, said.byteLength).equals(bytesOf(said))).toBe(true);
  });
});

describe('the end of a microphone', () => {
  test('comes with the end of the leg, and says so', async () => {
    const server = await inCall();
    const microphone = await openMicrophone(server.url, number);
    await microphone.speak(noise(320));
    server.control.phone(number).hangUp();
    expect(await microphone.closed).toEqual({ code: 4000, reason: 'the leg has ended' });
  });

  test('comes with another microphone on the same leg, which speaks from then on', async () => {
    const server = await inCall();
    const before = await openMicrophone(server.url, number);
    await before.speak(noise(320));
    const after = await openMicrophone(server.url, number);
    expect(await before.closed).toEqual({ code: 4001, reason: 'another microphone speaks on this leg now' });
    await server.control.advance('1s');
    const said = noise(1600, 5);
    await after.speak(said);
    await server.control.advance('1s');
    expect((await spoken(server)).subarray(32_000, 35_200).equals(bytesOf(said))).toBe(true);
  });

  test('comes with the end of the server, which waits for nobody', async () => {
    const server = await inCall();
    const microphone = await openMicrophone(server.url, number);
    await server.close();
    expect(await microphone.closed).toMatchObject({ code: 1001 });
  });

  test.each([
    ['text', 'hello', 1003, 'send samples in binary messages'],
    ['half a sample', Buffer.alloc(321), 1007, 'half a sample'],
    ['a WAV file', Buffer.concat([Buffer.from('RIFF....WAVE'), Buffer.alloc(32)]), 1007, 'send its samples alone'],
    ['more than two seconds at once', Buffer.alloc(64_002), 1009, ''],
  ])('comes with %s in place of samples, and says what is wrong', async (_what, data, code, reason) => {
    const server = await inCall();
    const microphone = await openMicrophone(server.url, number);
    microphone.socket.send(data);
    const closed = await microphone.closed;
    expect(closed.code).toBe(code);
    expect(closed.reason).toContain(reason);
  });
});

describe('a microphone is refused', () => {
  /** The answer to a handshake that is refused. */
  async function refusal(server: RunningServer, path: string, headers: Record<string, string> = {}) {
    const upgrade = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    };
    const request = get(`${server.url}/_control/phones/${path}`, { headers: { ...upgrade, ...headers } });
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    let text = '';
    for await (const chunk of response) text += String(chunk);
    const { error } = JSON.parse(text) as { error: { code: string; message: string } };
    return { status: response.statusCode, error };
  }

  test('at a phone that is in no call, or not at the end of that leg', async () => {
    const server = await start();
    expect(await refusal(server, '+14255550123/microphone')).toMatchObject({
      status: 409,
      error: { code: 'phone/not-connected' },
    });
    expect(await refusal(server, '+14255550123/microphone?leg=none')).toMatchObject({
      status: 404,
      error: { code: 'phone/leg-not-found' },
    });
  });

  test('at another rate than 16 kHz', async () => {
    const server = await inCall();
    const { status, error } = await refusal(server, `${number}/microphone?rate=48000`);
    expect(status).toBe(400);
    expect(error.message).toContain('16000');
  });

  test('to a page of another origin, and to a name that is not the server’s', async () => {
    const server = await inCall();
    expect(await refusal(server, `${number}/microphone`, { origin: 'https://example.com' })).toMatchObject({
      status: 403,
      error: { code: 'origin/refused' },
    });
    expect(await refusal(server, `${number}/microphone`, { host: 'rebound.example.com' })).toMatchObject({
      status: 403,
      error: { code: 'host/refused' },
    });
  });

  test('to a client that asks for no WebSocket', async () => {
    const server = await inCall();
    const response = await fetch(`${server.url}/_control/phones/${number}/microphone`);
    expect(response.status).toBe(426);
    expect(response.headers.get('upgrade')).toBe('websocket');
    expect(await response.json()).toMatchObject({ error: { code: 'microphone/no-websocket' } });
  });

  test('beyond as many as there may be', async () => {
    const server = await start();
    const numbers = Array.from({ length: bounds.microphones.items + 1 }, (_, index) => `+1425555014${index}`);
    for (const one of numbers) await createCall(server.url, one, 'http://127.0.0.1:9/');
    await server.control.advance('1s');
    const open = await Promise.all(numbers.slice(1).map((one) => openMicrophone(server.url, one)));
    expect(await refusal(server, `${numbers[0]}/microphone`)).toMatchObject({
      status: 503,
      error: { code: 'microphone/too-many' },
    });
    open[0]?.socket.close();
    await open[0]?.closed;
    await openMicrophone(server.url, numbers[0] ?? '');
  });
});

describe('a microphone, sample by sample', () => {
  const ALICE = '+12065550198';

  /** A call with two legs, Alice's first, and another call without any. */
  async function twoCalls() {
    const setting = setUp();
    const { give, clock, phones } = setting;
    const store = new MediaStore();
    const live = new LiveAudio(store);
    give(callTo(ALICE, '+12065550199'));
    give({ type: 'open-call', provider: 'quiet', account: 'x', details: {}, legs: [] }, 'other');
    await clock.advance(1000);
    const line = phones.connectedLine(ALICE);
    if (!(line instanceof PhoneLine)) throw new Error('Alice is in no call');
    const ended: string[] = [];
    const speakOn = (itsClock: CallClock): Microphone =>
      new Microphone({
        line,
        clock: itsClock,
        switchboard: setting.switchboard,
        track: live.begin('m', 'microphone'),
        onEnded: (why) => ended.push(why),
      });
    const legOf = (call: string, id: string): Leg => {
      const found = setting.switchboard.call(call);
      const leg = found instanceof Object ? byId(found.legs, id) : undefined;
      if (!leg) throw new Error(`there is no leg ${id} in ${call}`);
      return leg;
    };
    /** What a track sounds like in a stretch of the call clock, from so many milliseconds ago until now. */
    const heard = (track: Leg['heard'], lastMs: number): Int16Array =>
      renderRange(timelineOf(track, clock.now() - lastMs), 0, lastMs, (id) => live.get(id) ?? store.get(id)).samples;
    return { ...setting, ended, speakOn, legOf, heard };
  }

  test('goes on in the call to which the leg is moved, without a gap', async () => {
    const { give, clock, speakOn, legOf, heard, ended } = await twoCalls();
    const microphone = speakOn(clock);
    const said = noise(16_000);
    microphone.take(said);
    await clock.advance(500);
    const leg = legOf('call', 'a');
    give({ type: 'move-leg-in', leg, from: 'call' }, 'other');
    give({ type: 'move-leg-out', leg: 'a', to: 'other' });
    await clock.advance(500);
    expect(bytesOf(heard(legOf('other', 'a').spoken, 1000)).equals(bytesOf(said))).toBe(true);
    const toTheOther = heard(legOf('call', 'b').heard, 1000);
    expect(bytesOf(toTheOther.subarray(0, 8000)).equals(bytesOf(said.subarray(0, 8000)))).toBe(true);
    expect(toTheOther.subarray(8000).every((sample) => sample === 0)).toBe(true);
    expect(microphone.call).toBe('other');
    give({ type: 'end-leg', leg: 'a', cause: 'dropped' }, 'other');
    expect(ended).toEqual(['leg-ended']);
  });

  test('is not heard while the party is muted, and is heard again where it then is', async () => {
    const { give, clock, speakOn, legOf, heard } = await twoCalls();
    const said = noise(16_000);
    speakOn(clock).take(said);
    await clock.advance(250);
    give({ type: 'mute', leg: 'a', muted: true });
    await clock.advance(250);
    give({ type: 'mute', leg: 'a', muted: false });
    await clock.advance(500);
    const expected = said.slice();
    expected.fill(0, 4000, 8000);
    expect(bytesOf(heard(legOf('call', 'b').heard, 1000)).equals(bytesOf(expected))).toBe(true);
    expect(bytesOf(heard(legOf('call', 'a').spoken, 1000)).equals(bytesOf(said))).toBe(true);
  });

  test('of a person who speaks live has no gap where a message is late by less than a tenth of a second', async () => {
    const { clock, speakOn, legOf, heard } = await twoCalls();
    const live: CallClock = {
      kind: 'real',
      now: () => clock.now(),
      after: (ms, action) => clock.after(ms, action),
      awaiting: (work) => work,
    };
    const microphone = speakOn(live);
    const said = noise(3200);
    // Messages of 20 ms, the sixth of them 80 ms late and the others behind it at once.
    const sentAtMs = [0, 20, 40, 60, 80, 180, 180, 180, 180, 180];
    let nowMs = 0;
    for (const [index, atMs] of sentAtMs.entries()) {
      await clock.advance(atMs - nowMs);
      nowMs = atMs;
      microphone.take(said.subarray(index * 320, (index + 1) * 320));
    }
    await clock.advance(300 - nowMs);
    expect(bytesOf(heard(legOf('call', 'b').heard, 200)).equals(bytesOf(said))).toBe(true);
    // What comes later than that is heard as soon, and is no longer behind than before.
    await clock.advance(50);
    microphone.take(said.subarray(0, 320));
    expect(microphone.waitingMs).toBe(120);
  });
});
