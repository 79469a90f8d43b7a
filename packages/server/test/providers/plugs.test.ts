import { expect, test } from 'vitest';
import type { Switchboard } from '../../src/contract/switchboard.ts';
import { bounds } from '../../src/bounded/bounds.ts';
import { createHttpApp } from '../../src/http/app.ts';
import { Journal } from '../../src/exchanges/journal.ts';
import { plugs } from '../../src/plugs.ts';
import type { ProviderPlug } from '../../src/providers/plug.ts';
import { createVirtualClock } from '../../src/switchboard/virtual-clock.ts';

const repeated = (names: readonly string[]): string[] => names.filter((name, index) => names.indexOf(name) !== index);

test('what providers bring along is told apart by its name: faults, and what is kept', () => {
  expect(repeated(['callbacks', 'speech', 'media', ...plugs.flatMap(({ faults }) => Object.keys(faults))])).toEqual([]);
  const kept = plugs.flatMap((plug) => Object.keys(plug.bounds));
  expect(repeated([...Object.keys(bounds), ...kept])).toEqual([]);
});

test.each(plugs.map((plug): [string, ProviderPlug] => [plug.name, plug]))(
  'making %s and its routes begins nothing: no listening, no command, no timer',
  async (_name, plug) => {
    const used: string[] = [];
    const told = (what: string) => (): never => {
      used.push(what);
      throw new Error(`${what} is used`);
    };
    const switchboard = new Proxy({} as Switchboard, {
      get: (_target, member) => told(`switchboard.${String(member)}`),
    });
    const provider = plug.create(
      {
        switchboard,
        clock: { ...createVirtualClock(), after: told('clock.after'), awaiting: told('clock.awaiting') },
        wallNow: () => new Date(),
        newId: () => 'id',
        accounts: [plug.account.development()],
        serverUrl: () => 'http://localhost',
        strict: false,
        strictCallbacks: false,
        onProblem: told('onProblem'),
        fault: () => undefined,
      },
      undefined,
      '.',
    );
    const http = createHttpApp({
      journal: new Journal(() => new Date()),
      bodyLimitBytes: 1,
      onInternalError: () => {},
    });
    http.register(async (scope) => provider.routes(scope));
    await http.ready();
    await http.close();
    await provider.close?.();
    expect(used).toEqual([]);
  },
);
