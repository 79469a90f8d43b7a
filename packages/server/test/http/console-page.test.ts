import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { Journal } from '../../src/exchanges/journal.ts';
import { createHttpApp } from '../../src/http/app.ts';
import { consolePage } from '../../src/http/console-page.ts';

async function servePage(files: Readonly<Record<string, string | Uint8Array>>) {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-console-'));
  await mkdir(join(folder, 'assets'));
  for (const [path, content] of Object.entries(files)) await writeFile(join(folder, path), content);
  const internalErrors: string[] = [];
  const app = createHttpApp({
    journal: new Journal(() => new Date()),
    bodyLimitBytes: 1_000,
    onInternalError: ({ message }) => internalErrors.push(message),
  });
  onTestFinished(async () => {
    await app.close();
    await rm(folder, { recursive: true });
  });
  await consolePage(app, folder);
  const url = await app.listen({ port: 0, host: '127.0.0.1' });
  return { folder, internalErrors, get: (path: string, headers = {}) => fetch(url + path, { headers }) };
}

const page = '<!doctype html><title>Console</title>';

test('the page is served at /, its files below it, compressed as the browser takes them, and nothing else', async () => {
  const script = 'console.log(1);'.repeat(100);
  const { get } = await servePage({
    'index.html': page,
    'assets/a.js': script,
    'assets/a.js.br': brotliCompressSync(script),
  });
  const index = await get('/');
  expect(await index.text()).toBe(page);
  expect(index.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(index.headers.get('cache-control')).toBe('no-cache');
  for (const encoding of ['br', 'gzip', 'identity']) {
    const asset = await get('/assets/a.js', { 'accept-encoding': encoding });
    expect(asset.headers.get('content-encoding') ?? 'identity').toBe(encoding);
    expect(asset.headers.get('cache-control')).toContain('immutable');
    expect(await asset.text()).toBe(script);
  }
  for (const path of ['/assets/a.js.br', '/assets/', '/package.json', '/assets/..%2findex.html']) {
    expect((await get(path)).status, path).toBe(404);
  }
});

test('a file is read when it is first asked for, once; one that could not be read is tried again', async () => {
  const { folder, get, internalErrors } = await servePage({ 'index.html': page });
  const file = join(folder, 'index.html');
  await rm(file);
  expect((await get('/')).status).toBe(500);
  expect(internalErrors).toEqual([expect.stringContaining('index.html')]);
  await writeFile(file, page);
  expect(await (await get('/')).text()).toBe(page);
  await rm(file);
  expect(await (await get('/index.html')).text()).toBe(page);
});
