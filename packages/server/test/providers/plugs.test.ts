import { expect, test } from 'vitest';
import { bounds } from '../../src/bounded/bounds.ts';
import { plugs } from '../../src/plugs.ts';

const repeated = (names: readonly string[]): string[] => names.filter((name, index) => names.indexOf(name) !== index);

test('what providers bring along is told apart by its name: faults, and what is kept', () => {
  expect(repeated(['callbacks', 'speech', 'media', ...plugs.flatMap(({ faults }) => Object.keys(faults))])).toEqual([]);
  const kept = plugs.flatMap((plug) => Object.keys(plug.bounds));
  expect(repeated([...Object.keys(bounds), ...kept])).toEqual([]);
});
