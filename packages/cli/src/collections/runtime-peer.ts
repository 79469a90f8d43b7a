import { readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CommandFailure } from '../failure.ts';

/** `postman-runtime`, where it is installed. */
export interface RuntimePeer {
  /** The file that is loaded. */
  readonly file: string;
  readonly version: string;
  /** The folder in which it and what it needs are installed. */
  readonly modules: string;
}

/** The first version that takes agents for the requests of scripts, too. */
const leastVersion = [7, 39] as const;
const install = 'npm install postman-runtime@7';

/**
 * Finds `postman-runtime`, which is not installed along: beside this package, or else in the project of the working directory.
 *
 * @param besides where it is looked for first
 *
 * @throws CommandFailure `run/no-runtime` with the command that installs it
 */
export function findRuntime(workingDirectory = process.cwd(), besides = [import.meta.url]): RuntimePeer {
  for (const from of [...besides, pathToFileURL(join(workingDirectory, 'package.json')).href]) {
    const file = resolved(from);
    if (file === undefined) continue;
    const { version } = JSON.parse(readFileSync(join(dirname(file), 'package.json'), 'utf8')) as { version: string };
    const [major = 0, minor = 0] = version.split('.').map(Number);
    if (major < leastVersion[0] || (major === leastVersion[0] && minor < leastVersion[1])) {
      throw new CommandFailure(
        'run/old-runtime',
        `postman-runtime ${version} is too old to run a collection without a connection; ${leastVersion.join('.')} or later is needed: ${install}`,
      );
    }
    return { file, version, modules: modulesOf(file) };
  }
  throw new CommandFailure(
    'run/no-runtime',
    `--run-scripts runs scripts by Postman's own runtime, which is not installed: ${install}`,
  );
}

function resolved(from: string): string | undefined {
  try {
    return realpathSync(createRequire(from).resolve('postman-runtime'));
  } catch {
    return undefined;
  }
}

/** The outermost `node_modules` that a file is in: also with a package manager that links, everything it loads is there. */
function modulesOf(file: string): string {
  const marker = `${sep}node_modules${sep}`;
  const at = file.indexOf(marker);
  return at < 0 ? dirname(file) : file.slice(0, at + marker.length - 1);
}
