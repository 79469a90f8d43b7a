import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Provider } from '../../src/contract/provider.ts';
import type { CallEvent } from '../../src/engine/event.ts';
import { evolve } from '../../src/engine/evolve.ts';
import type { ProviderContext } from '../../src/providers/provider-context.ts';
import { recordReactions } from './replayed-reactions.ts';

// Every conversation of the providers' tests is read again from its history alone. What would be found is tried here.

const opened: CallEvent = {
  call: 'c',
  seq: 1,
  atMs: 0,
  type: 'call-opened',
  provider: 'p',
  account: 'a',
  details: {},
};
const context = { fault: () => ({ name: 'speech' }) } as unknown as ProviderContext;

/** A provider that ends each call as soon as it is opened, for a reason of its own. */
const ending = (reason: (event: CallEvent) => string): Provider<undefined> => ({
  name: 'p',
  routes: () => {},
  initial: undefined,
  evolve: () => undefined,
  react: (event) => ({
    commands: [{ call: event.call, command: { type: 'note', name: reason(event), data: undefined } }],
  }),
});

function differencesOf(make: (given: ProviderContext) => Provider<undefined>): readonly string[] {
  const recorded = recordReactions(make(context));
  recorded.provider.react(opened, undefined, evolve(undefined, opened));
  return recorded.differences(make, context);
}

test('what follows from the events is the same when they are read again', () => {
  expect(differencesOf(() => ending(({ seq }) => `after ${seq}`))).toEqual([]);
});

test('an id out of thin air is found', () => {
  expect(differencesOf(() => ending(() => randomUUID()))).toHaveLength(1);
});

test('a fault that is asked for when it matters is found', () => {
  expect(() => differencesOf(({ fault }) => ending(() => fault('speech')?.name ?? 'none'))).toThrow('asks for a fault');
});

test('a state whose members come in another order is found', () => {
  const members = (event: CallEvent): object => (event.seq === 1 ? { one: 1, two: 2 } : { two: 2, one: 1 });
  const recorded = recordReactions({ ...ending(() => 'same'), evolve: (_state, event) => members(event) as never });
  const noted: CallEvent = { call: 'c', seq: 2, atMs: 0, type: 'noted', name: 'n', data: undefined };
  for (const event of [opened, noted]) recorded.provider.react(event, undefined, evolve(undefined, opened));
  const again = { ...ending(() => 'same'), evolve: (_state: unknown, event: CallEvent) => members(event) as never };
  expect(recorded.differences(() => again, context)).toEqual(['c 2: the state has two one']);
});
