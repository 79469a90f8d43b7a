import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

// npm warns of each package that wants a newer Node than there is. Where the newest version does, an older one is taken: the
// server depends on light-my-request, which it does not import, so that Fastify's is one whose cookies do not want Node 22.

const read = <T>(path: string): T => JSON.parse(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')) as T;

interface Package {
  readonly engines?: { readonly node?: string };
}

const { packages } = read<{ packages: Readonly<Record<string, Package>> }>('package-lock.json');

/** Whether a range of versions has one in it, as far as the ranges of Node go that packages write. */
function takes(range: string, version: readonly [major: number, minor: number]): boolean {
  return range.split('||').some((alternative) => {
    const [, sign = '', major = '', minor = '0'] =
      /^(>=|\^)?\s*v?(\d+|\*)(?:\.(\d+|x|\*))?/.exec(alternative.trim()) ?? [];
    if (major === '*') return true;
    const isNewer = version[0] > Number(major);
    const isSame = version[0] === Number(major) && version[1] >= (Number(minor) || 0);
    return sign === '>=' ? isNewer || isSame : isSame;
  });
}

describe('the Node that is asked for', () => {
  it.each([
    ['>=22.0.0', [20, 19], false],
    ['^20.19.0 || >=22.12.0', [20, 19], true],
    ['^20.19.0 || >=22.12.0', [22, 11], false],
    ['10.* || >= 12.*', [20, 19], true],
    ['4.x || >=6.0.0', [20, 19], true],
    ['^18', [20, 19], false],
    ['*', [20, 19], true],
  ] as const)('(reading %s)', (range, version, taken) => expect(takes(range, version)).toBe(taken));

  it.each([
    [20, 19],
    [22, 13],
    [24, 0],
  ] as const)('%i.%i is new enough for every package that npm ci installs', (major, minor) => {
    const others = Object.entries(packages).filter(([, { engines }]) => !takes(engines?.node ?? '*', [major, minor]));
    expect(others.map(([name, { engines }]) => `${name} wants ${engines?.node ?? ''}`)).toEqual([]);
  });

  it('is new enough for who installs a package of the house, too: nothing is held back by overrides, which hold here only', () => {
    expect(read<object>('package.json')).not.toHaveProperty('overrides');
    const { dependencies } = read<{ dependencies: Readonly<Record<string, string>> }>('packages/server/package.json');
    expect(dependencies).toMatchObject({ 'light-my-request': '6.6.0' });
  });

  it('is the same for every package of the house', () => {
    const own = ['.', 'packages/core', 'packages/server', 'packages/gateway', 'packages/cli'];
    const wanted = own.map((folder) => read<Package>(`${folder}/package.json`).engines?.node);
    expect(new Set(wanted)).toEqual(new Set(['>=20.19']));
  });
});
