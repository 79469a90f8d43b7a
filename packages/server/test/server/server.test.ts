import { afterEach, describe, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../src/server.ts';
import type { ServerOptions } from '../../src/config/server-options.ts';
import { type Receiver, startReceiver } from './receiver.ts';
import { createCall, sendSigned } from './signed-request.ts';

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()));
});

async function start(options: ServerOptions = {}): Promise<RunningServer> {
  const server = await startServer({ port: 0, clock: 'virtual', ...options });
  running.push(server);
  return server;
}

async function receive(...args: Parameters<typeof startReceiver>): Promise<Receiver> {
  const receiver = await startReceiver(...args);
  running.push(receiver);
  return receiver;
}

describe('a call through ACS', () => {
  test('rings, is answered, hears a prompt, and every event arrives in order', async () => {
    const server = await start();
    const receiver = await receive();
    const created = await createCall(server.url, '+14255550123', `${receiver.url}/events`);
    expect(created.status, await created.clone().text()).toBe(201);
    const { callConnectionId } = (await created.json()) as { callConnectionId: string };
    await server.control.advance('2s');
    const base = `${server.url}/calling/callConnections/${callConnectionId}`;
    const played = await sendSigned('acs', 'POST', `${base}:play?api-version=2024-04-15`, {
      playSources: [{ kind: 'text', text: { text: 'Hello there.', voiceName: 'en-US-NancyNeural' } }],
    });
    expect(played.status, await played.clone().text()).toBe(202);
    await server.control.advance('20s');
    const types = receiver.received.map(({ body }) =>
      (JSON.parse(body) as { type: string }[])[0]?.type.split('.').at(-1),
    );
    expect(types).toEqual(['CallConnected', 'ParticipantsUpdated', 'PlayCompleted']);
    expect(await server.control.waitFor('PlayCompleted')).toMatchObject({ callback: { state: 'delivered' } });

    const wav = await fetch(`${server.url}/_control/calls/${callConnectionId}/legs/1/heard.wav`);
    const bytes = Buffer.from(await wav.arrayBuffer());
    expect(bytes.subarray(0, 4).toString()).toBe('RIFF');
    expect(bytes.length).toBe(Number(wav.headers.get('content-length')));
    const samples = new Int16Array(bytes.buffer.slice(bytes.byteOffset + 44, bytes.byteOffset + bytes.length));
    expect(samples.some((sample) => Math.abs(sample) > 1_000)).toBe(true);
    expect(Buffer.from(server.control.audio(callConnectionId, 1, 'heard')).equals(bytes)).toBe(true);
  });
});

describe('two servers in one process', () => {
  test('share nothing', async () => {
    const [one, other] = await Promise.all([start(), start()]);
    const receiver = await receive();
    await createCall(one.url, '+14255550123', receiver.url);
    expect(one.control.calls()).toHaveLength(1);
    expect(other.control.calls()).toEqual([]);
    expect(other.control.exchanges()).toEqual([]);
  });
});
