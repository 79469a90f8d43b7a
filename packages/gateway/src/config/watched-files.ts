import { readFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

/** Looks at files from time to time, and says when one has changed. */
export interface WatchedFiles {
  /** Looks now. */
  look(): Promise<void>;
  stop(): void;
}

/**
 * Watches files by what is in them: files that are mounted change by links, of which file systems tell nobody, and on other
 * machines.
 *
 * @param changed is called after a change, and again at the next look when it rejects
 */
export async function watchFiles(
  paths: readonly string[],
  seconds: number,
  changed: () => Promise<void>,
): Promise<WatchedFiles> {
  let known = await digestOf(paths);
  let looking: Promise<void> | undefined;
  const look = async (): Promise<void> => {
    const now = await digestOf(paths);
    if (now === known) return;
    // Who writes a file may be in the middle of it: half a key is a key, too. What is still changing is looked at again.
    await wait(settlingMs);
    if ((await digestOf(paths)) !== now) return;
    await changed();
    known = now;
  };
  const lookOnce = (): Promise<void> =>
    (looking ??= look()
      .catch(() => undefined)
      .finally(() => (looking = undefined)));
  const timer = setInterval(() => void lookOnce(), seconds * 1000);
  timer.unref();
  return { look: lookOnce, stop: () => clearInterval(timer) };
}

/** For how long a file has to stay what it is. */
const settlingMs = 100;

async function digestOf(paths: readonly string[]): Promise<string> {
  const hash = createHash('sha256');
  for (const path of paths) {
    const content = await readFile(path).catch((error: NodeJS.ErrnoException) => Buffer.from(`${error.code}`));
    hash.update(`${path} ${content.length} `).update(content);
  }
  return hash.digest('hex');
}
