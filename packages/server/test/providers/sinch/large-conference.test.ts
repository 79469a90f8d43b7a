import { expect, test } from 'vitest';
import type { Call } from '../../../src/engine/call.ts';
import { MemoryCallStore } from '../../../src/engine/memory-store.ts';
import type { SinchAccount } from '../../../src/providers/sinch/accounts/account.ts';
import type { ProviderContext } from '../../../src/providers/provider-context.ts';
import type { RoomState } from '../../../src/providers/sinch/state/room-state.ts';
import { createSinchProvider } from '../../../src/providers/sinch/provider.ts';
import { createSwitchboard } from '../../../src/switchboard/create-switchboard.ts';
import { deferredSwitchboard } from '../../../src/switchboard/deferred-switchboard.ts';
import type { SwitchboardProblem } from '../../../src/switchboard/problem.ts';
import { createVirtualClock } from '../../../src/switchboard/virtual-clock.ts';

/** With work for each pair of them, or each three, these would take minutes. */
const size = 800;

test('a conference of many comes together, is muted, and is left by some and ended for the rest', () => {
  const { give, switchboard, problems, room } = conference();
  const { id, legs: members } = room();
  const legs = members.map((leg) => leg.id);
  expect(legs).toHaveLength(size);
  for (const leg of legs) give(id, { type: 'mute', leg, muted: true });
  expect(room().legs.every(({ muted }) => muted)).toBe(true);

  for (const leg of legs.slice(0, size / 2)) give(id, { type: 'end-leg', leg, cause: 'hung-up' });
  expect(switchboard.providerState<RoomState>(id)?.members).toHaveLength(size / 2);
  give(id, { type: 'end-call', cause: 'dropped' });
  expect(switchboard.calls().filter(({ endedAtMs }) => endedAtMs === undefined)).toEqual([]);
  expect(problems).toEqual([]);
});

function conference() {
  let ids = 0;
  const problems: SwitchboardProblem[] = [];
  const clock = createVirtualClock();
  const newId = (): string => `id-${++ids}`;
  const context: ProviderContext<SinchAccount> = {
    switchboard: deferredSwitchboard(() => switchboard),
    clock,
    wallNow: () => new Date(),
    newId,
    accounts: [],
    serverUrl: () => 'http://localhost',
    strict: false,
    strictCallbacks: false,
    onProblem: () => {},
    fault: () => undefined,
  };
  const switchboard = createSwitchboard({
    store: new MemoryCallStore({ maxEndedCalls: 10 * size }),
    clock,
    newId,
    providers: [createSinchProvider(context)],
    prepareMedia: () => new Promise(() => {}),
    enqueue: () => {},
    onProblem: (problem) => problems.push(problem),
  });
  const give = (call: string, command: Parameters<typeof switchboard.dispatch>[1]): void => {
    const result = switchboard.dispatch(call, command);
    if (!result.ok) throw new Error(result.summary);
  };
  for (let index = 0; index < size; index++) {
    const call = `call-${index}`;
    const leg = `${call}.callee`;
    give(call, {
      type: 'open-call',
      provider: 'sinch',
      account: 'key',
      details: {
        kind: 'call',
        origin: 'conference',
        from: '+46700000000',
        to: { type: 'number', endpoint: '+46700000001' },
        domain: 'pstn',
        forwardedHeaders: [],
        callbacks: { ace: false, pie: false, dice: false },
        inline: {},
        whenAnswered: {
          instructions: [],
          action: { name: 'connectConf', conferenceId: 'room', conferenceDtmfOptions: {} },
        },
      },
      legs: [{ leg, party: { kind: 'phone', number: '+46700000001' }, direction: 'outbound', ringTimeoutMs: 60_000 }],
    });
    give(call, { type: 'answer', leg });
  }
  const room = (): Call => {
    const found = switchboard.calls().find(({ id }) => switchboard.providerState<RoomState>(id)?.kind === 'room');
    if (!found) throw new Error('there is no room');
    return found;
  };
  return { give, switchboard, problems, room };
}
