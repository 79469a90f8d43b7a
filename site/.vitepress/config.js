import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import { consoleRules, consoleStyles } from './console-styles.js';
import { navigation, sidebar } from './navigation.js';

/** Nothing of the site asks another host for anything; the browser holds it to that. The scripts inside are VitePress' own. */
const contentSecurity = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Where the site is published, with its path, such as `https://example.github.io/countersign/`; else the root of a host. */
const url = process.env.SITE_URL;
const base = url === undefined ? '/' : new URL(url).pathname.replace(/\/?$/, '/');

export default defineConfig({
  title: 'Countersign',
  description: 'Sign and verify HTTP requests and webhooks, and find out why a signature was refused.',
  lang: 'en',
  base,
  srcDir: '.pages',
  outDir: 'dist',
  head: [
    ['meta', { 'http-equiv': 'Content-Security-Policy', content: contentSecurity }],
    ['link', { rel: 'icon', type: 'image/svg+xml', href: `${base}icon.svg` }],
  ],
  ...(url !== undefined && { sitemap: { hostname: url } }),
  // Pages that are linked are loaded when somebody goes there, and not before.
  router: { prefetchLinks: false },
  markdown: {
    theme: { light: 'github-light-high-contrast', dark: 'github-dark-high-contrast' },
    // Languages that the highlighter does not know.
    languageAlias: { caddy: 'nginx', haproxy: 'nginx' },
    config: (markdown) => withoutTemplates(markdown),
  },
  themeConfig: {
    logo: '/icon.svg',
    nav: navigation,
    sidebar,
    outline: { level: [2, 3] },
    notFound: {
      title: 'There is no such page',
      quote: 'It may have another name by now: search for it, or begin at the start.',
      linkText: 'To the start',
      linkLabel: 'To the start',
    },
    search: {
      provider: 'local',
      options: {
        _render: (source, env, markdown) => {
          const html = markdown.render(source, env);
          return env.frontmatter?.search === false ? '' : html;
        },
        miniSearch: { searchOptions: { fuzzy: 0.15, prefix: true, boost: { title: 6, titles: 2, text: 1 } } },
      },
    },
  },
  vite: {
    // The playground is the console's, taken from its sources with core's digests for the web.
    resolve: { conditions: ['countersign-source', 'countersign-web', 'module', 'browser'] },
    esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
    worker: { format: 'es' },
    css: { postcss: { plugins: [consoleRules()] } },
    plugins: [consoleStyles()],
    build: { target: 'es2022', chunkSizeWarningLimit: 1200 },
    server: { fs: { allow: [fileURLToPath(new URL('../../', import.meta.url))] } },
  },
});

/** What documents write in braces is text of theirs, such as {{callConnectionId}}, and no template of Vue. */
function withoutTemplates({ renderer }) {
  const render = renderer.render.bind(renderer);
  renderer.render = (...given) => render(...given).replaceAll('{{', '&#123;&#123;');
}
