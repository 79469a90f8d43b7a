import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { secret, webhooks } from '../guard/signed.ts';

/** A guard in a process of its own, as `countersign guard` starts it. */
export interface GuardProcess {
  readonly url: string;
  readonly adminUrl: string;
  readonly process: ChildProcess;
  readonly log: Record<string, unknown>[];
}

const launcher = fileURLToPath(new URL('../../../cli/bin/countersign.js', import.meta.url));

/** Starts one, with its configuration in a folder. */
export async function startGuardProcess(
  folder: string,
  config: { readonly upstream: string; readonly replay: unknown; readonly observe?: boolean },
): Promise<GuardProcess> {
  const file = join(folder, 'guard.json');
  await writeFile(join(folder, 'scheme.json'), JSON.stringify(webhooks));
  const route = {
    schemeFile: 'scheme.json',
    keys: [{ env: 'KEY' }],
    upstream: config.upstream,
    observe: config.observe ?? false,
  };
  const limits = { drainSeconds: 1 };
  await writeFile(file, JSON.stringify({ listen: 0, admin: 0, limits, replay: config.replay, routes: [route] }));
  const env = { PATH: process.env['PATH'], KEY: secret };
  const child = spawn(process.execPath, [launcher, 'guard', '--config', file], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const log: Record<string, unknown>[] = [];
  const lines = createInterface(child.stdout);
  lines.on('line', (line) => log.push(JSON.parse(line) as Record<string, unknown>));
  await once(lines, 'line');
  return { url: log[0]?.['url'] as string, adminUrl: log[0]?.['adminUrl'] as string, process: child, log };
}
