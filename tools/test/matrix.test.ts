import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { matrix } from '../../vitest.config.ts';

test('what npm test leaves out is run by npm run test:matrix, file by file', () => {
  const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { scripts } = JSON.parse(manifest) as { scripts: Readonly<Record<string, string>> };
  expect(scripts['test:matrix']?.split(' ')).toEqual(expect.arrayContaining(matrix));
});
