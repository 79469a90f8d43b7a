import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { type RunningServer, startServer } from '../../src/server.ts';
import { type Receiver, startReceiver } from '../server/receiver.ts';
import { createCall } from '../server/signed-request.ts';

const running: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.close()));
});

async function start(...args: Parameters<typeof startReceiver>): Promise<[RunningServer, Receiver]> {
  const server = await startServer({ port: 0, clock: 'virtual' });
  const receiver = await startReceiver(...args);
  running.push(server, receiver);
  return [server, receiver];
}

test('after a reset waitFor waits for the next test’s event, not for that of the one before', async () => {
  const [{ url, control }, receiver] = await start();
  await createCall(url, '+14255550123', receiver.url);
  await control.advance('2s');
  await control.waitFor('CallConnected');
  control.reset();
  await expect(control.waitFor('CallConnected', { timeoutMs: 1 })).rejects.toThrow(
    '"CallConnected" did not happen within 1 ms; the last that happened: reset',
  );
  await expect(control.waitFor('call-ended', { timeoutMs: 1 })).rejects.toThrow('did not happen');
  await createCall(url, '+14255550124', receiver.url);
  await control.advance('2s');
  expect(await control.waitFor('leg-answered')).toMatchObject({
    call: { legs: [{ party: { number: '+14255550124' } }] },
  });
});

test('a reset silences callbacks that are being retried, and those of the calls that it ends', async () => {
  const [{ url, control }, receiver] = await start((_callback, response) => response.writeHead(500).end());
  await createCall(url, '+14255550123', receiver.url);
  await control.advance('2s');
  const before = receiver.received.length;
  expect(before).toBeGreaterThan(0);
  control.reset();
  expect(control.callbacks()).toEqual([]);
  expect(control.calls()).toEqual([]);
  await control.advance('10m');
  expect(receiver.received).toHaveLength(before);
  await expect(control.waitFor(({ type }) => type === 'callback', { timeoutMs: 1 })).rejects.toThrow('did not happen');
});

test('a reset hangs up on a receiver that has not answered', async () => {
  let asked: (response: ServerResponse) => void = () => {};
  const open = new Promise<ServerResponse>((resolve) => (asked = resolve));
  const [{ url, control }, receiver] = await start((_callback, response) => asked(response));
  await createCall(url, '+14255550123', receiver.url);
  void control.advance('2s');
  const closed = once(await open, 'close');
  control.reset();
  await closed;
  await control.advance('10m');
  expect(receiver.received).toHaveLength(1);
});

test('what a phone does after a reset is seen, and its calls are the only ones', async () => {
  const [{ control }] = await start();
  await control.phone('+14255550123').dial('+12065550150');
  control.reset();
  const { call } = await control.phone('+14255550123').dial('+12065550150');
  expect(control.calls()).toMatchObject([{ id: call }]);
  expect(control.phone('+14255550123').state()).toMatchObject({ lines: [{ call }] });
});
