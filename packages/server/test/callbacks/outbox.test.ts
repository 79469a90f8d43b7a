import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { until } from '../../../../tools/until.ts';
import type { Callback } from '../../src/callbacks/callback.ts';
import type { CallbackDraft } from '../../src/contract/callback-draft.ts';
import type { DeliveryPolicy } from '../../src/contract/delivery-policy.ts';
import { Outbox, type OutboxLimits } from '../../src/callbacks/outbox.ts';
import type { CallbackOutcome } from '../../src/engine/command.ts';
import type { FaultSetting } from '../../src/contract/fault.ts';
import { OutboundGuard } from '../../src/outbound/outbound-guard.ts';
import { createVirtualClock } from '../../src/switchboard/virtual-clock.ts';
import { type Receiver, startReceiver } from '../server/receiver.ts';

const open: { close(): Promise<void> | void }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

async function receive(...args: Parameters<typeof startReceiver>): Promise<Receiver> {
  const receiver = await startReceiver(...args);
  open.push(receiver);
  return receiver;
}

/** Nobody has a name here, whatever the network would answer, and after how long. */
const nameless = new OutboundGuard({
  resolve: (name, done) => done(Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND' }), []),
});

function outboxOf(limits: OutboxLimits = {}) {
  const clock = createVirtualClock();
  const answers: [string, CallbackOutcome][] = [];
  const errors: Error[] = [];
  let fault: FaultSetting | undefined;
  const outbox = new Outbox({
    clock,
    wallNow: () => new Date(),
    policyOf: ({ policy }) => policies[Number(policy)] ?? acs,
    urlRules: { strict: false, allowPublicHttp: false, guard: nameless },
    onAnswer: ({ id }, outcome) => answers.push([id, outcome]),
    fault: () => fault,
    onInternalError: (error) => errors.push(error),
    limits,
  });
  open.push(outbox);
  const get = (id: string): Callback | undefined => {
    const callback = outbox.get(id);
    return callback === 'gone' ? undefined : callback;
  };
  const settled = (id: string): Promise<Callback> =>
    new Promise((resolve) => {
      const check = (callback: Callback | undefined): boolean => {
        const isSettled = callback?.id === id && (callback.state === 'delivered' || callback.state === 'undelivered');
        if (isSettled) resolve(callback);
        return isSettled;
      };
      if (check(get(id))) return;
      const stop = outbox.onChange((callback) => check(callback) && stop());
    });
  return {
    outbox,
    clock,
    answers,
    errors,
    get,
    settled,
    setFault: (setting: FaultSetting | undefined) => (fault = setting),
  };
}

/** Five attempts in order per call, as ACS events are delivered. */
const acs: DeliveryPolicy = {
  orderedBy: 'call',
  attemptsPerUrl: 5,
  backoffMs: [1_000, 5_000, 30_000],
  timeoutMs: 5_000,
  authenticate: async ({ body }) => [['Authorization', `Bearer ${body.length}`]],
};
/** The primary URL, then the fallback, once each, as Sinch delivers. */
const sinch: DeliveryPolicy = { ...acs, orderedBy: undefined, attemptsPerUrl: 1, backoffMs: [], timeoutMs: 5_000 };

/** The policies of all drafts, each named by its place. */
const policies: DeliveryPolicy[] = [];

let made = 0;
function draft({
  policy = acs,
  ...fields
}: Partial<CallbackDraft> & Pick<CallbackDraft, 'urls'> & { readonly policy?: DeliveryPolicy }): CallbackDraft {
  made += 1;
  policies.push(policy);
  return {
    id: `cb-${made}`,
    call: 'call-1',
    event: 'CallConnected',
    body: `{"n":${made}}`,
    headers: [['Content-Type', 'application/json']],
    delivery: { provider: 'tried', policy: String(policies.length - 1), account: 'a' },
    answerWanted: false,
    ...fields,
  };
}

/** A URL where nobody listens (any more). */
async function deadUrl(): Promise<string> {
  const receiver = await startReceiver();
  await receiver.close();
  return receiver.url;
}

const failures = ({ attempts }: Callback) =>
  attempts.map(({ outcome }) => ('failure' in outcome ? outcome.failure : outcome.status));

describe('delivery', () => {
  test('sends the body byte for byte with the headers of this attempt, and keeps what came back', async () => {
    const { outbox, settled } = outboxOf();
    const receiver = await receive((_callback, response) =>
      response.writeHead(202, { 'X-Answer': 'yes' }).end('{"ok":1}'),
    );
    const one = draft({ urls: [`${receiver.url}/events?a=b%20c`], body: '{ "ü": 1 }\n' });
    outbox.enqueue(one);
    const callback = await settled(one.id);
    expect(receiver.received).toMatchObject([{ path: '/events?a=b%20c', body: '{ "ü": 1 }\n' }]);
    expect(receiver.received[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      authorization: 'Bearer 12',
    });
    expect(callback).toMatchObject({
      state: 'delivered',
      attempts: [
        {
          requestHeaders: [
            ['Content-Type', 'application/json'],
            ['Authorization', 'Bearer 12'],
          ],
          outcome: { status: 202, body: '{"ok":1}' },
        },
      ],
    });
  });

  test('a failing receiver is tried five times with backoff on the call clock, then given up visibly', async () => {
    const { outbox, clock, get } = outboxOf();
    const receiver = await receive((_callback, response) => response.writeHead(500).end());
    const one = draft({ urls: [receiver.url] });
    outbox.enqueue(one);
    const reached: number[] = [];
    for (const ms of [0, 999, 1, 4_999, 1, 29_999, 1, 30_000]) {
      await clock.advance(ms);
      reached.push(receiver.received.length);
    }
    expect(reached).toEqual([1, 1, 2, 2, 3, 3, 4, 5]);
    expect(get(one.id)?.state).toBe('undelivered');
    expect(failures(get(one.id) as Callback)).toEqual([500, 500, 500, 500, 500]);
  });

  test('a receiver that recovers gets the callback once', async () => {
    const { outbox, clock, get } = outboxOf();
    let calls = 0;
    const receiver = await receive((_callback, response) => response.writeHead(++calls < 3 ? 503 : 200).end());
    const one = draft({ urls: [receiver.url] });
    outbox.enqueue(one);
    await clock.advance(60_000);
    expect(failures(get(one.id) as Callback)).toEqual([503, 503, 200]);
    expect(get(one.id)?.state).toBe('delivered');
  });

  test('a redirect is not followed', async () => {
    const { outbox, settled } = outboxOf();
    const elsewhere = await receive();
    const receiver = await receive((_callback, response) => response.writeHead(307, { location: elsewhere.url }).end());
    const one = draft({ urls: [receiver.url], policy: sinch });
    outbox.enqueue(one);
    expect((await settled(one.id)).attempts).toMatchObject([
      { outcome: { failure: 'redirect', detail: expect.stringContaining('307') } },
    ]);
    expect(elsewhere.received).toEqual([]);
  });

  test.each([
    ['nobody listens on a port that the Fetch standard blocks', 'http://127.0.0.1:1/', 'refused'],
    ['the name does not resolve', 'https://no-such-host.invalid/', 'dns'],
    ['http to a public host', 'http://example.com/', 'url'],
    ['a URL that is none', 'nonsense', 'url'],
    ['credentials in the URL', 'http://user:pass@localhost/', 'url'],
  ])('%s: the attempt says so', async (_title, url, failure) => {
    const { outbox, settled } = outboxOf();
    const one = draft({ urls: [url], policy: sinch });
    outbox.enqueue(one);
    const callback = await settled(one.id);
    expect(failures(callback)).toEqual([failure]);
    expect(JSON.stringify(callback.attempts.map(({ outcome }) => outcome))).not.toContain('user:pass');
  });

  test('nobody listening is a refused connection', async () => {
    const { outbox, settled } = outboxOf();
    const one = draft({ urls: [await deadUrl()], policy: sinch });
    outbox.enqueue(one);
    expect(failures(await settled(one.id))).toEqual(['refused']);
  });

  test('https to a receiver that speaks http is a TLS failure', async () => {
    const { outbox, settled } = outboxOf();
    const receiver = await receive();
    const one = draft({ urls: [receiver.url.replace('http:', 'https:')], policy: sinch });
    outbox.enqueue(one);
    expect(failures(await settled(one.id))).toEqual(['tls']);
  });

  test('a receiver that hangs is cut off, and so is one that never ends its answer', async () => {
    const { outbox, settled } = outboxOf();
    const hanging = await receive(() => {});
    const endless = await receive((_callback, response) => response.write('x'));
    for (const { url } of [hanging, endless]) {
      const one = draft({ urls: [url], policy: { ...sinch, timeoutMs: 40 } });
      outbox.enqueue(one);
      expect(failures(await settled(one.id))).toEqual(['timeout']);
    }
  });

  test('an answer beyond a megabyte is not read', async () => {
    const { outbox, settled } = outboxOf();
    const receiver = await receive((_callback, response) => response.end('x'.repeat(1024 * 1024 + 1)));
    const one = draft({ urls: [receiver.url], policy: sinch });
    outbox.enqueue(one);
    expect(failures(await settled(one.id))).toEqual(['answer-too-large']);
  });

  test('a callback that cannot be signed is undelivered, and the outbox goes on', async () => {
    const { outbox, settled } = outboxOf();
    const receiver = await receive();
    const unsignable = draft({
      urls: [receiver.url],
      policy: { ...sinch, authenticate: () => Promise.reject(new Error('no key')) },
    });
    outbox.enqueue(unsignable);
    expect(failures(await settled(unsignable.id))).toEqual(['not-signed']);
    const next = draft({ urls: [receiver.url] });
    outbox.enqueue(next);
    expect((await settled(next.id)).state).toBe('delivered');
  });
});

describe('order', () => {
  test('the callbacks of a call arrive one after the other, whatever each takes; other calls do not wait', async () => {
    const { outbox, clock } = outboxOf();
    let failing = true;
    const receiver = await receive(({ path }, response) => {
      response.writeHead(path === '/a' && failing ? 500 : 200).end();
      if (path === '/a') failing = false;
    });
    outbox.enqueue(draft({ urls: [`${receiver.url}/a`], call: 'one' }));
    outbox.enqueue(draft({ urls: [`${receiver.url}/b`], call: 'one' }));
    outbox.enqueue(draft({ urls: [`${receiver.url}/c`], call: 'other' }));
    await clock.settle();
    expect(receiver.received.map(({ path }) => path).toSorted()).toEqual(['/a', '/c']);
    await clock.advance(1_000);
    expect(receiver.received.map(({ path }) => path).slice(2)).toEqual(['/a', '/b']);
  });

  test('many callbacks of one call keep their order', async () => {
    const { outbox, settled } = outboxOf();
    const receiver = await receive();
    const drafts = Array.from({ length: 200 }, () => draft({ urls: [receiver.url] }));
    for (const one of drafts) outbox.enqueue(one);
    await settled(drafts.at(-1)?.id ?? '');
    expect(receiver.received.map(({ body }) => body)).toEqual(drafts.map(({ body }) => body));
  });

  test('a dead receiver holds up nobody else', async () => {
    const { outbox, settled } = outboxOf({ perUrl: 2 });
    const dead = await receive(() => {});
    const alive = await receive();
    for (let n = 0; n < 50; n += 1) outbox.enqueue(draft({ urls: [dead.url], call: `dead-${n}` }));
    const one = draft({ urls: [alive.url], call: 'alive' });
    outbox.enqueue(one);
    expect((await settled(one.id)).state).toBe('delivered');
    expect(dead.open()).toBeLessThanOrEqual(2);
  });
});

describe('a receiver that does not answer', () => {
  const impatient: DeliveryPolicy = { ...acs, holdsBackMs: 2_000 };
  const paths = ({ received }: Receiver): string[] => received.map(({ path }) => path);

  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());
  /** Lets milliseconds of the wall clock pass. */
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

  test('holds back the next callback of the call, and a virtual clock, for no more than the moment it is given', async () => {
    const { outbox, clock, get } = outboxOf();
    const silent = await receive(() => {});
    const alive = await receive();
    const first = draft({ urls: [`${silent.url}/first`], policy: impatient });
    const second = draft({ urls: [`${silent.url}/second`], policy: impatient });
    const third = draft({ urls: [alive.url], policy: impatient });
    for (const one of [first, second, third]) outbox.enqueue(one);
    const settled = clock.settle();
    await until(() => paths(silent).length === 1);
    await pass(1_999);
    expect(paths(silent)).toEqual(['/first']);
    await pass(1);
    await until(() => paths(silent).length === 2);
    await pass(2_000);
    await settled;
    expect(paths(silent)).toEqual(['/first', '/second']);
    expect([first, second, third].map(({ id }) => get(id)?.state)).toEqual(['delivering', 'delivering', 'delivered']);
  });

  test('is tried again beside the callbacks that came after', async () => {
    const { outbox, clock, settled } = outboxOf();
    const answered: string[] = [];
    const receiver = await receive(({ path }, response) => {
      if (path === '/slow' && answered.length === 0) return;
      answered.push(path);
      response.end();
    });
    const slow = draft({ urls: [`${receiver.url}/slow`], policy: impatient });
    const timedOut = new Promise<void>((resolve) => {
      const stop = outbox.onChange(({ id, attempts }) => {
        if (id !== slow.id || attempts.length === 0) return;
        stop();
        resolve();
      });
    });
    outbox.enqueue(slow);
    outbox.enqueue(draft({ urls: [`${receiver.url}/next`], policy: impatient }));
    const isSettled = clock.settle();
    await until(() => paths(receiver).length === 1);
    await pass(2_000);
    await isSettled;
    expect(answered).toEqual(['/next']);
    await pass(3_000);
    await timedOut;
    await clock.advance(1_000);
    expect(answered).toEqual(['/next', '/slow']);
    expect(failures(await settled(slow.id))).toEqual(['timeout', 200]);
  });

  test('that answers with errors keeps the order for that moment of the call clock, then is tried again beside', async () => {
    const { outbox, clock } = outboxOf();
    const receiver = await receive(({ path }, response) => response.writeHead(path === '/a' ? 503 : 200).end());
    const policy = { ...acs, backoffMs: [1_000, 2_000], holdsBackMs: 2_000 };
    outbox.enqueue(draft({ urls: [`${receiver.url}/a`], policy }));
    outbox.enqueue(draft({ urls: [`${receiver.url}/b`], policy }));
    await clock.advance(1_999);
    expect(receiver.received.map(({ path }) => path)).toEqual(['/a', '/a']);
    await clock.advance(1);
    expect(receiver.received.map(({ path }) => path)).toEqual(['/a', '/a', '/b']);
    await clock.advance(60_000);
    expect(receiver.received.map(({ path }) => path)).toEqual(['/a', '/a', '/b', '/a', '/a', '/a']);
  });

  test('does not hold up a virtual clock either where there is no order', async () => {
    const { outbox, clock, get } = outboxOf();
    const silent = await receive(() => {});
    const one = draft({ urls: [silent.url], policy: { ...impatient, orderedBy: undefined } });
    outbox.enqueue(one);
    const advanced = clock.advance(60_000);
    await until(() => paths(silent).length === 1);
    await pass(2_000);
    await advanced;
    expect(get(one.id)?.state).toBe('delivering');
  });

  test('leaves room for others at the same address, however many it leaves unanswered', async () => {
    const { outbox } = outboxOf({ perUrl: 2, perOrigin: 2 });
    let count = 0;
    let onSixth = (): void => {};
    const sixth = new Promise<void>((resolve) => (onSixth = resolve));
    const silent = await receive(() => ++count === 6 && onSixth());
    for (let n = 0; n < 6; n += 1) outbox.enqueue(draft({ urls: [silent.url], call: `call-${n}`, policy: impatient }));
    for (const taken of [2, 4]) {
      await until(() => count === taken);
      await pass(2_000);
    }
    await sixth;
    expect(silent.open()).toBe(6);
  });
});

describe('the fallback URL', () => {
  test('is tried once when the primary fails, and the call hears its answer once', async () => {
    const { outbox, answers, settled } = outboxOf();
    const primary = await receive((_callback, response) => response.writeHead(500).end());
    const fallback = await receive((_callback, response) => response.end('{"action":{"name":"hangup"}}'));
    const one = draft({ urls: [primary.url, fallback.url], policy: sinch, answerWanted: true });
    outbox.enqueue(one);
    expect(failures(await settled(one.id))).toEqual([500, 200]);
    expect(answers).toEqual([[one.id, { answered: true, status: 200, body: '{"action":{"name":"hangup"}}' }]]);
    expect(outbox.resend(one.id)).toBe('queued');
    await settled(one.id);
    expect(answers).toHaveLength(1);
  });

  test('when both fail, the call hears that nobody answered', async () => {
    const { outbox, answers, settled } = outboxOf();
    const one = draft({ urls: [await deadUrl(), await deadUrl()], policy: sinch, answerWanted: true });
    outbox.enqueue(one);
    await settled(one.id);
    expect(answers).toEqual([[one.id, { answered: false, reason: 'refused' }]]);
  });
});

describe('what was not delivered', () => {
  test('can be sent again, and shows all its attempts', async () => {
    const { outbox, settled } = outboxOf();
    let status = 500;
    const receiver = await receive((_callback, response) => response.writeHead(status).end());
    const one = draft({ urls: [receiver.url], policy: sinch });
    outbox.enqueue(one);
    await settled(one.id);
    status = 200;
    expect(outbox.resend(one.id)).toBe('queued');
    expect(outbox.resend(one.id)).toBe('not-settled');
    expect(failures(await settled(one.id))).toEqual([500, 200]);
    expect(outbox.resend('none')).toBe('not-found');
  });

  test('a fault fails every attempt without sending anything', async () => {
    const { outbox, settled, setFault } = outboxOf();
    const receiver = await receive();
    setFault({ name: 'callbacks' });
    const one = draft({ urls: [receiver.url], policy: sinch });
    outbox.enqueue(one);
    expect(failures(await settled(one.id))).toEqual(['fault']);
    expect(receiver.received).toEqual([]);
    setFault(undefined);
    outbox.resend(one.id);
    expect((await settled(one.id)).state).toBe('delivered');
  });
});

describe('limits', () => {
  test('settled callbacks are dropped oldest first, those under way never', async () => {
    const { outbox, settled } = outboxOf({ maxCallbacks: 3 });
    const receiver = await receive();
    const dead = await receive(() => {});
    const stuck = draft({ urls: [dead.url], call: 'stuck' });
    outbox.enqueue(stuck);
    const drafts = Array.from({ length: 5 }, () => draft({ urls: [receiver.url] }));
    for (const one of drafts) outbox.enqueue(one);
    await settled(drafts[4]?.id ?? '');
    expect(outbox.list().map(({ id }) => id)).toEqual([stuck.id, ...drafts.slice(2).map(({ id }) => id)]);
    expect([outbox.get(drafts[0]?.id ?? ''), outbox.resend(drafts[1]?.id ?? '')]).toEqual(['gone', 'gone']);
    expect(outbox.get('never')).toBeUndefined();
  });

  test('of an answer that no call waits for the beginning is kept, with a mark that says how long it was', async () => {
    const { outbox, settled } = outboxOf();
    // A character of two bytes stands across the cut.
    const body = 'x'.repeat(64 * 1024 - 1) + 'ü'.repeat(1000);
    const receiver = await receive((_callback, response) => response.writeHead(404).end(body));
    const one = draft({ urls: [receiver.url], policy: sinch });
    outbox.enqueue(one);
    const { attempts } = await settled(one.id);
    expect(attempts).toMatchObject([{ outcome: { status: 404, bodyBytes: 64 * 1024 - 1 + 2000 } }]);
    expect(attempts[0]?.outcome).toHaveProperty('body', 'x'.repeat(64 * 1024 - 1));
  });

  test('the call gets an answer whole that it waits for; of it, too, the beginning is kept', async () => {
    const { outbox, answers, settled } = outboxOf();
    const body = 'x'.repeat(200_000);
    const receiver = await receive((_callback, response) => response.end(body));
    const one = draft({ urls: [receiver.url], policy: sinch, answerWanted: true });
    outbox.enqueue(one);
    expect((await settled(one.id)).attempts[0]?.outcome).toHaveProperty('bodyBytes', 200_000);
    expect(answers).toEqual([[one.id, { answered: true, status: 200, body }]]);
  });

  test('long answers keep the outbox within its bytes, while callbacks wait and when they are settled', async () => {
    const maxBytes = 100_000;
    const { outbox, clock } = outboxOf({ maxBytes, maxPendingBytes: maxBytes });
    const receiver = await receive((_callback, response) => response.writeHead(404).end('x'.repeat(300_000)));
    let [most, texts] = [0, 0];
    outbox.onChange(() => {
      most = Math.max(most, outbox.bytes);
      texts = Math.max(texts, JSON.stringify(outbox.list()).length);
    });
    const drafts = Array.from({ length: 6 }, (_, n) => draft({ urls: [receiver.url], call: `call-${n}` }));
    for (const one of drafts) outbox.enqueue(one);
    await clock.advance(90_000);
    expect(receiver.received).toHaveLength(30);
    expect(most).toBeLessThanOrEqual(2 * maxBytes);
    expect(texts).toBeLessThanOrEqual(2 * maxBytes);
    // What had no room shows that something came.
    const outcomes = outbox.list().flatMap(({ attempts }) => attempts.map(({ outcome }) => outcome));
    expect(outcomes.every((outcome) => 'bodyBytes' in outcome && outcome.bodyBytes === 300_000)).toBe(true);
  });

  test('callbacks that wait are bounded in bytes; one more is undelivered at once', async () => {
    const { outbox, get } = outboxOf({ maxPendingBytes: 100_000 });
    const dead = await receive(() => {});
    const drafts = Array.from({ length: 4 }, () => draft({ urls: [dead.url], body: 'x'.repeat(40_000) }));
    for (const one of drafts) outbox.enqueue(one);
    expect(drafts.map(({ id }) => get(id)?.state)).toEqual(['delivering', 'queued', 'undelivered', 'undelivered']);
    expect(get(drafts[3]?.id ?? '')?.attempts).toMatchObject([
      {
        outcome: {
          failure: 'queue-full',
          detail: expect.stringMatching(
            /^it was not sent: 2 callbacks wait already, which have 8\d{4} bytes; limits\.pendingCallbackBytes \(100000\) leaves no room for it$/,
          ),
        },
      },
    ]);
    expect(outbox.bytes).toBeLessThan(200_000);
  });

  test.each<[whose: string, limits: OutboxLimits, waiting: number]>([
    ['nobody says anything', {}, 48],
    ['calls may weigh as much more', { maxLiveCallBytes: (96 + 64) * 2 ** 20 }, 48 + 32],
    ['calls may weigh less', { maxLiveCallBytes: 2 ** 20 }, 48],
    ['callbacks have a limit of their own', { maxLiveCallBytes: 2 ** 30, maxPendingBytes: 10 * 2 ** 20 }, 10],
  ])('where %s, they have so many MiB', async (_whose, limits, mebibytes) => {
    const { outbox } = outboxOf(limits);
    const dead = await receive(() => {});
    const body = 'x'.repeat(2 ** 20 - 10_000);
    for (let n = 0; n < 100; n += 1) outbox.enqueue(draft({ urls: [dead.url], body }));
    expect(outbox.pending).toBe(mebibytes);
  });

  test('of a callback that is sent again and again the latest attempts are kept, and it is said how many went', async () => {
    const { outbox, settled, setFault } = outboxOf();
    setFault({ name: 'callbacks' });
    const one = draft({ urls: ['http://localhost:9/'], policy: sinch });
    outbox.enqueue(one);
    for (let n = 1; n < 70; n += 1) {
      await settled(one.id);
      outbox.resend(one.id);
    }
    const { attempts, attemptsDropped } = await settled(one.id);
    expect([attempts.length, attemptsDropped]).toEqual([50, 20]);
  });

  test('beyond the queue’s limit a callback is undelivered at once, and says why', async () => {
    const { outbox, answers, get } = outboxOf({ maxPending: 1 });
    const dead = await receive(() => {});
    outbox.enqueue(draft({ urls: [dead.url] }));
    const one = draft({ urls: [dead.url], answerWanted: true });
    outbox.enqueue(one);
    const detail = 'it was not sent: as many callbacks as may wait already (1)';
    expect(get(one.id)?.attempts).toMatchObject([{ outcome: { failure: 'queue-full', detail } }]);
    expect(answers).toEqual([[one.id, { answered: false, reason: 'queue-full' }]]);
  });

  test('closing ends attempts under way and what waits behind them', async () => {
    const { outbox, settled } = outboxOf();
    const dead = await receive(() => {});
    const [one, next] = [draft({ urls: [dead.url] }), draft({ urls: [dead.url] })];
    outbox.enqueue(one);
    outbox.enqueue(next);
    outbox.close();
    expect(failures(await settled(one.id))).toEqual(['closed']);
    expect((await settled(next.id)).state).toBe('undelivered');
  });
});

describe('a callback that waits for something', () => {
  test('is sent in its turn with the body that came of it, and waits once only', async () => {
    const { outbox, settled } = outboxOf();
    const receiver = await receive();
    let prepared = 0;
    const prepare = async (): Promise<string> => `prepared ${(prepared += 1)}`;
    const first = draft({ urls: [receiver.url], prepare });
    const second = draft({ urls: [receiver.url] });
    outbox.enqueue(first);
    outbox.enqueue(second);
    await settled(second.id);
    expect(receiver.received.map(({ body }) => body)).toEqual(['prepared 1', second.body]);
    outbox.resend(first.id);
    await settled(first.id);
    expect(receiver.received.at(-1)?.body).toBe('prepared 1');
  });

  test('is sent as it is when that fails, which is told', async () => {
    const { outbox, settled, errors } = outboxOf();
    const receiver = await receive();
    const broken = draft({ urls: [receiver.url], prepare: () => Promise.reject(new Error('it broke')) });
    outbox.enqueue(broken);
    await settled(broken.id);
    expect(receiver.received.map(({ body }) => body)).toEqual([broken.body]);
    expect(errors.splice(0)).toMatchObject([{ message: 'it broke' }]);
  });
});
