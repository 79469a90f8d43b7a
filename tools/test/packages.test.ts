import { execFile } from 'node:child_process';
import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  installPacked,
  packageFolder,
  publishedPackages,
  readManifest,
  type PackedProject,
} from './packages/packed-project.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = 'node_modules/countersign/bin/countersign.js';

let project: PackedProject;
beforeAll(async () => {
  project = await installPacked();
}, 600_000);
afterAll(() => project?.remove());

/** Every module that a package's users may import: by exact subpath, or by pattern as far as files are there. */
async function subpaths(name: string): Promise<{ specifier: string; hasCode: boolean }[]> {
  const folder = join(project.folder, 'node_modules', name);
  const { exports } = await readManifest(folder);
  const found = await Promise.all(
    Object.entries(exports).map(async ([subpath, target]) => {
      if (subpath === './package.json') return [];
      const conditions = target as { types: string; default?: string };
      const hasCode = conditions.default !== undefined;
      if (!subpath.includes('*')) return [{ specifier: name + subpath.slice(1), hasCode }];
      const files = await readdir(join(folder, conditions.types.replace('/*.d.ts', '')));
      return files
        .filter((file) => file.endsWith('.d.ts'))
        .map((file) => ({ specifier: name + subpath.slice(1).replace('*', file.replace('.d.ts', '')), hasCode }));
    }),
  );
  return found.flat();
}

describe.each(publishedPackages)('packages/%s', (name) => {
  test('has nothing that publint would fix', async () => {
    const { messages } = await publint({
      pack: { tarball: await project.tarball(name) },
      level: 'suggestion',
      strict: true,
    });
    expect(messages).toEqual([]);
  });

  test('is published, with the licence and a README', async () => {
    const manifest = await readManifest(packageFolder(name));
    expect(manifest.private).not.toBe(true);
    expect(manifest.version).toBe((await readManifest(root)).version);
    const installed = join(project.folder, 'node_modules', manifest.name);
    expect(await readFile(join(installed, 'LICENSE'), 'utf8')).toBe(await readFile(join(root, 'LICENSE'), 'utf8'));
    expect(await readFile(join(installed, 'README.md'), 'utf8')).toContain(`# ${manifest.name}\n`);
  });
});

describe('in an empty project', () => {
  test('the server’s console has the licences of what is bundled in it', async () => {
    const server = join(project.folder, 'node_modules/@countersign/server');
    expect(await readFile(join(server, 'NOTICE'), 'utf8')).toBe(await readFile(join(root, 'NOTICE'), 'utf8'));
    const notice = await readFile(join(server, 'dist/console/NOTICE.txt'), 'utf8');
    for (const name of ['preact', '@preact/signals', '@preact/signals-core', '@noble/hashes']) {
      expect(notice).toMatch(new RegExp(`^${name} [\\d.]+ \\(MIT\\)$`, 'm'));
    }
  });

  test('every subpath can be imported', async () => {
    const all = (
      await Promise.all(['@countersign/core', '@countersign/server', '@countersign/gateway'].map(subpaths))
    ).flat();
    const specifiers = all.filter(({ hasCode }) => hasCode).map(({ specifier }) => specifier);
    expect(specifiers).toContain('@countersign/core/schemes/acs-hmac');
    expect(specifiers).toContain('@countersign/server');
    expect(specifiers).toContain('@countersign/gateway/replay-guard');
    const program = `for (const specifier of ${JSON.stringify(specifiers)}) await import(specifier);`;
    await project.node(['--input-type=module', '--eval', program]);
  });

  test('a program is checked against the types', async () => {
    // What a project in TypeScript has installed anyway.
    await symlink(join(root, 'node_modules', '@types'), join(project.folder, 'node_modules', '@types'));
    const all = (
      await Promise.all(['@countersign/core', '@countersign/server', '@countersign/gateway'].map(subpaths))
    ).flat();
    const imports = all.map(({ specifier }, index) => `import type * as module${index} from '${specifier}';`);
    const uses = all.map((_, index) => `typeof module${index}`);
    await writeFile(
      join(project.folder, 'program.ts'),
      `${imports.join('\n')}
       export type All = [${uses.join(', ')}];
       import { message } from '@countersign/core/message';
       import { acsHmac } from '@countersign/core/schemes/acs-hmac';
       import { Secret } from '@countersign/core/secret';
       import { sign } from '@countersign/core/sign';
       import { type Callback, type CallEvent, type Heard, type PhoneScript, type ServerOptions, startServer } from '@countersign/server';
       const request = message({ method: 'GET', url: 'https://contoso.communication.azure.com/x' });
       const credential = { secret: new Secret('c2VjcmV0', 'base64') };
       export const signature: string = sign(acsHmac, credential, request).signature;
       // @ts-expect-error a credential is no text
       sign(acsHmac, 'c2VjcmV0', request);
       export const server = await startServer({ port: 0, clock: 'virtual' });
       export const advanced: Promise<void> = server.control.advance('10s');
       const script: PhoneScript = { pickUp: 'answer', steps: [{ do: 'await-prompt' }, { do: 'press', tones: '1#' }] };
       export const options: ServerOptions = { port: 0, phones: { '+14255550123': script } };
       // @ts-expect-error one that is busy takes no steps
       export const busy: PhoneScript = { pickUp: 'busy', steps: [] };
       export const connected: Callback = (await server.control.waitFor('CallConnected')).callback;
       export const callbacks: Callback[] = server.control.callbacks();
       export const heard: Heard[] = server.control.phone('+14255550123').heard();
       export const ended: CallEvent = (await server.control.waitFor('call-ended')).event;
       export const key: string = server.environment.SINCH_APPLICATION_KEY;
       // @ts-expect-error there is no such variable
       server.environment.SINCH_KEY;`,
    );
    const options = {
      target: 'es2023',
      module: 'nodenext',
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noEmit: true,
      types: ['node'],
    };
    await writeFile(
      join(project.folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: options, files: ['program.ts'] }),
    );
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    await promisify(execFile)(process.execPath, [tsc, '-p', project.folder]).catch((error: { stdout: string }) => {
      throw new Error(error.stdout);
    });
  });

  test('the command signs, and verifies what it signed', async () => {
    const url = 'http://localhost:7509/calling/v1/calls/id/1';
    const signed = await project.node([bin, 'sign', '--output', 'http', url]);
    const verdict = JSON.parse(await project.node([bin, 'verify', '--json', '-'], signed)) as { ok?: boolean };
    expect(verdict).toMatchObject({ ok: true });
  });

  test('the server has its console, and a call that the command places there is answered and spoken', async () => {
    const program = `
      import { startServer } from '@countersign/server';
      import { spawn } from 'node:child_process';
      const server = await startServer({ port: 0 });
      const page = await (await fetch(server.url)).text();
      const script = /<script[^>]* src="([^"]+)"/.exec(page)?.[1];
      const { status } = await fetch(new URL(script, server.url));
      const call = ['call', '+12065550110', '--say', 'Hello.', '--url', server.url];
      const placing = spawn(process.execPath, ['${bin}', ...call], { stdio: ['ignore', 'ignore', 'inherit'] });
      const exitCode = await new Promise((resolve) => placing.once('exit', resolve));
      console.log(JSON.stringify({ status, exitCode }));
      await server.close();`;
    const output = await project.node(['--input-type=module', '--eval', program]);
    expect(JSON.parse(output)).toEqual({ status: 200, exitCode: 0 });
  });
});
