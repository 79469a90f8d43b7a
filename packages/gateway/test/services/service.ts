import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A program of the system that a test has started. */
export interface Service {
  readonly process: ChildProcess;
  /** Ends it as its administrator would, or at once. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** A folder that goes when the test does. */
export async function temporaryFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-service-'));
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Tries until something succeeds. Other programs tell nobody when they are ready. */
export async function eventually<T>(work: () => Promise<T>, seconds = 50): Promise<T> {
  for (const end = Date.now() + seconds * 1000; ;) {
    try {
      return await work();
    } catch (error) {
      if (Date.now() > end) throw error;
    }
    await pause(20);
  }
}

/** Resolves when a connection to a port is accepted. */
export async function accepts(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
  } finally {
    socket.destroy();
  }
}

/** Starts a program and waits until it accepts connections. */
export async function startService(
  command: string,
  args: readonly string[],
  port: number,
  options: { readonly uid?: number; readonly gid?: number; readonly cwd?: string } = {},
): Promise<Service> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  let problem: Error | undefined;
  child.on('error', (error) => (problem = error));
  await eventually(async () => {
    if (child.exitCode !== null) problem ??= new Error(`${command} ended: ${said}`);
    // It will not come any more: no reason to wait.
    if (problem) return;
    await accepts(port);
  });
  if (problem) throw problem;
  return {
    process: child,
    async stop(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      await once(child, 'exit');
    },
  };
}
