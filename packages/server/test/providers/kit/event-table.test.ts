import { expect, test } from 'vitest';
import { atEvent, type EventTable, foldBy, type FoldTable } from '../../../src/providers/kit/event-table.ts';
import { providerNotes } from '../../../src/providers/kit/notes.ts';
import { perAccount } from '../../../src/providers/kit/per-account.ts';

type Traffic = { readonly type: 'came'; readonly who: string } | { readonly type: 'went' } | { readonly type: 'stood' };

test('at an event is done what the table lists for its type, in this order, and nothing for a type that it does not list', () => {
  const table: EventTable<Traffic, [suffix: string], string> = {
    came: [({ who }, suffix) => `greet ${who}${suffix}`, ({ who }) => `seat ${who}`],
    went: [() => 'wave'],
  };
  expect(atEvent(table, { type: 'came', who: 'Ada' }, '!')).toEqual(['greet Ada!', 'seat Ada']);
  expect(atEvent(table, { type: 'went' }, '!')).toEqual(['wave']);
  expect(atEvent(table, { type: 'stood' }, '!')).toEqual([]);
});

test('a fold hands each step what the one before it made', () => {
  const table: FoldTable<Traffic, number, [by: number]> = {
    came: [(state, _event, by) => state + by, (state) => state * 10],
  };
  expect(foldBy(table, 1, { type: 'came', who: 'Ada' }, 2)).toBe(30);
  expect(foldBy(table, 1, { type: 'stood' }, 2)).toBe(1);
});

test('a note is read by its name, also where its data is nothing and where nothing comes of it', () => {
  const { byNote } = providerNotes<{ readonly seen: string; readonly gone: undefined }>();
  const told: string[] = [];
  const step = byNote<[who: string], void>(
    { seen: (where, { seq }, who) => void told.push(`${who} saw ${where} ${seq}`), gone: () => void told.push('gone') },
    (who) => void told.push(`${who} knows nothing`),
  );
  const noted = { type: 'noted', call: 'c', seq: 7, atMs: 0 } as const;
  step({ ...noted, name: 'seen', data: 'land' }, 'Ada');
  step({ ...noted, name: 'gone', data: undefined }, 'Ada');
  step({ ...noted, name: 'toString', data: 1 }, 'Ada');
  expect(told).toEqual(['Ada saw land 7', 'gone', 'Ada knows nothing']);
});

test('what is made for an account is made once', () => {
  const made: string[] = [];
  const policyOf = perAccount((account) => ({ account, nth: made.push(account) }));
  expect(policyOf('a')).toBe(policyOf('a'));
  expect(policyOf('b')).toEqual({ account: 'b', nth: 2 });
  expect(made).toEqual(['a', 'b']);
});
