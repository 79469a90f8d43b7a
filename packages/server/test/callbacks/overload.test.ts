import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { Outbox, type OutboxLimits } from '../../src/callbacks/outbox.ts';
import type { CallClock } from '../../src/contract/clock.ts';
import type { DeliveryPolicy } from '../../src/contract/delivery-policy.ts';
import { RealClock } from '../../src/switchboard/real-clock.ts';
import { createVirtualClock } from '../../src/switchboard/virtual-clock.ts';
import { startReceiver } from '../server/receiver.ts';

// More callbacks than their receivers take at once wait at the outbox's gates. Time is stood in for, and an answer comes
// when the test gives it: what is under test is whom a callback that waits there holds back, and who goes first.
beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] }));
afterEach(() => vi.useRealTimers());

/** In order per call; the next one waits for two seconds at most. The second attempt is made after one. */
const policy: DeliveryPolicy = {
  orderedBy: 'call',
  holdsBackMs: 2_000,
  attemptsPerUrl: 3,
  backoffMs: [1_000, 10_000],
  timeoutMs: 60_000,
  authenticate: async () => [],
};

function outboxOf(limits: OutboxLimits, clock: CallClock = new RealClock()) {
  const outbox = new Outbox({
    clock,
    wallNow: () => new Date(),
    policyOf: () => policy,
    urlRules: { strict: false, allowPublicHttp: false },
    onAnswer: () => {},
    onInternalError: () => {},
    limits,
  });
  onTestFinished(() => outbox.close());
  const send = (call: string, ...urls: string[]): void => {
    for (const url of urls) {
      const delivery = { provider: 'tried', policy: 'tried', account: 'a' };
      const draft = { id: url, call, event: 'e', urls: [url], body: '{}', headers: [], delivery, answerWanted: false };
      outbox.enqueue(draft);
    }
  };
  /** Resolves when an attempt at a URL is over. */
  const noted = (url: string): Promise<void> =>
    new Promise((resolve) => {
      const stop = outbox.onChange(({ id, attempts }) => {
        if (id !== url || attempts.length === 0) return;
        stop();
        resolve();
      });
    });
  return { send, noted };
}

/** A receiver that answers when it is told to. */
async function receiveByHand() {
  const open = new Map<string, ServerResponse>();
  let onArrival = (): void => {};
  const receiver = await startReceiver(({ path }, response) => {
    open.set(path, response);
    onArrival();
  });
  onTestFinished(() => receiver.close());
  /** The response to the callback of a path, once it has come. */
  const arrived = async (path: string): Promise<ServerResponse> => {
    for (;;) {
      const response = open.get(path);
      open.delete(path);
      if (response) return response;
      await new Promise<void>((resolve) => (onArrival = resolve));
    }
  };
  return { url: receiver.url, arrived, paths: () => receiver.received.map(({ path }) => path) };
}

const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

test.each([
  ['one address', { perUrl: 1 }, () => '/'],
  ['one host, an address for each call', { perOrigin: 1 }, (call: string) => `/${call}`],
])(
  'what is refused comes again before the next of its call, however many others wait: at %s',
  async (_where, limits, pathOf) => {
    const { url, arrived, paths } = await receiveByHand();
    const { send, noted } = outboxOf(limits);
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((call) => `${pathOf(call)}?${call}`) as [
      string,
      string,
      string,
      string,
    ];
    const [first, second] = [`${pathOf('e')}?first`, `${pathOf('e')}?second`];
    send('a', url + a);
    send('b', url + b);
    send('e', url + first, url + second);
    send('c', url + c);
    send('d', url + d);

    // The first of two waits for three seconds, and is refused.
    for (const path of [a, b]) {
      const response = await arrived(path);
      await pass(1_500);
      response.end();
    }
    const refused = noted(url + first);
    (await arrived(first)).writeHead(503).end();
    await refused;
    // A second later there is no place for it. It gets the next one.
    const response = await arrived(c);
    await pass(1_900);
    response.end();
    for (const path of [first, d, second]) (await arrived(path)).end();
    expect(paths()).toEqual([a, b, first, c, first, d, second]);
  },
);

test('what holds back nobody any more comes again after those who wait already', async () => {
  const { url, arrived, paths } = await receiveByHand();
  const { send, noted } = outboxOf({ perUrl: 1 });
  send('one', `${url}/?refused`, `${url}/?next`);
  for (const pauseMs of [1_000, 1_000]) {
    const refused = noted(`${url}/?refused`);
    (await arrived('/?refused')).writeHead(503).end();
    await refused;
    await pass(pauseMs);
  }
  (await arrived('/?next')).end();
  // Ten seconds after the second refusal it is tried a third time.
  await pass(8_000);
  send('two', `${url}/?busy`);
  send('three', `${url}/?waits`);
  const response = await arrived('/?busy');
  await pass(1_000);
  response.end();
  for (const path of ['/?waits', '/?refused']) (await arrived(path)).end();
  expect(paths()).toEqual(['/?refused', '/?refused', '/?next', '/?busy', '/?waits', '/?refused']);
});

test('those who wait for a receiver that answers nobody hold back their calls for two seconds', async () => {
  const silent = await receiveByHand();
  const alive = await receiveByHand();
  const { send } = outboxOf({ perUrl: 1 });
  send('one', `${silent.url}/?a`);
  await silent.arrived('/?a');
  await pass(1_000);
  send('two', `${silent.url}/?b`, `${alive.url}/?next`);
  send('three', `${silent.url}/?c`, `${alive.url}/?last`);
  // The place is given on after two seconds; whoever gets it then has two of his own.
  await pass(1_000);
  await silent.arrived('/?b');
  await pass(999);
  expect(alive.paths()).toEqual([]);
  await pass(1);
  (await alive.arrived('/?last')).end();
  await pass(1_000);
  await alive.arrived('/?next');
  expect([silent.paths().slice(0, 2), alive.paths()]).toEqual([
    ['/?a', '/?b'],
    ['/?last', '/?next'],
  ]);
});

test('a virtual clock waits for them no longer than that and their own two seconds, however many there are', async () => {
  const clock = createVirtualClock();
  const { url, arrived } = await receiveByHand();
  const { send } = outboxOf({ perUrl: 1 }, clock);
  for (let call = 0; call < 50; call += 1) send(`${call}`, `${url}/?${call}`);
  await arrived('/?0');
  const settled = clock.settle();
  // Two seconds for a place, and two more for the answer of the one that got it.
  await pass(2_000);
  await arrived('/?1');
  await pass(2_000);
  await settled;
});
