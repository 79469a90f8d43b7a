import { expect, test } from 'vitest';
import { BoundedSet } from '../../src/bounded/bounded-set.ts';
import { bounds, type StoreName } from '../../src/bounded/bounds.ts';
import { FaultBoard } from '../../src/control/fault-board.ts';
import { PhoneBook } from '../../src/phones/phone-book.ts';
import type { CallbackDraft } from '../../src/contract/callback-draft.ts';
import { EventGrid } from '../../src/providers/acs/event-grid/event-grid.ts';
import { RepeatableAnswers } from '../../src/providers/acs/requests/repeatability.ts';
import { Rooms } from '../../src/providers/acs/resource/rooms.ts';
import { Applications } from '../../src/providers/sinch/accounts/applications.ts';
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

test('events for an endpoint that does not prove that it wants them: the newest of them are kept', () => {
  const delivered: string[] = [];
  const endpoint = { endpoint: 'http://localhost/events' };
  const account = {
    provider: 'acs',
    resourceId: 'r',
    credentials: [],
    numbers: [],
    eventGridSubscriptions: [endpoint],
  };
  const grid = new EventGrid(
    [account as never],
    ({ body }) => delivered.push(body),
    () => {},
  );
  const count = twice('event-grid-events', 5_000);
  const type = 'Microsoft.Communication.SMSReceived';
  const announced = Array.from({ length: count }, (_, n) =>
    grid.announce('r', { id: `${n}`, type, subject: '', data: { message: text(5_000, n) } }, { atMs: 0 }),
  ).flat();
  expect(announced).toHaveLength(1);
  const [{ body, onAnswer }] = announced as [CallbackDraft];
  const [{ data }] = JSON.parse(body) as [{ data: { validationCode: string } }];
  onAnswer?.({ answered: true, status: 200, body: JSON.stringify({ validationResponse: data.validationCode }) });
  expect(delivered.join('').length).toBeLessThanOrEqual(bounds['event-grid-events'].bytes);
  expect(delivered.at(-1)).toContain(text(5_000, count - 1));
});

test('rooms of Communication Services: the oldest goes', () => {
  const rooms = new Rooms();
  const now = new Date(0);
  const made = { resourceId: 'r', createdAt: now, validFrom: now, validUntil: now, pstnDialOutEnabled: false };
  const count = twice('rooms', 20_000);
  for (let n = 0; n < count; n += 1) {
    rooms.set({ ...made, id: `${n}`, participants: [{ rawId: text(20_000, n), role: 'Attendee' }] });
  }
  expect(rooms.bytes).toBeLessThanOrEqual(bounds.rooms.bytes);
  expect([rooms.find('r', '0'), rooms.find('r', `${count - 1}`)?.id]).toEqual([undefined, `${count - 1}`]);
});

test('rooms of conferences: names as long as a body do not pile up', () => {
  const switchboard = deferredSwitchboard(() => ({ call: () => undefined, callBy: () => undefined }) as never);
  const conferences = new Conferences(switchboard);
  expect(conferences.roomFor('app', 'first', 'room-1')).toBe('room-1');
  const count = twice('conferences', 50_000);
  for (let n = 0; n < count; n += 1) conferences.roomFor('app', text(50_000, n), `of ${n}`);
  expect(conferences.roomFor('app', text(50_000, count - 1), 'another')).toBe(`of ${count - 1}`);
  expect(conferences.roomFor('app', 'first', 'room-2')).toBe('room-2');
});
