import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { until } from '../../../../tools/until.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { writeCertificate } from '../certificate.ts';
import { exchange, hasBody, rawServer, requestText, type RawServer } from './raw-server.ts';
import { signedHeaders } from './signed.ts';
import { started, statusOf, type Started } from './started.ts';

let running: Started | undefined;
afterEach(() => running?.close());
const start = async (...options: Parameters<typeof started>): Promise<Started> => (running = await started(...options));

/** Does something that begins to wait: from then on time passes as the test says. */
function inFakeTime<T>(work: () => T): T {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  return work();
}

describe('an application that', () => {
  it('is not there gives 502, and the sender’s next try is fresh', async () => {
    const { app, log, post } = await start({ replay: { store: memoryStore() } });
    await app.close();
    const signing = { id: randomUUID(), at: Date.now() };
    for (const _ of [1, 2]) expect((await post('{}', signing)).status).toBe(502);
    expect(log.map(({ event, status }) => [event, status])).toEqual([
      ['upstream-failed', 502],
      ['upstream-failed', 502],
    ]);
    await (running = undefined);
  });

  it('says nothing gives 504', async () => {
    const { app, log, post } = await start({}, { limits: { upstreamSeconds: 30 } }, () => undefined);
    const posted = inFakeTime(() => post());
    await until(() => app.received.join('').endsWith('{}'));
    await vi.advanceTimersByTimeAsync(30_000);
    expect((await posted).status).toBe(504);
    expect(log).toEqual([
      expect.objectContaining({ event: 'upstream-failed', reason: expect.stringContaining('silent') }),
    ]);
  });

  it('falls silent within its answer has its answer cut, and is not waited for', async () => {
    const { guard, log } = await start({}, { limits: { upstreamSeconds: 30 } }, (received, socket) => {
      if (hasBody(received)) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf');
    });
    let got = '';
    const text = requestText('GET /', [['Host', 'a'], ...signedHeaders()]);
    const cut = inFakeTime(() => exchange(guard.url, text, (all) => ((got = all), false)));
    await until(() => got.endsWith('\r\n\r\nhalf'));
    await vi.advanceTimersByTimeAsync(30_000);
    expect(await cut).toMatch(/\r\n\r\nhalf$/);
    expect(log).toEqual([expect.objectContaining({ event: 'upstream-failed', status: 200 })]);
  });

  it('resets the connection gives 502', async () => {
    const { post } = await start({}, {}, (_, socket) => void socket.resetAndDestroy());
    expect((await post()).status).toBe(502);
  });

  it('answers with what is no HTTP gives 502', async () => {
    const { post } = await start({}, {}, (_, socket) => void socket.end('hello\r\n\r\n'));
    expect((await post()).status).toBe(502);
  });

  it('answers before it has all of the body is heard', async () => {
    const answered = new Set<unknown>();
    const { guard, post } = await start({}, {}, (received, socket) => {
      if (!received.includes('\r\n\r\n') || answered.has(socket)) return;
      answered.add(socket);
      socket.write('HTTP/1.1 413 Early\r\nContent-Length: 5\r\nConnection: close\r\n\r\nearly');
    });
    const body = 'x'.repeat(200_000);
    expect((await post(body)).text).toMatch(/^HTTP\/1\.1 413 Early\r\n[^]*early$/);
    // And the next request is not mixed up with the rest of this one.
    expect(statusOf(await exchange(guard.url, requestText('GET /', [['Host', 'a'], ...signedHeaders()])))).toBe(413);
  });

  it('answers at once and resets the connection is heard, however much was still to be sent', async () => {
    // The whole answer is on its way before the reset; what the guard still writes meets a connection that is gone.
    const { guard, post } = await start({}, {}, (received, socket) => {
      if (socket.destroyed || !received.includes('\r\n\r\n')) return;
      socket.write('HTTP/1.1 413 Early\r\nContent-Length: 5\r\n\r\nearly', () => socket.resetAndDestroy());
    });
    for (const length of [10, 100_000, 2_000_000]) {
      const { text } = await post('x'.repeat(length));
      expect(text, `a body of ${length} bytes`).toMatch(/^HTTP\/1\.1 413 Early\r\n[^]*early$/);
    }
    // No such connection is used again.
    expect(statusOf(await exchange(guard.url, requestText('GET /', [['Host', 'a'], ...signedHeaders()])))).toBe(413);
  });

  it('closes its idle connections loses no request', async () => {
    const { post } = await start({}, {}, (received, socket) => {
      if (!hasBody(received)) return;
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\nKeep-Alive: timeout=5\r\n\r\nok');
      socket.end();
    });
    for (let count = 0; count < 20; count++) expect((await post()).status).toBe(200);
  });

  it('sends bytes behind its answer, unasked, does not answer the next request with them', async () => {
    const forged = 'HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged';
    const { app, post } = await start({}, {}, (received, socket) => {
      if (!hasBody(received)) return;
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok', () => setImmediate(() => socket.write(forged)));
    });
    for (let count = 0; count < 20; count++) {
      expect((await post()).text).not.toContain('forged');
      await new Promise((resolve) => void setImmediate(() => setImmediate(resolve)));
    }
    expect(app.received.length).toBeGreaterThan(1);
  });

  it.each([
    ['keeps its connections is asked on the same one', 'timeout=5', 1],
    ['says that it keeps no connection for long is asked on another one', 'timeout=1', 5],
  ])('%s', async (_, keepAlive, connections) => {
    const answer = `HTTP/1.1 200 OK\r\nContent-Length: 2\r\nKeep-Alive: ${keepAlive}\r\n\r\nok`;
    const { app, post } = await start({}, {}, (received, socket) => {
      if (received.endsWith('{}')) socket.write(answer);
    });
    for (let count = 0; count < 5; count++) expect((await post()).status).toBe(200);
    expect(app.received).toHaveLength(connections);
  });

  it('answers 200 is what a sender’s 200 comes from, also when the sender went away', async () => {
    let finish: (() => void) | undefined;
    const store = memoryStore();
    const { guard, post } = await start({ replay: { store } }, {}, (received, socket) => {
      if (hasBody(received)) finish = () => void socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
    const signing = { id: randomUUID(), at: Date.now() };
    const { connect } = await import('node:net');
    const lines: [string, string][] = [['Host', 'a'], ['Content-Length', '2'], ...signedHeaders('{}', signing)];
    const socket = connect(Number(new URL(guard.url).port), '127.0.0.1');
    socket.write(requestText('POST /hooks', lines, '{}'));
    await expect.poll(() => finish).toBeDefined();
    socket.destroy();
    finish?.();
    // It was acted upon, so it is a repeat.
    expect((await post('{}', signing)).status).toBe(403);
  });
});

describe('an application with TLS', () => {
  let folder: string;
  let tls: { key: string; cert: string };
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'countersign-tls-'));
    const files = { key: join(folder, 'key.pem'), cert: join(folder, 'cert.pem') };
    writeCertificate('127.0.0.1', files);
    tls = { key: await readFile(files.key, 'utf8'), cert: await readFile(files.cert, 'utf8') };
  });
  afterAll(() => rm(folder, { recursive: true }));
  beforeEach(() => {
    // Nobody vouches for this certificate.
    vi.spyOn(process, 'emitWarning').mockReturnValue(undefined);
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });
  const startSecure = async (respond: Parameters<typeof rawServer>[0]): Promise<Started & { app: RawServer }> => {
    const app = await rawServer(respond, tls);
    const begun = await started({ upstream: app.url });
    running = { ...begun, close: () => Promise.all([begun.close(), app.close()]).then(() => undefined) };
    return { ...running, app };
  };

  it('that answers at once and ends the connection is heard, however much was still to be sent', async () => {
    const answered = new Set<unknown>();
    const { post } = await startSecure((received, socket) => {
      if (answered.has(socket) || !received.includes('\r\n\r\n')) return;
      answered.add(socket);
      socket.write('HTTP/1.1 413 Early\r\nContent-Length: 5\r\n\r\nearly', () => socket.destroy());
    });
    for (const length of [10, 2_000_000, 9_000_000]) {
      const { text } = await post('x'.repeat(length));
      expect(text, `a body of ${length} bytes`).toMatch(/^HTTP\/1\.1 413 Early\r\n[^]*early$/);
    }
    // No such connection is used again.
    expect((await post()).status).toBe(413);
    expect(answered.size).toBe(4);
  });

  it('that keeps its connection is asked on the same one', async () => {
    const { app, post } = await startSecure((received, socket) => {
      if (received.endsWith('{}')) socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
    for (let count = 0; count < 5; count++) expect((await post()).status).toBe(200);
    expect(app.received).toHaveLength(1);
  });

  it('that sends bytes behind its answer, unasked, does not answer the next request with them', async () => {
    const forged = 'HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nforged';
    const ended = new Set<unknown>();
    const { post } = await startSecure((received, socket) => {
      if (!hasBody(received)) return;
      socket.once('close', () => ended.add(socket));
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok', () => setImmediate(() => socket.write(forged)));
    });
    for (let count = 1; count <= 5; count++) {
      expect((await post()).text).not.toContain('forged');
      await expect.poll(() => ended.size).toBe(count);
    }
  });
});

describe('a sender that goes away', () => {
  it('within its body claims nothing', async () => {
    const { guard, app, log, post } = await start({ replay: { store: memoryStore() } });
    const signing = { id: randomUUID(), at: Date.now() };
    const { connect } = await import('node:net');
    const lines: [string, string][] = [['Host', 'a'], ['Content-Length', '2'], ...signedHeaders('{}', signing)];
    const socket = connect(Number(new URL(guard.url).port), '127.0.0.1');
    socket.write(requestText('POST /hooks', lines, '{'), () => socket.destroy());
    await expect.poll(() => log.map(({ code }) => code)).toEqual(['body/cut']);
    expect(app.received).toEqual([]);
    expect((await post('{}', signing)).status).toBe(200);
  });
});
