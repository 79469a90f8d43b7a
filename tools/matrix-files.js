/**
 * Why: `npm test` has one sample of a kind and stays under three minutes; everything else runs before a release. A test file
 * is in the matrix because it says so itself (it asks for `MATRIX`), or because it takes long as a whole and is listed here.
 */
import { readdirSync, readFileSync } from 'node:fs';

/** Files that `npm test` leaves out as a whole. */
export const leftOut = [
  'benchmarks/test/growth.test.ts',
  'packages/cli/test/diagnose-in-parallel.test.ts',
  'packages/cli/test/proxy/web-page.test.ts',
  'packages/core/test/diagnose/behind-proxies.test.ts',
  'packages/core/test/diagnose/pairs.test.ts',
  'packages/core/test/diagnose/placeholder-names.test.ts',
  'packages/core/test/diagnose/sentences.test.ts',
  'packages/core/test/diagnose/serializers.test.ts',
  'packages/core/test/diagnose/shell-pipelines.test.ts',
  'packages/core/test/diagnose/work.test.ts',
  'packages/core/test/diagnose/your-string.test.ts',
  'packages/server/test/exchanges/under-load.test.ts',
  'tools/test/packages.test.ts',
];

const root = new URL('../', import.meta.url);

/** Files that run a sample unless `MATRIX` is `all`. */
export function sampledFiles() {
  const folders = ['packages', 'benchmarks', 'examples', 'tools'].flatMap((folder) =>
    folder === 'packages' ? readdirSync(new URL('packages', root)).map((name) => `packages/${name}`) : [folder],
  );
  const tests = folders
    .map((folder) => `${folder}/test`)
    .flatMap((folder) =>
      readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
    )
    .filter((file) => file.endsWith('.test.ts'));
  return tests.filter((file) => /process\.env(?:\.|\[')MATRIX\b/.test(readFileSync(new URL(file, root), 'utf8')));
}
