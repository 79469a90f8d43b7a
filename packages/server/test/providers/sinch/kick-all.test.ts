import { expect, test } from 'vitest';
import type { Command } from '../../../src/engine/command.ts';
import { emptyRoom, type RoomState } from '../../../src/providers/sinch/state/room-state.ts';
import type { OperationParts, OperationRequest } from '../../../src/providers/sinch/requests/operation.ts';
import { kickAll } from '../../../src/providers/sinch/operations/kick-all.ts';

/** Kicks everybody out of a conference; tells what was commanded at once, and what by the end. */
async function kicked(size: number) {
  let { present } = emptyRoom('room', 'app', 'crowd');
  for (let n = 1; n <= size; n++) present = present.with({ id: `leg-${n}` });
  const room: RoomState = { ...emptyRoom('room', 'app', 'crowd'), present };
  const commands: Command[] = [];
  let over: Promise<unknown> = Promise.resolve();
  const parts = {
    conferences: { find: () => room },
    switchboard: { dispatch: (_call: string, command: Command) => commands.push(command) },
    clock: { awaiting: (work: Promise<unknown>) => (over = work) },
  } as unknown as OperationParts;
  kickAll.carryOut(
    new Uint8Array(0),
    { params: { conferenceId: 'crowd' }, account: { applicationKey: 'app' } } as unknown as OperationRequest,
    parts,
  );
  const atOnce = commands.length;
  await over;
  return { atOnce, commands };
}

test('a small conference ends at once', async () => {
  expect(await kicked(100)).toEqual({ atOnce: 1, commands: [{ type: 'end-call', cause: 'dropped' }] });
});

test('a large conference ends over several turns of the event loop, and nobody is left out', async () => {
  const { atOnce, commands } = await kicked(250);
  expect(atOnce).toBe(100);
  expect(commands.flatMap((command) => (command.type === 'end-leg' ? [command.leg] : []))).toEqual(
    Array.from({ length: 200 }, (_, at) => `leg-${at + 1}`),
  );
  expect(commands.at(-1)).toEqual({ type: 'end-call', cause: 'dropped' });
});
