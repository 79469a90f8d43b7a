import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

const page = fileURLToPath(new URL('../../server/dist/console/', import.meta.url));
const index = readFileSync(join(page, 'index.html'), 'utf8');
const files = readdirSync(join(page, 'assets'));
const text = (file: string): string => readFileSync(join(page, 'assets', file), 'utf8');

/** The files that the given ones import at once, themselves included; with `dynamic`, those loaded on demand too. */
function reachable(roots: readonly string[], dynamic: (file: string) => boolean): Set<string> {
  const reached = new Set<string>();
  const walk = (file: string): void => {
    if (reached.has(file) || !files.includes(file)) return;
    reached.add(file);
    if (!file.endsWith('.js')) return;
    const source = text(file);
    for (const [, path = ''] of source.matchAll(/(?:from|import)\s*["']\.\/([^"']+)["']/g)) walk(path);
    for (const name of files) {
      const isMentioned = source.includes(name) && !reached.has(name);
      if (isMentioned && dynamic(name)) walk(name);
    }
  };
  for (const root of roots) walk(root);
  return reached;
}

const compressed = (names: Iterable<string>): number =>
  [...names].reduce((sum, name) => sum + gzipSync(readFileSync(join(page, 'assets', name)), { level: 9 }).length, 0);

const named = [...index.matchAll(/assets\/([^"]+)"/g)].map(([, name = '']) => basename(name));

/** What the document names, and the chunk of a place. */
const placeFiles = (place: string): string[] => [...named, ...files.filter((name) => name.startsWith(`${place}-`))];
const isStyle = (name: string): boolean => name.endsWith('.css');

describe('the built page', () => {
  it('has a first view under 100 kB compressed', () => {
    const firstView = reachable(placeFiles('requests'), isStyle);
    expect([...firstView].some((name) => name.endsWith('.css'))).toBe(true);
    expect(compressed(firstView)).toBeLessThan(100_000);
    expect([...firstView].some((name) => name.includes('worker'))).toBe(false);
  });

  it('has a playground under 100 kB compressed, the page around it and its worker included', () => {
    const playground = reachable(placeFiles('playground'), (name) => isStyle(name) || name.includes('worker'));
    expect([...playground].some((name) => name.includes('worker'))).toBe(true);
    expect(compressed(playground)).toBeLessThan(100_000);
  });

  it('has no script, style or handler in the document itself, and names no other server', () => {
    expect(index).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect(index).not.toMatch(/<style|\sstyle=|\son\w+=|data:|https?:/);
  });

  it('imports nothing of Node and nothing of the server', () => {
    for (const name of files.filter((file) => file.endsWith('.js'))) {
      expect(text(name), name).not.toMatch(/["']node:|__vite-browser-external/);
    }
  });
});
