import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startServer, type RunningServer } from '@countersign/server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { snippetsFor } from '../src/start/snippets.ts';
import type { ServerState } from '@countersign/server/control/views/state-view';

const run = promisify(execFile);
// Below the workspace's own modules, so that a snippet finds the packages that it imports.
const cache = fileURLToPath(new URL('../../../node_modules/.cache/', import.meta.url));

describe('the snippets of Start here', () => {
  let server: RunningServer;
  let folder: string;

  beforeAll(async () => {
    await mkdir(cache, { recursive: true });
    [server, folder] = await Promise.all([startServer({ port: 0 }), mkdtemp(join(cache, 'snippets-'))]);
  });
  afterAll(async () => {
    await Promise.all([server.close(), rm(folder, { recursive: true })]);
  });

  for (const [title, path] of [
    ['Azure SDK, JavaScript', '/calling/callConnections'],
    ['fetch, signed by Countersign', '/calling/callConnections'],
    ['Sinch SDK, JavaScript', '/calling/v1/callouts'],
  ] as const) {
    it(`place a call as they stand: ${title}`, async () => {
      const state = (await (await fetch(`${server.url}/_control/state`)).json()) as ServerState;
      const snippet = snippetsFor(state, '+12065550110').find((one) => one.title === title);
      const file = join(folder, `${title.replace(/\W+/g, '-')}.mjs`);
      await writeFile(file, snippet?.code ?? 'throw new Error("there is no such snippet")');
      await run(process.execPath, [file], { timeout: 50_000 });
      const [exchange] = server.control.exchanges();
      expect(exchange?.request.target.startsWith(path)).toBe(true);
      expect(exchange?.response?.status).toBe(path.includes('/v1/') ? 200 : 201);
      expect(exchange?.authentication?.outcome).not.toBe('refused');
    });
  }
});
