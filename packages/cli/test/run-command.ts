import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** The real launcher, as npm links it. */
export const launcher = fileURLToPath(new URL('../bin/countersign.js', import.meta.url));

/** What a finished command left. */
export interface Outcome {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a shell command in which `countersign` is the real launcher, with nothing in its environment but what is given.
 */
export function runCommand(
  command: string,
  options: { cwd?: string; env?: Readonly<Record<string, string>>; stdin?: string } = {},
): Promise<Outcome> {
  const shell = `countersign() { "${process.execPath}" "${launcher}" "$@"; }\nset -o pipefail\n${command}`;
  // bash takes a socket on its standard input for a remote shell's, and would read the user's .bashrc.
  const child = spawn('bash', ['--norc', '-c', shell], {
    cwd: options.cwd,
    env: { PATH: process.env['PATH'], ...options.env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  child.stdin.end(options.stdin ?? '');
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit) => resolve({ exit, stdout, stderr }));
  });
}
