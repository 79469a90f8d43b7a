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

describe('starting and closing', () => {
  test('a port in use is said plainly', async () => {
    const { url } = await start();
    const { port } = new URL(url);
    await expect(startServer({ port: Number(port) })).rejects.toThrow(`port ${port} on 127.0.0.1 is in use`);
  });

  test('an address that is not this machine’s is said plainly', async () => {
    await expect(startServer({ port: 0, host: '192.0.2.1' })).rejects.toThrow(
      '192.0.2.1 is not an address of this machine',
    );
  });

  test('closing ends kept-alive connections, callbacks under way and waiting ones, at once and twice', async () => {
    const server = await start();
    const hanging = await receive(() => {});
    await createCall(server.url, '+14255550123', hanging.url);
    void server.control.advance('2s').catch(() => {});
    await server.control.waitFor((event) => event.type === 'callback' && event.callback.state === 'delivering');
    const startedAt = performance.now();
    await Promise.all([server.close(), server.close()]);
    // The receiver would be given up after ten seconds.
    expect(performance.now() - startedAt).toBeLessThan(9_000);
    await expect(fetch(server.url)).rejects.toThrow();
  });
});

describe('the provider’s shapes for what HTTP refuses', () => {
  test('an oversized body is refused as each provider words it', async () => {
    const server = await start({ limits: { bodyBytes: 100 } });
    const body = 'x'.repeat(10_000);
    const acs = await fetch(`${server.url}/calling/callConnections?api-version=2024-04-15`, { method: 'POST', body });
    expect(acs.status).toBe(413);
    expect(await acs.json()).toMatchObject({ error: { code: expect.any(String) } });
    const sinch = await fetch(`${server.url}/calling/v1/callouts`, { method: 'POST', body });
    expect(await sinch.json()).toMatchObject({ errorCode: expect.any(Number) });
  });

  test('unknown paths are answered by whose they are', async () => {
    const { url } = await start();
    const answer = async (path: string) => (await fetch(url + path)).json();
    expect(await answer('/calling/nothing')).toMatchObject({ error: { code: expect.any(String) } });
    expect(await answer('/calling/v1/nothing')).toMatchObject({ errorCode: expect.any(Number) });
    expect(await answer('/v1/nothing')).toMatchObject({ errorCode: expect.any(Number) });
    expect(await answer('/nothing')).toMatchObject({ error: { code: 'not-found' } });
  });
});
