import { execFileSync } from 'node:child_process';
import { chownSync } from 'node:fs';
import { join } from 'node:path';
import { eventually, startService, type Service } from './service.ts';

/** A database of its own, with what it takes to start it again. */
export interface PostgresServer {
  readonly url: string;
  start(): Promise<Service>;
}

const number = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));

/** Debian keeps the programs of each version in a folder that is not on the path. */
function program(name: string): string {
  const list = `ls -d /usr/lib/postgresql/*/bin/${name} 2>/dev/null | sort -V | tail -1`;
  return execFileSync('sh', ['-c', list], { encoding: 'utf8' }).trim() || name;
}

/** Starts it. After a kill it refuses for as long as a process of the one before still holds their shared memory. */
async function startWhenFree(start: () => Promise<Service>): Promise<Service> {
  let refused: unknown;
  const started = await eventually(async () => {
    try {
      return await start();
    } catch (error) {
      if (String(error).includes('pre-existing shared memory block')) throw error;
      refused = error;
      return;
    }
  });
  if (started) return started;
  throw refused;
}

/** Makes a database in a folder. It refuses to run as root, so there it runs as the user that Debian made for it. */
export function makePostgres(folder: string, port: number): PostgresServer {
  const user = process.getuid?.() === 0 ? { uid: number('-u'), gid: number('-g') } : undefined;
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const init = ['-D', data, '-U', 'postgres', '-A', 'trust', '--no-sync', '--locale=C', '--encoding=UTF8'];
  execFileSync(program('initdb'), init, { stdio: 'pipe', cwd: folder, ...user });
  const run = [
    '-D',
    data,
    '-p',
    String(port),
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'max_connections=300',
    '-k',
    folder,
  ];
  return {
    url: `postgres://postgres@127.0.0.1:${port}/postgres`,
    start: () => startWhenFree(() => startService(program('postgres'), run, port, { cwd: folder, ...user })),
  };
}
