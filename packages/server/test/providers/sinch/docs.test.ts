import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { operations } from '../../../src/providers/sinch/operations/operations.ts';
import { sinch } from '../../../src/providers/sinch/plug.ts';
import { actionRules } from '../../../src/providers/sinch/program/actions.ts';
import { instructionRules } from '../../../src/providers/sinch/program/instructions.ts';

const rowsOf = (page: string): string[][] =>
  readFileSync(new URL(`../../../../../docs/${page}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[\s|-]+$/.test(line))
    .map((line) => line.split('|').slice(1, -1))
    .map((cells) => cells.map((cell) => cell.trim()));

test('the page of operations names every route that is served', () => {
  const documented = rowsOf('sinch-operations.md')
    .map(([request = '']) => /^`((?:GET|POST|PATCH|DELETE) [^`]+)`/.exec(request)?.[1])
    .filter((request) => request !== undefined);
  const served = operations.map(({ method, path }) => `${method} ${path}`);
  expect(new Set(documented)).toEqual(new Set(served));
});

test('the page of operations names every SVAML element and where it is allowed', () => {
  const short = { ice: 'ICE', ace: 'ACE', pie: 'PIE', manage: 'PATCH' } as const;
  const done = rowsOf('sinch-operations.md')
    .filter(([, , state = '']) => state.startsWith('done'))
    .map(([name = '', places = '']) => [name.replaceAll('`', ''), places]);
  for (const { name, places } of [...actionRules, ...instructionRules]) {
    expect(done).toContainEqual([name, places.map((place) => short[place]).join(' ')]);
  }
});

test('the page of Sinch names every fault', () => {
  const page = readFileSync(new URL('../../../../../docs/sinch.md', import.meta.url), 'utf8');
  for (const name of Object.keys(sinch.faults)) expect(page).toContain(`{"name":"${name}",`);
});
