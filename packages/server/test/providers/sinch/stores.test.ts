import { expect, test } from 'vitest';
import { Applications } from '../../../src/providers/sinch/accounts/applications.ts';
import { Conferences } from '../../../src/providers/sinch/conferences/conferences.ts';
import { sinchBounds } from '../../../src/providers/sinch/protocol/bounds.ts';
import { deferredSwitchboard } from '../../../src/switchboard/deferred-switchboard.ts';
import { text, twice } from '../../bounded/twice-as-much.ts';

test('numbers of Sinch applications: one more than there is room for is refused, and none is forgotten', () => {
  const account = {
    provider: 'sinch',
    applicationKey: 'app',
    numbers: ['+12065550100'],
    callbacks: {},
  } as never;
  const applications = new Applications([account]);
  const count = twice(sinchBounds['number-assignments'], 2_000);
  const taken = Array.from({ length: count }, (_, n) => applications.assign(text(1_000, n), 'voice', 'app'));
  expect(taken.filter(Boolean).length).toBeLessThanOrEqual(count / 2);
  expect([taken[0], taken.at(-1), applications.ownerOf('+12065550100')]).toEqual([true, false, 'app']);
  expect(applications.assign(text(1_000, 0), 'voice', 'app')).toBe(true);
  applications.reset();
  expect(applications.numbers()).toHaveLength(1);
});

test('rooms of conferences: names as long as a body do not pile up', () => {
  const switchboard = deferredSwitchboard(() => ({ call: () => undefined, callBy: () => undefined }) as never);
  const conferences = new Conferences(switchboard);
  expect(conferences.roomFor('app', 'first', 'room-1')).toBe('room-1');
  const count = twice(sinchBounds['conferences'], 50_000);
  for (let n = 0; n < count; n += 1) conferences.roomFor('app', text(50_000, n), `of ${n}`);
  expect(conferences.roomFor('app', text(50_000, count - 1), 'another')).toBe(`of ${count - 1}`);
  expect(conferences.roomFor('app', 'first', 'room-2')).toBe('room-2');
});
