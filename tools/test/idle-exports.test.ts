import { expect, test } from 'vitest';
import { idleExports } from '../idle-exports.js';

const modules: Readonly<Record<string, string>> = {
  'packages/a/src/entry.ts': "import { used } from './parts.ts';\nexport const opened = used;\n",
  'packages/a/src/parts.ts':
    'export const used = 1;\nexport const idle = 2;\nexport interface Shape {}\nexport const own = 3;\nconst twice = own * 2;\nexport type { twice };\n',
  'packages/a/src/lazy.ts': 'export const late = 1;\n',
  'packages/a/src/renamed.ts': "export { idle as other } from './parts.ts';\n",
  'packages/a/src/loader.ts': "export const load = () => import('./lazy.ts');\n",
};
const idleOf = (...files: string[]): string[] =>
  idleExports(
    files.map((file) => `packages/a/src/${file}.ts`),
    (file) => modules[file] ?? '',
    (file) => file.endsWith('/entry.ts') || file.endsWith('/loader.ts'),
  );

test('an exported value that no code imports is found, whether its module uses it or not; types and public entries are left', () => {
  expect(idleOf('entry', 'parts')).toEqual(['packages/a/src/parts.ts: idle', 'packages/a/src/parts.ts: own']);
});

test('what is passed on, or loaded when it is needed, is used', () => {
  expect(idleOf('entry', 'parts', 'renamed', 'lazy', 'loader')).toEqual(['packages/a/src/parts.ts: own']);
  expect(idleOf('lazy')).toEqual(['packages/a/src/lazy.ts: late']);
});
