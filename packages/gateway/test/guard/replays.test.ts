import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import type { ReplayStore } from '../../src/replay/replay-store.ts';
import { memoryStore } from '../../src/stores/memory.ts';
import { hasBody } from './raw-server.ts';
import { started, type Started } from './started.ts';

let running: Started | undefined;
afterEach(() => running?.close());
const start = async (...options: Parameters<typeof started>): Promise<Started> => (running = await started(...options));

/** An application that answers each request by the next of these. */
const answers = (...list: string[]): Parameters<typeof started>[2] => {
  return (received, socket) => {
    if (!hasBody(received)) return;
    const answer = list.shift();
    if (answer === undefined || answer === '') socket.destroy();
    else socket.end(answer, 'latin1');
  };
};
const closing = (status: string, body = ''): string =>
  `HTTP/1.1 ${status}\r\nContent-Length: ${body.length}\r\nX-Answer: ${status}\r\nConnection: close\r\n\r\n${body}`;

describe('a repeat, by a guard with a replay store', () => {
  it('is refused, and counted; what the application is told names the first as fresh', async () => {
    const { app, log, post } = await start({ replay: { store: memoryStore() } });
    const signing = { id: randomUUID(), at: Date.now() };
    expect((await post('{}', signing)).status).toBe(200);
    expect((await post('{}', signing)).status).toBe(403);
    expect((await post('{}', { id: randomUUID() })).status).toBe(200);
    expect(app.received.join('').match(/replay="fresh"/g)).toHaveLength(2);
    expect(log.map(({ code, replay }) => code ?? replay)).toEqual(['fresh', 'replay/repeated', 'fresh']);
  });

  it('is refused of two that come at once', async () => {
    const { app, post } = await start({ replay: { store: memoryStore() } });
    const signing = { id: randomUUID(), at: Date.now() };
    const both = await Promise.all(Array.from({ length: 10 }, () => post('{}', signing)));
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, ...Array<number>(9).fill(403)]);
    expect(app.received).toHaveLength(1);
  });

  it.each([
    ['an error of the application', closing('500 Oops'), 500],
    ['no answer', '', 502],
    ['half an answer', 'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf', 200],
  ])('passes after %s, because the first one was not acted upon', async (_, answer, status) => {
    const respond = (received: string, socket: import('node:net').Socket): void => {
      if (!hasBody(received)) return;
      if (first) socket.end(answer, 'latin1');
      else socket.end(closing('200 OK'));
      first = false;
    };
    let first = true;
    const { post } = await start({ replay: { store: memoryStore() } }, {}, respond);
    const signing = { id: randomUUID(), at: Date.now() };
    expect((await post('{}', signing)).status).toBe(status);
    expect((await post('{}', signing)).status).toBe(200);
    expect((await post('{}', signing)).status).toBe(403);
  });

  it('does not pass after a refusal by the application, which is an answer', async () => {
    const { post } = await start({ replay: { store: memoryStore() } }, {}, answers(closing('422 No')));
    const signing = { id: randomUUID(), at: Date.now() };
    expect((await post('{}', signing)).status).toBe(422);
    expect((await post('{}', signing)).status).toBe(403);
  });

  it('gets the first answer again where it is to', async () => {
    const body = '{"done":"\xff"}';
    const { app, post } = await start(
      { replay: { store: memoryStore(), onRepeat: 'repeat-outcome' } },
      {},
      answers(closing('201 Made', body)),
    );
    const signing = { id: randomUUID(), at: Date.now() };
    const first = await post('{}', signing);
    const again = await post('{}', signing);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.text).toContain('X-Answer: 201 Made\r\n');
    expect(again.text.endsWith(`\r\n\r\n${body}`)).toBe(true);
    expect(app.received).toHaveLength(1);
  });

  it('that comes while the first is being answered is to come again later', async () => {
    let finish: (() => void) | undefined;
    const { post } = await start(
      { replay: { store: memoryStore(), onRepeat: 'repeat-outcome' } },
      {},
      (received, socket) => {
        if (hasBody(received)) finish = () => void socket.end(closing('200 OK', 'first'));
      },
    );
    const signing = { id: randomUUID(), at: Date.now() };
    const first = post('{}', signing);
    await expect.poll(() => finish).toBeDefined();
    const early = await post('{}', signing);
    expect(early.status).toBe(503);
    expect(early.text.toLowerCase()).toContain('retry-after: 1');
    finish?.();
    expect((await first).text).toContain('first');
    expect((await post('{}', signing)).text).toContain('first');
  });

  it('can be let pass, and the application is told that it is one', async () => {
    const { app, post } = await start({ replay: { store: memoryStore(), onRepeat: 'allow' } });
    const signing = { id: randomUUID(), at: Date.now() };
    for (const _ of [1, 2]) expect((await post('{}', signing)).status).toBe(200);
    expect(app.received.join('').match(/replay="\w+"/g)).toEqual(['replay="fresh"', 'replay="repeated"']);
  });

  it('is forwarded while observing, and called by its name in the log', async () => {
    const { app, log, post } = await start({ replay: { store: memoryStore() }, observe: true });
    const signing = { id: randomUUID(), at: Date.now() };
    for (const _ of [1, 2]) expect((await post('{}', signing)).status).toBe(200);
    expect(log.map(({ event, code }) => code ?? event)).toEqual(['accepted', 'replay/repeated']);
    expect(app.received.join('').match(/countersign-verified/g)).toHaveLength(1);
  });
});

describe('a forged request', () => {
  it('takes nobody’s place', async () => {
    const { post } = await start({ replay: { store: memoryStore() } });
    const signing = { id: randomUUID(), at: Date.now() };
    expect((await post('{}', { ...signing, key: 'another' })).status).toBe(401);
    expect((await post('{}', signing)).status).toBe(200);
  });
});

describe('a replay store that fails', () => {
  const broken: ReplayStore = { claim: () => Promise.reject(new Error('connect ECONNREFUSED')) };
  const silent: ReplayStore = { claim: () => new Promise(() => undefined) };
  it.each([
    ['with an error', broken],
    ['by silence', silent],
  ])('%s lets nobody in: 503, so that the sender comes again', async (_, store) => {
    const { app, log, post } = await start({ replay: { store, deadlineMs: 50, onRepeat: 'allow' } });
    expect((await post()).status).toBe(503);
    expect(app.received).toEqual([]);
    expect(log).toEqual([expect.objectContaining({ level: 'error', code: 'replay/unavailable' })]);
  });

  it('is logged while observing, and everything forwarded', async () => {
    const { app, log, post } = await start({ replay: { store: broken }, observe: true });
    expect((await post()).status).toBe(200);
    expect(app.received.join('')).not.toContain('countersign-verified');
    expect(log).toEqual([expect.objectContaining({ event: 'observed', code: 'replay/unavailable' })]);
  });
});
