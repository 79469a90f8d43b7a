/**
 * Why: documents link to files, as the repository shows them. On the site such a link leads to the page that the file
 * became; a file that is no document gets a page of its own, so that nothing leads out of the site and VitePress finds
 * every dead link.
 */
import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path/posix';
import { fileURLToPath } from 'node:url';
import { outsideCode } from './markdown.js';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * The pages with the links of the site, and the files and folders that they need a page of.
 *
 * @param {Map<string, import('./document-pages.js').Page>} pages
 * @returns {{ linked: Map<string, string>, wanted: Set<string> }}
 */
export function linkPages(pages) {
  const places = new Map([...pages].flatMap(([path, { source }]) => (source === undefined ? [] : [[source, path]])));
  const wanted = new Set();
  const linked = new Map(
    [...pages].map(([path, { text, source }]) => {
      if (source === undefined) return [path, text];
      return [path, outsideCode(text, (prose) => withLinks(prose, source))];
    }),
  );
  return { linked, wanted };

  function withLinks(prose, source) {
    return prose.replace(/\]\((?!https?:|mailto:|#|\/)([^)#\s]+)(#[^)\s]*)?\)/g, (_, target, fragment = '') => {
      const file = normalize(join(dirname(source), target)).replace(/\/$/, '');
      const place = places.get(file);
      if (place !== undefined) return `](/${place}${fragment})`;
      if (!existsSync(root + file)) throw new Error(`${source} links to ${target}, which is not there`);
      if (file.endsWith('.md'))
        throw new Error(`${source} links to ${target}, which has no page: site/write/document-pages.js`);
      wanted.add(file);
      return `](/repository/${file}.md${fragment})`;
    });
  }
}
