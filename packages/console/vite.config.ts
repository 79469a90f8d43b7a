import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

// The page is built into the server's package, which serves it; core is taken from its sources with the web digest.
const conditions = ['countersign-source', 'countersign-web', 'module', 'browser'];

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: './',
  resolve: { conditions },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  worker: { format: 'es' },
  build: {
    outDir: fileURLToPath(new URL('../server/dist/console', import.meta.url)),
    emptyOutDir: true,
    target: 'es2022',
    // Everything is a file of its own: the page's content security policy knows no data: and no inline.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      // What every section loads is one file: small ones are compressed worse, each by itself.
      output: { codeSplitting: { groups: [{ name: 'preact', test: /node_modules\/(?:@preact|preact)\// }] } },
    },
  },
});
