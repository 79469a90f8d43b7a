import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mistakeIds } from '@countersign/core/diagnose';
import { mistakeTitles } from '@countersign/core/mistake-titles';
import { everyScheme } from '@countersign/core/schemes/catalog';
import { describe, expect, test } from 'vitest';
import { siteFolder, sitePath } from './fixtures/static-server.ts';

const files = readdirSync(siteFolder, { recursive: true, encoding: 'utf8' });
const html = new Map(
  files.filter((name) => name.endsWith('.html')).map((name) => [name, readFileSync(join(siteFolder, name), 'utf8')]),
);
const there = new Set(files);
const decoded = (text: string): string =>
  text.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'");
const idsOf = (text: string): Set<string> =>
  new Set([...text.matchAll(/\sid="([^"]*)"/g)].map(([, id = '']) => decoded(id)));
const ids = new Map([...html].map(([name, text]) => [name, idsOf(text)]));

/** What is wrong with a link of a page; nothing where it leads to something. */
function problem(from: string, link: string): string | undefined {
  const { pathname, hash } = new URL(link, `http://site${sitePath}${from}`);
  if (!pathname.startsWith(sitePath)) return `${from}: ${link} leads out of the site`;
  const path = decodeURIComponent(pathname.slice(sitePath.length));
  const file = path === '' || path.endsWith('/') ? `${path}index.html` : path;
  if (!there.has(file)) return `${from}: ${link} leads nowhere`;
  // The playground reads its fragment itself.
  if (hash === '' || hash.startsWith('#/')) return undefined;
  return ids.get(file)?.has(decodeURIComponent(hash.slice(1))) ? undefined : `${from}: ${link}: no such place`;
}

describe('the pages', () => {
  test('link to pages and places that are there, and to nothing on this machine', () => {
    const problems = [...html].flatMap(([name, text]) =>
      [...text.matchAll(/\s(?:href|src)="([^"]*)"/g)]
        .map(([, link = '']) => decoded(link))
        .filter((link) => !/^(?:https?:|mailto:|data:)/.test(link))
        .map((link) => problem(name, link))
        .filter((one) => one !== undefined),
    );
    expect([...new Set(problems)]).toEqual([]);
    expect(html.size).toBeGreaterThan(200);
  });

  test('load nothing from another host', () => {
    const loads = /<(?:script|link|img|iframe|source)\b[^>]*\s(?:src|href)="((?:https?:)?\/\/[^"]*)"/g;
    expect([...html].flatMap(([name, text]) => [...text.matchAll(loads)].map(([, url]) => `${name}: ${url}`))).toEqual(
      [],
    );
  });

  test('have a title and a description, each its own', () => {
    const own = [...html].filter(([name]) => name !== '404.html' && !/^(?:types|repository)\//.test(name));
    const titles = own.map(([, text]) => /<title>([^<]*)<\/title>/.exec(text)?.[1]);
    expect(new Set(titles).size).toBe(own.length);
    const described = own.map(([name, text]) => [
      name,
      /<meta name="description" content="([^"]{20,})"/.exec(text)?.[1],
    ]);
    expect(described.filter(([, words]) => words === undefined)).toEqual([]);
    expect(new Set(described.map(([, words]) => words)).size).toBe(own.length);
  });
});

const text = (page: string): string => decoded(page.replace(/<[^>]*>/g, '')).replace(/\s+/g, ' ');

describe('the page of a mistake', () => {
  test.each(mistakeIds)('%s has its title, what it comes from, and a way to try it', (id) => {
    const page = html.get(`mistakes/${id.replace('/', '-')}.html`) ?? '';
    expect(/<title>([^<]*) \| Countersign<\/title>/.exec(page)?.[1]).toBe(decoded(mistakeTitles[id]));
    expect(text(page)).toContain(`The diagnosis calls it ${id}.`);
    expect(page).toContain('playground.html');
  });

  test('shows a request that has it, and the fix in ten languages, wherever there is one', () => {
    const without = mistakeIds.filter((id) => {
      const page = html.get(`mistakes/${id.replace('/', '-')}.html`) ?? '';
      return !page.includes('id="how-it-looks"') || !/HTTP\/<\/span>|HTTP\/1\.1/.test(text(page));
    });
    expect(without).toEqual(['key/kind', 'replay/repeated']);
    const page = text(html.get('mistakes/url-absolute.html') ?? '');
    for (const language of ['Node.js', 'Python', 'Go', 'Ruby', 'Java', 'C#', 'PHP', 'bash', 'PowerShell', 'Postman'])
      expect(page).toContain(language);
  });
});

test('every scheme has a page', () => {
  expect(everyScheme.filter(({ id }) => !html.has(`schemes/${id}.html`)).map(({ id }) => id)).toEqual([]);
});
