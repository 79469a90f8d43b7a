/**
 * Why: the documentation site is built from `docs/`, from what core knows of schemes and mistakes, and from the types. The
 * pages are written to `site/.pages`, and VitePress makes static files of them in `site/dist`. Run by `npm run site`, after
 * a build of the packages; its tools are installed into this folder the first time.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

if (!existsSync(new URL('node_modules/vitepress', import.meta.url))) {
  console.error("The site's tools are not installed. Run: npm ci --prefix site --ignore-scripts");
  process.exit(1);
}

const began = performance.now();
const { writePages } = await import('./write/write-pages.js');
const count = await writePages();
// A process of its own, because VitePress sets NODE_ENV and keeps workers.
const { status } = spawnSync(process.execPath, ['node_modules/vitepress/bin/vitepress.js', 'build'], {
  cwd: here,
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 1);
console.log(`${count} pages in site/dist, after ${((performance.now() - began) / 1000).toFixed(1)} s`);
