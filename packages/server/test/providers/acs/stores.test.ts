import { expect, test } from 'vitest';
import { BoundedSet } from '../../../src/bounded/bounded-set.ts';
import type { CallbackDraft } from '../../../src/contract/callback-draft.ts';
import { EventGrid } from '../../../src/providers/acs/event-grid/event-grid.ts';
import { acsBounds } from '../../../src/providers/acs/protocol/bounds.ts';
import { RepeatableAnswers } from '../../../src/providers/acs/requests/repeatability.ts';
import { Rooms } from '../../../src/providers/acs/resource/rooms.ts';
import { text, twice } from '../../bounded/twice-as-much.ts';

test('answers to repeatable requests: ids as long as headers may be, and whole answers', () => {
  const answers = new RepeatableAnswers();
  const count = twice(acsBounds['repeatable-answers'], 20_000);
  for (let n = 0; n < count; n += 1) answers.set(text(10_000, n), { status: 200, body: { text: text(10_000, n) } });
  expect(answers.bytes).toBeLessThanOrEqual(acsBounds['repeatable-answers'].bytes);
  expect(answers.get(text(10_000, 0))).toBeUndefined();
  expect(answers.get(text(10_000, count - 1))).toBeDefined();
});

test.each(['deleted-identities', 'deleted-recordings'] as const)('%s: the ids that were deleted last', (store) => {
  const deleted = new BoundedSet(acsBounds[store]);
  const count = twice(acsBounds[store], 15_000);
  for (let n = 0; n < count; n += 1) deleted.add(text(15_000, n));
  expect(deleted.bytes).toBeLessThanOrEqual(acsBounds[store].bytes);
  expect([deleted.has(text(15_000, 0)), deleted.has(text(15_000, count - 1))]).toEqual([false, true]);
  for (let n = 0; n < 2 * acsBounds[store].items; n += 1) deleted.add(`id-${n}`);
  expect([deleted.has('id-0'), deleted.has(`id-${2 * acsBounds[store].items - 1}`)]).toEqual([false, true]);
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
  const count = twice(acsBounds['event-grid-events'], 5_000);
  const type = 'Microsoft.Communication.SMSReceived';
  const announced = Array.from({ length: count }, (_, n) =>
    grid.announce('r', { id: `${n}`, type, subject: '', data: { message: text(5_000, n) } }, { atMs: 0 }),
  ).flat();
  expect(announced).toHaveLength(1);
  const [{ body, onAnswer }] = announced as [CallbackDraft];
  const [{ data }] = JSON.parse(body) as [{ data: { validationCode: string } }];
  onAnswer?.({ answered: true, status: 200, body: JSON.stringify({ validationResponse: data.validationCode }) });
  expect(delivered.join('').length).toBeLessThanOrEqual(acsBounds['event-grid-events'].bytes);
  expect(delivered.at(-1)).toContain(text(5_000, count - 1));
});

test('rooms of Communication Services: the oldest goes', () => {
  const rooms = new Rooms();
  const now = new Date(0);
  const made = { resourceId: 'r', createdAt: now, validFrom: now, validUntil: now, pstnDialOutEnabled: false };
  const count = twice(acsBounds['rooms'], 20_000);
  for (let n = 0; n < count; n += 1) {
    rooms.set({ ...made, id: `${n}`, participants: [{ rawId: text(20_000, n), role: 'Attendee' }] });
  }
  expect(rooms.bytes).toBeLessThanOrEqual(acsBounds.rooms.bytes);
  expect([rooms.find('r', '0'), rooms.find('r', `${count - 1}`)?.id]).toEqual([undefined, `${count - 1}`]);
});
