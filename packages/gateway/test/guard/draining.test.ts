import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { memoryStore } from '../../src/stores/memory.ts';
import { exchange, requestText } from './raw-server.ts';
import { signedHeaders } from './signed.ts';
import { started, statusOf, type Started } from './started.ts';

let running: Started | undefined;
afterEach(() => running?.close());
const start = async (...options: Parameters<typeof started>): Promise<Started> => (running = await started(...options));

describe('a guard that is told to end', () => {
  it('answers what is on its way, also a body that is half in a file, and then ends', async () => {
    const limits = { spoolAboveBytes: 1000, drainSeconds: 10 };
    const { guard, app, log } = await start({ replay: { store: memoryStore() } }, { limits });
    const body = 'x'.repeat(200_000);
    const lines: [string, string][] = [['Host', 'a'], ['Content-Length', '200000'], ...signedHeaders(body)];
    const socket = connect(Number(new URL(guard.url).port), '127.0.0.1');
    socket.write(requestText('POST /x', lines, body.slice(0, 100_000)));
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    await once(socket, 'connect');
    // Until it is there, it could not be told from a connection that does nothing.
    await expect
      .poll(async () => (await exchange(guard.url, requestText('GET /', [['Host', 'a']]))).length)
      .toBeGreaterThan(0);
    const ended = guard.close();
    await expect.poll(() => log.map(({ event }) => event)).toContain('draining');
    socket.write(body.slice(100_000));
    await ended;
    expect(statusOf(text)).toBe(200);
    expect(app.received.join('')).toContain(`\r\n\r\n${body}`);
    // Nobody else is let in meanwhile or afterwards.
    const [error] = (await once(connect(Number(new URL(guard.url).port), '127.0.0.1'), 'error')) as [
      NodeJS.ErrnoException,
    ];
    expect(error.code).toBe('ECONNREFUSED');
  });

  it('waits no longer than it was told to, and what it cut off was not claimed', async () => {
    const store = memoryStore();
    const { guard, app } = await start({ replay: { store } }, { limits: { drainSeconds: 0.1 } });
    const lines: [string, string][] = [['Host', 'a'], ['Content-Length', '2'], ...signedHeaders('{}')];
    const socket = connect(Number(new URL(guard.url).port), '127.0.0.1');
    socket.on('error', () => undefined);
    socket.write(requestText('POST /x', lines, '{'));
    await once(socket, 'connect');
    await guard.close();
    expect(store.bytes).toBe(0);
    expect(app.received).toEqual([]);
  });
});
