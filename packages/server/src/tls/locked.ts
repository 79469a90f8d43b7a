import { rm, stat, writeFile } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';

/** What is done under a lock takes milliseconds: one that is older belonged to a process that was killed. */
const abandonedMs = 10_000;
const lookMs = 10;

/**
 * Does something while nobody else does who takes the same lock, in this process or in another one of this machine.
 *
 * @param lock a file that is not there, in a folder that is; it is there for as long as the work takes
 */
export async function locked<T>(lock: string, work: () => Promise<T>): Promise<T> {
  while (!(await taken(lock))) await wait(lookMs);
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function taken(lock: string): Promise<boolean> {
  try {
    await writeFile(lock, '', { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const sinceMs = await stat(lock).then(
    ({ mtimeMs }) => mtimeMs,
    () => Infinity,
  );
  if (Date.now() - sinceMs > abandonedMs) await rm(lock, { force: true });
  return false;
}
