import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { transform } from 'esbuild';
import { expect, test } from 'vitest';
import { launcher, runCommand } from './run-command.ts';

test('the launcher says plainly that it must be built first', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-launcher-'));
  try {
    await cp(dirname(launcher), join(folder, 'bin'), { recursive: true });
    await cp(join(dirname(launcher), '../package.json'), join(folder, 'package.json'));
    expect(await runCommand(`"${process.execPath}" bin/countersign.js sign`, { cwd: folder })).toEqual({
      exit: 2,
      stdout: '',
      stderr: 'countersign is not built yet: run `npm run build` at the root of the project.\n',
    });
  } finally {
    await rm(folder, { recursive: true });
  }
});

test.each([
  ['18.20.8', { exit: 2, stdout: '', stderr: 'countersign needs Node 20.19 or newer; this is Node 18.20.8.\n' }],
  ['20.18.3', { exit: 2, stdout: '', stderr: 'countersign needs Node 20.19 or newer; this is Node 20.18.3.\n' }],
  ['20.19.0', { exit: 0, stdout: '0.1.0\n', stderr: '' }],
  ['22.0.0', { exit: 0, stdout: '0.1.0\n', stderr: '' }],
])('Node %s is taken, or told in one sentence what is needed', async (version, outcome) => {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-launcher-'));
  try {
    const versions = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`;
    await writeFile(join(folder, 'other-node.cjs'), versions);
    const env = { NODE_OPTIONS: `--require=${join(folder, 'other-node.cjs')}` };
    expect(await runCommand('countersign --version', { env })).toEqual(outcome);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test.each(['countersign.js', 'required-node.js'])('%s is JavaScript that any Node can read', async (file) => {
  const code = await readFile(join(dirname(launcher), file), 'utf8');
  // esbuild refuses what it cannot write in ECMAScript 5; a module's imports it would rewrite.
  await expect(transform(code, { target: 'es5' })).resolves.toMatchObject({ warnings: [] });
  expect(code).not.toMatch(/^\s*(?:import|export)\b|\bimport\(/m);
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
