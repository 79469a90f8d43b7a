/**
 * Why: `npm test` has one sample of a kind and stays under three minutes; everything else runs before a release. A test file
 * belongs to the matrix, the languages or the services because it says so itself (it asks for `MATRIX`, `LANGUAGES` or
 * `SERVICES`), or because `npm test` leaves it out as a whole and it is listed here.
 */
import { readdirSync, readFileSync } from 'node:fs';

/** Files that `npm test` leaves out as a whole because they take long: they belong to the matrix. */
export const leftOut = [
  'benchmarks/test/growth.test.ts',
  'packages/cli/test/collections/any-request.test.ts',
  'packages/cli/test/collections/as-postman-sends.test.ts',
  'packages/cli/test/collections/run-limits.test.ts',
  'packages/cli/test/collections/thread-variants.test.ts',
  'packages/cli/test/diagnose-in-parallel.test.ts',
  'packages/cli/test/interrupted-server.test.ts',
  'packages/cli/test/probe/holes.test.ts',
  'packages/cli/test/proxy/web-page.test.ts',
  'packages/console/test/empty-places.test.ts',
  'packages/core/test/code-reading/reading-rules.test.ts',
  'packages/core/test/diagnose/behind-proxies.test.ts',
  'packages/core/test/diagnose/edited-file.test.ts',
  'packages/core/test/diagnose/missing-options.test.ts',
  'packages/core/test/diagnose/order.test.ts',
  'packages/core/test/diagnose/pairs.test.ts',
  'packages/core/test/diagnose/placeholder-names.test.ts',
  'packages/core/test/diagnose/sentences.test.ts',
  'packages/core/test/diagnose/serializers.test.ts',
  'packages/core/test/diagnose/shards.test.ts',
  'packages/core/test/diagnose/shell-pipelines.test.ts',
  'packages/core/test/diagnose/work.test.ts',
  'packages/core/test/diagnose/your-string.test.ts',
  'packages/core/test/two-readings.test.ts',
  'packages/server/test/engine/properties.test.ts',
  'packages/server/test/exchanges/under-load.test.ts',
  'packages/server/test/postman/thread-over-tls.test.ts',
  'packages/server/test/speech/wasi-program.test.ts',
  'tools/test/packages.test.ts',
  'tools/test/packed-production.test.ts',
  'tools/test/recipes.test.ts',
];

const root = new URL('../', import.meta.url);

/** Files that run a sample, or nothing, unless `variable` is `all`. */
export function sampledFiles(variable) {
  const asks = new RegExp(`process\\.env\\['${variable}'\\] [!=]== 'all'`);
  const folders = ['packages', 'benchmarks', 'examples', 'tools'].flatMap((folder) =>
    folder === 'packages' ? readdirSync(new URL('packages', root)).map((name) => `packages/${name}`) : [folder],
  );
  const tests = folders
    .map((folder) => `${folder}/test`)
    .flatMap((folder) =>
      readdirSync(new URL(folder, root), { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file}`),
    )
    .filter((file) => file.endsWith('.test.ts'));
  return tests.filter((file) => asks.test(readFileSync(new URL(file, root), 'utf8')));
}
