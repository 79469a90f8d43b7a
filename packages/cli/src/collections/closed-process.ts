import { fileURLToPath } from 'node:url';

/**
 * Node's arguments for a process that opens no connection, reads no file but its own program and that of packages, writes
 * none, and starts nothing.
 *
 * @param modules the folder of packages that it may read
 * @param memoryMb of the heap, in megabytes
 */
export function closedArguments(modules: string, memoryMb: number): string[] {
  const permission = process.allowedNodeEnvironmentFlags.has('--permission')
    ? '--permission'
    : '--experimental-permission';
  const program = fileURLToPath(new URL('..', runnerUrl('child')));
  return [
    permission,
    ...[modules, program].map((folder) => `--allow-fs-read=${/[\\/]$/.test(folder) ? folder : `${folder}/`}*`),
    // Later runtimes run scripts in threads; those are closed in by the same flags and the same first module.
    '--allow-worker',
    '--no-warnings',
    `--max-old-space-size=${memoryMb}`,
    `--require=${runnerFile('no-network')}`,
  ];
}

/** A module of the runner. Node itself runs it, and takes the built file. */
export function runnerFile(name: string): string {
  return fileURLToPath(runnerUrl(name));
}

function runnerUrl(name: string): URL {
  const isSource = import.meta.url.endsWith('.ts');
  return new URL(`${isSource ? '../../dist/collections' : '.'}/runner/${name}.js`, import.meta.url);
}
