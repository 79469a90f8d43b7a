import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const page = fileURLToPath(new URL('../../server/dist/console/', import.meta.url));
const index = readFileSync(join(page, 'index.html'), 'utf8');
const files = readdirSync(join(page, 'assets'));
const text = (file: string): string => readFileSync(join(page, 'assets', file), 'utf8');

describe('the built page', () => {
  it('has no script, style or handler in the document itself, and names no other server', () => {
    expect(index).not.toMatch(/<script(?![^>]*\ssrc=)/);
    expect(index).not.toMatch(/<style|\sstyle=|\son\w+=|data:|https?:/);
  });

  it('is built for users also when the tests build it: without the paths of the machine', () => {
    const sources = fileURLToPath(new URL('../src/', import.meta.url));
    for (const name of files.filter((file) => file.endsWith('.js'))) {
      expect(text(name).includes(sources), name).toBe(false);
      expect(text(name), name).not.toMatch(/fileName:\w+,lineNumber:/);
    }
  });

  it('imports nothing of Node and nothing of the server', () => {
    for (const name of files.filter((file) => file.endsWith('.js'))) {
      expect(text(name), name).not.toMatch(/(?:from|import\(?)["'`]node:|__vite-browser-external/);
    }
  });
});
