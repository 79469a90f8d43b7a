import { configDefaults, defineConfig } from 'vitest/config';
import { leftOut as matrix } from './tools/sampled-files.js';
import { seedOfRun } from './tools/seed.js';

// Tests run on the sources: the condition below makes every workspace import resolve to src/, so no test sees a stale build.
// What must be a built file (worker threads, the command's launcher, the console's page) is built once by the global set-up.
// Files that mock modules: a mocked module would stay mocked for the files that share its process.
const mocking = [
  'packages/server/test/server/warm-up.test.ts',
  'packages/server/test/exchanges/diagnosis-missing.test.ts',
];
// Made on demand: SCREENSHOTS_TO=/some/folder npx vitest run packages/console/test/screenshots.test.ts
const pictures = ['packages/console/test/screenshots.test.ts'];
// What needs a program of the system beside Node: redis-server, postgres, nginx, haproxy, caddy. `npm run test:services`.
const services = process.env['SERVICES'] === 'all' ? [] : ['packages/gateway/test/services/**/*.test.ts'];
// What needs the providers' own packages, which have a folder and a lockfile of their own. `npm run test:peers`.
const peers = process.env['PEERS'] === 'all' ? [] : ['tools/peers/**/*.test.js'];
// What needs the built documentation site. `npm run test:site`.
const site = process.env['SITE'] === 'all' ? ['site/test/**/*.test.ts'] : [];
const wantsMatrix = process.env['MATRIX'] === 'all';
const leftOut = wantsMatrix ? [] : matrix;
// SDKs and curl ask the proxy that the environment names for this machine's own servers, too, unless told.
const noProxy = [process.env['NO_PROXY'] ?? process.env['no_proxy'], 'localhost', '127.0.0.1', '[::1]']
  .filter(Boolean)
  .join(',');
const source = ['countersign-source'];
const resolve = { conditions: source };
const ssr = { resolve: { conditions: [...source, 'node', 'import', 'default'] } };

export default defineConfig({
  test: {
    globalSetup: ['tools/build-before-tests.ts'],
    setupFiles: ['tools/seed-properties.ts'],
    env: { SEED: String(seedOfRun()), NO_PROXY: noProxy, no_proxy: noProxy },
    reporters: ['default', './tools/skipped-tests.ts'],
    // Bounds for what hangs. No test takes a tenth of it on a machine that does nothing else, but some start many programs.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // What is polled for comes by the network or from another program, and a second is nothing to a busy machine.
    expect: { poll: { timeout: 30_000, interval: 20 } },
    // Two workers also on two cores (vitest would take one), and no fresh process a file: most of a run was starting them.
    maxWorkers: 2,
    isolate: false,
    experimental: { fsModuleCache: true },
    projects: [
      {
        extends: true,
        resolve,
        ssr,
        test: {
          name: 'core',
          include: ['packages/core/test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...leftOut],
        },
      },
      {
        extends: true,
        resolve: { conditions: [...source, 'countersign-web'] },
        ssr: { resolve: { conditions: [...source, 'countersign-web', 'import', 'default'] } },
        test: { name: 'core-web-digest', include: ['packages/core/test/conformance/**/*.test.ts'] },
      },
      {
        extends: true,
        resolve,
        ssr,
        test: {
          name: 'server',
          include: ['packages/server/test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...mocking, ...leftOut],
        },
      },
      {
        extends: true,
        resolve,
        ssr,
        test: { name: 'server-mocked', include: mocking, isolate: true },
      },
      {
        extends: true,
        resolve,
        // Without `import`: with it Node gives `require` the modules that are for `import`, and pg's own pool is no class.
        ssr: { resolve: { conditions: [...source, 'node', 'default'] } },
        test: {
          name: 'gateway',
          include: ['packages/gateway/test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...leftOut, ...services],
        },
      },
      {
        extends: true,
        resolve,
        ssr,
        test: {
          name: 'house',
          include: [
            'packages/cli/test/**/*.test.ts',
            'examples/test/**/*.test.ts',
            'examples/testing/vitest/**/*.test.js',
            'tools/test/**/*.test.ts',
            'tools/peers/*.test.js',
            'benchmarks/test/**/*.test.ts',
            ...site,
          ],
          exclude: [...configDefaults.exclude, ...leftOut, ...peers],
        },
      },
      {
        extends: true,
        resolve,
        ssr,
        test: {
          name: 'console',
          include: ['packages/console/test/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...leftOut, ...(process.env['SCREENSHOTS_TO'] ? [] : pictures)],
        },
      },
    ],
  },
});
