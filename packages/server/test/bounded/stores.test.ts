import { expect, test } from 'vitest';
import { BoundedSet } from '../../src/bounded/bounded-set.ts';
import { bounds, type StoreName } from '../../src/bounded/bounds.ts';
import { FaultBoard } from '../../src/control/fault-board.ts';
import { DiagnosisQueue } from '../../src/exchanges/diagnosis-queue.ts';
import { PhoneBook } from '../../src/phones/phone-book.ts';
import { RepeatableAnswers } from '../../src/providers/acs/repeatability.ts';
import { Applications } from '../../src/providers/sinch/applications.ts';
import { Conferences } from '../../src/providers/sinch/conferences/conferences.ts';
import { createVirtualClock } from '../../src/switchboard/virtual-clock.ts';
import { deferredSwitchboard } from '../../src/switchboard/deferred-switchboard.ts';

/** So many entries of this size are twice what a store may hold. */
const twice = (store: StoreName, each: number): number => Math.ceil((2 * bounds[store].bytes) / each);
const text = (length: number, n: number): string => `${n}-`.padEnd(length, 'x');

test('answers to repeatable requests: ids as long as headers may be, and whole answers', () => {
  const answers = new RepeatableAnswers();
  const count = twice('repeatable-answers', 20_000);
  for (let n = 0; n < count; n += 1) answers.set(text(10_000, n), { status: 200, body: { text: text(10_000, n) } });
  expect(answers.bytes).toBeLessThanOrEqual(bounds['repeatable-answers'].bytes);
  expect(answers.get(text(10_000, 0))).toBeUndefined();
  expect(answers.get(text(10_000, count - 1))).toBeDefined();
});

test.each(['deleted-identities', 'deleted-recordings'] as const)('%s: the ids that were deleted last', (store) => {
  const deleted = new BoundedSet(store);
  const count = twice(store, 15_000);
  for (let n = 0; n < count; n += 1) deleted.add(text(15_000, n));
  expect(deleted.bytes).toBeLessThanOrEqual(bounds[store].bytes);
  expect([deleted.has(text(15_000, 0)), deleted.has(text(15_000, count - 1))]).toEqual([false, true]);
  for (let n = 0; n < 2 * bounds[store].items; n += 1) deleted.add(`id-${n}`);
  expect([deleted.has('id-0'), deleted.has(`id-${2 * bounds[store].items - 1}`)]).toEqual([false, true]);
});

test('faults: one more than there may be is not switched on, and no other is switched off for it', () => {
  const board = new FaultBoard();
  for (let n = 0; n < bounds.faults.items; n += 1) board.switchOn({ name: `fault-${n}` });
  expect(() => board.switchOn({ name: 'one-more' })).toThrow(/"one-more" is not switched on: 100 others are/);
  board.switchOn({ name: 'fault-0', status: 503 });
  expect([board.list().length, board.get('fault-0'), board.get('one-more')]).toEqual([
    100,
    { name: 'fault-0', status: 503 },
    undefined,
  ]);
  board.clear();
  expect(board.list()).toEqual([]);
});

test('scripts of phones: the one that was set first goes back to the default', () => {
  const switchboard = {
    dispatch: () => ({ ok: false, refused: 'call-not-found', summary: '' }) as const,
    onEvent: () => () => {},
  };
  const book = new PhoneBook({
    switchboard,
    clock: createVirtualClock(),
    dial: () => ({ ok: false, refused: 'number-not-found', summary: '' }),
  });
  const steps = [{ do: 'say', text: 'x'.repeat(5_000) }] as const;
  const count = twice('phone-scripts', 5_000);
  for (let n = 0; n < count; n += 1) book.setScript(`+1555${n}`, { pickUp: 'answer', steps: [...steps] });
  const kept = JSON.stringify(book.phones().map(({ script }) => script)).length;
  expect(kept).toBeLessThanOrEqual(bounds['phone-scripts'].bytes);
  expect([book.script('+15550'), book.script(`+1555${count - 1}`)]).toMatchObject([{ pickUp: 'answer' }, { steps }]);
  expect(book.script('+15550')).not.toHaveProperty('steps');
});

test('numbers of Sinch applications: one more than there is room for is refused, and none is forgotten', () => {
  const account = {
    provider: 'sinch',
    applicationKey: 'app',
    numbers: ['+12065550100'],
    callbacks: {},
  } as never;
  const applications = new Applications([account]);
  const count = twice('number-assignments', 2_000);
  const taken = Array.from({ length: count }, (_, n) => applications.assign(text(1_000, n), 'voice', 'app'));
  expect(taken.filter(Boolean).length).toBeLessThanOrEqual(count / 2);
  expect([taken[0], taken.at(-1), applications.ownerOf('+12065550100')]).toEqual([true, false, 'app']);
  expect(applications.assign(text(1_000, 0), 'voice', 'app')).toBe(true);
  applications.reset();
  expect(applications.numbers()).toHaveLength(1);
});

test('rooms of conferences: names as long as a body do not pile up', () => {
  let ids = 0;
  const switchboard = deferredSwitchboard(() => ({ call: () => undefined }) as never);
  const conferences = new Conferences(switchboard, () => `room-${(ids += 1)}`);
  const first = conferences.roomFor('app', 'first');
  const count = twice('conferences', 50_000);
  for (let n = 0; n < count; n += 1) conferences.roomFor('app', text(50_000, n));
  expect(conferences.roomFor('app', text(50_000, count - 1))).toBe(`room-${count + 1}`);
  expect(conferences.roomFor('app', 'first')).not.toBe(first);
});

test('searches that wait: requests of a megabyte each, with ever new targets', async () => {
  const queue = new DiagnosisQueue({ onInternalError: () => {} });
  const body = new Uint8Array(1_000_000);
  const message = { method: 'POST', target: '/', headers: [], body };
  const job = {
    scheme: 'acs-hmac',
    credential: { secret: 'x' },
    alsoSecrets: [],
    message,
    nowMs: 0,
    publicHosts: [],
    callerHoldsKey: false,
  };
  for (let n = 0; n < 40; n += 1) queue.add({ key: `key-${n}`, job, onResult: () => {} });
  expect(queue.waitingBytes).toBeLessThanOrEqual(bounds['brief-searches'].bytes + bounds['long-searches'].bytes);
  expect(queue.waitingBytes).toBeGreaterThan(1_000_000);
  await queue.close();
  expect(queue.waitingBytes).toBe(0);
});
