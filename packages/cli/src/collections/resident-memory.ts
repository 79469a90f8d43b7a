import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const pageBytes = 4096;

/** The memory that a process has taken, in bytes; `undefined` where the system does not tell, as Windows. */
export function residentMemory(pid: number): number | undefined {
  try {
    if (process.platform === 'linux') {
      return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * pageBytes;
    }
    if (process.platform === 'win32') return undefined;
    const kilobytes = Number(spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }).stdout);
    return kilobytes > 0 ? kilobytes * 1024 : undefined;
  } catch {
    // It has just ended.
    return undefined;
  }
}
