import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { packageOf, readLicence, unnamedIn } from '../bundled-packages.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
/** What the bundler put into the page that the tests' set-up built. */
const modules = JSON.parse(read('packages/console/dist/bundled-modules.json')) as string[];

describe('the console’s page', () => {
  test('is made of this repository’s files, and of packages', () => {
    const packages = new Set(modules.map(packageOf));
    expect(packages).toContain(undefined);
    expect(packages).toContain('preact');
    // The playground's worker is a bundle of its own.
    expect(modules.some((id) => id.endsWith('packages/core/src/diagnose/diagnose.ts'))).toBe(true);
  });

  test.each(['NOTICE', 'packages/server/NOTICE', 'packages/server/dist/console/NOTICE.txt'])(
    'has every package that is bundled in it named in %s',
    (file) => {
      expect(unnamedIn(read(file), root, modules)).toEqual([]);
    },
  );

  test('carries each licence in full', () => {
    const notice = read('packages/server/dist/console/NOTICE.txt');
    const names = new Set(modules.map(packageOf).filter((name) => name !== undefined));
    for (const name of names) expect(notice).toContain(readLicence(root, name).text);
  });
});

test('a package that is bundled and named nowhere is found', () => {
  const more = [...modules, join(root, 'node_modules/jose/dist/webapi/index.js')];
  expect(unnamedIn(read('NOTICE'), root, more)).toEqual(['jose']);
  expect(unnamedIn(read('NOTICE').replace('Copyright (c) 2015-present Jason Miller', ''), root, modules)).toEqual([
    'preact',
  ]);
  expect(unnamedIn(read('NOTICE').replace('@preact/signals,', ''), root, modules)).toEqual(['@preact/signals']);
});

test('a module is known by its package, and one that nobody knows is refused', () => {
  expect(packageOf('/x/node_modules/@preact/signals/dist/signals.module.js')).toBe('@preact/signals');
  expect(packageOf('/x/node_modules/a/node_modules/b/c.js')).toBe('b');
  expect(packageOf('\0vite/preload-helper.js')).toBe('vite');
  expect(packageOf('/x/packages/core/src/sign.ts')).toBeUndefined();
  expect(() => packageOf('\0somebody/runtime.js')).toThrow('whose module is');
});
