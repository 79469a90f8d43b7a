/**
 * Why: worker threads, the command's launcher and the console's page are run from their built files, and a test that
 * passed on yesterday's build would prove nothing. The build is incremental: it takes about a second when nothing changed.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export default function setup(): void {
  execFileSync('npm', ['run', '--silent', 'build'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: 'inherit',
  });
}
