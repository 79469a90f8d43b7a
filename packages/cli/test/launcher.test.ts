import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { launcher, runCommand } from './run-command.ts';

test('the launcher says plainly that it must be built first', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-launcher-'));
  try {
    await mkdir(join(folder, 'bin'));
    await copyFile(launcher, join(folder, 'bin/countersign.mjs'));
    expect(await runCommand(`"${process.execPath}" bin/countersign.mjs sign`, { cwd: folder })).toEqual({
      exit: 2,
      stdout: '',
      stderr: 'countersign is not built yet: run `npm run build` at the root of the project.\n',
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('signing starts without loading the server or the diagnosis', async () => {
  const hooks = `export async function resolve(specifier, context, next) {
    const resolved = await next(specifier, context);
    if (/packages\\/server\\/|core\\/dist\\/diagnose\\/|node_modules\\/jose\\//.test(resolved.url)) console.error('loaded ' + resolved.url);
    return resolved;
  }`;
  const register = `import { register } from 'node:module'; register('data:text/javascript,' + encodeURIComponent(${JSON.stringify(hooks)}));`;
  const url = `data:text/javascript,${encodeURIComponent(register)}`;
  const { exit, stderr } = await runCommand('countersign sign http://localhost:7509/calling/v1/calls/id/1', {
    env: { NODE_OPTIONS: `--import=${url}` },
  });
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
});
