import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const run = promisify(execFile);

/** The packages that are published, by their folders. */
export const publishedPackages = ['core', 'server', 'gateway', 'cli'] as const;

/** What this needs of a package's `package.json`. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly private?: boolean;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** A project in a folder of its own that has installed the packed packages, as a user would. */
export interface PackedProject {
  readonly folder: string;
  /** Runs Node there, without the tests' environment. Rejects on another exit code than 0. */
  node(argv: readonly string[], input?: string): Promise<string>;
  /** The bytes that were packed of one of {@link publishedPackages}. */
  tarball(name: string): Promise<ArrayBuffer>;
  remove(): Promise<void>;
}

export function packageFolder(name: string): string {
  return join(root, 'packages', name);
}

export async function readManifest(folder: string): Promise<Manifest> {
  return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/**
 * Packs the published packages and installs the tarballs into an empty project. Everything else comes in the versions of
 * this repository's lock file, from npm's cache as far as it has them.
 */
export async function installPacked(): Promise<PackedProject> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-packed-'));
  const tarballs = await Promise.all(publishedPackages.map((name) => pack(packageFolder(name), folder)));
  const dependencies = Object.fromEntries(tarballs.map(({ manifest, file }) => [manifest.name, `file:${file}`]));
  const project = { name: 'packed', version: '1.0.0', type: 'module', dependencies };
  const packages = {
    '': project,
    ...(await lockedDependencies()),
    ...Object.fromEntries(
      tarballs.map(({ manifest, file, integrity }) => [
        `node_modules/${manifest.name}`,
        { ...manifest, resolved: `file:${file}`, integrity },
      ]),
    ),
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(project));
  await writeFile(
    join(folder, 'package-lock.json'),
    JSON.stringify({ ...project, lockfileVersion: 3, requires: true, packages }),
  );
  await run('npm', ['ci', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder });
  return {
    folder,
    node: async (argv, input) => {
      const { NODE_OPTIONS: _, ...env } = process.env;
      const running = run(process.execPath, [...argv], { cwd: folder, env });
      running.child.stdin?.end(input ?? '');
      return (await running).stdout;
    },
    tarball: async (name) => {
      const { file } = tarballs[publishedPackages.findIndex((published) => published === name)] as Tarball;
      return new Uint8Array(await readFile(join(folder, file))).buffer;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

interface Tarball {
  readonly manifest: Manifest;
  readonly file: string;
  readonly integrity: string;
}

async function pack(from: string, to: string): Promise<Tarball> {
  const { stdout } = await run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', to], { cwd: from });
  const [{ filename, integrity }] = JSON.parse(stdout) as [{ filename: string; integrity: string }];
  return { manifest: await readManifest(from), file: filename, integrity };
}

/** What the lock file has besides this repository's own packages and what only its development needs. */
async function lockedDependencies(): Promise<Record<string, unknown>> {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; devOptional?: boolean; link?: boolean }>;
  };
  const entries = Object.entries(lock.packages).flatMap(([path, entry]) => {
    if (!path.includes('node_modules/') || entry.link || entry.dev || entry.devOptional) return [];
    // What npm put into the folder of one of the packages belongs to that package, wherever it is installed.
    const [, owner, rest] = /^packages\/(\w+)\/(node_modules\/.*)$/.exec(path) ?? [];
    if (owner === undefined) return [[path, entry]];
    const name = owner === 'cli' ? 'countersign' : `@countersign/${owner}`;
    return [[`node_modules/${name}/${rest}`, entry]];
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
}
