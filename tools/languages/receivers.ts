import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { FixLanguage } from '@countersign/core/diagnose';
import { freePort } from '../free-port.ts';
import type { Programs } from './language.ts';

/** A framework in which people receive, and how its programs are run. */
export interface Framework {
  /** As the fixes call it. */
  readonly name: string;
  readonly language: FixLanguage;
  /** The program, in `receivers/`. */
  readonly file: string;
  /** Exits with 0 where all that it takes is installed. */
  readonly probe?: readonly [command: string, ...args: string[]];
  /** What runs one program or all of them. */
  readonly command: (files: readonly string[], port: number) => readonly [command: string, ...args: string[]];
  /** One process a program, on a port that it is given. */
  readonly isAlone?: true;
}

/** Receivers that run, each on its port by its name. */
export interface Running {
  readonly ports: ReadonlyMap<string, number>;
  /** What they said on the standard error. */
  errors(): string;
  stop(): Promise<void>;
}

const inNode: Framework['command'] = (files) => [
  process.execPath,
  '--input-type=module',
  '-e',
  'for (const file of process.argv.slice(1)) await import(file);',
  ...files,
];
const inPython: Framework['command'] = (files) => [
  'python3',
  '-c',
  'import runpy, sys\nfor file in sys.argv[1:]: runpy.run_path(file)',
  ...files,
];

/** Every framework whose code is run. ASP.NET, Spring and servlets are not among them: their lines are read. */
export const frameworks: readonly Framework[] = [
  { name: 'Express', language: 'javascript', file: 'express.mjs', command: inNode },
  { name: 'Fastify', language: 'javascript', file: 'fastify.mjs', command: inNode },
  { name: 'Hono', language: 'javascript', file: 'hono.mjs', command: inNode },
  { name: 'Next.js', language: 'javascript', file: 'next.mjs', command: inNode },
  {
    name: 'Flask',
    language: 'python',
    file: 'flask.py',
    probe: ['python3', '-c', 'import flask'],
    command: inPython,
  },
  {
    name: 'FastAPI',
    language: 'python',
    file: 'fastapi.py',
    probe: ['python3', '-c', 'import fastapi, uvicorn'],
    command: inPython,
  },
  {
    name: 'Rails',
    language: 'ruby',
    file: 'rails.rb',
    probe: ['ruby', '-e', "require 'action_dispatch'; require 'webrick'"],
    command: (files) => ['ruby', '-e', 'ARGV.each { |file| load file, true }; sleep', ...files],
  },
  {
    name: 'Laravel',
    language: 'php',
    file: 'laravel.php',
    probe: ['php', '-r', "require 'Illuminate/Http/autoload.php';"],
    command: ([file = ''], port) => ['php', '-S', `127.0.0.1:${port}`, file],
    isAlone: true,
  },
  { name: 'net/http', language: 'go', file: 'nethttp.go', probe: ['go', 'version'], command: () => ['go', 'run', '.'] },
];

/** Whether all that a framework takes is there. */
export function isThere({ probe }: Framework): boolean {
  if (!probe) return true;
  const [command, ...args] = probe;
  return spawnSync(command, args).status === 0;
}

/** Starts programs of a framework, and waits until all of them listen. */
export async function startReceivers(
  { command, file, isAlone }: Framework,
  programs: Programs,
  env: NodeJS.ProcessEnv,
): Promise<Running> {
  // Beside the modules that programs for Node import.
  const folder = await mkdtemp(new URL('../../node_modules/.receivers-', import.meta.url).pathname);
  const extension = file.slice(file.indexOf('.'));
  const files = [...programs.keys()].map((name) => join(folder, `${name}${extension}`));
  for (const [at, text] of [...programs.values()].entries()) await writeFile(files[at] ?? '', text);
  if (extension === '.go') await writeGo(folder, [...programs.keys()]);

  const ports = new Map<string, number>();
  const children: ChildProcess[] = [];
  let errors = '';
  const start = async (own: readonly string[], names: readonly string[]): Promise<void> => {
    const port = isAlone ? await freePort() : 0;
    const [program, ...args] = command(own, port);
    const options = { cwd: folder, env: { ...process.env, ...env }, detached: true };
    const child = spawn(program, args, options);
    children.push(child);
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    if (isAlone) {
      for (const name of names) ports.set(name, port);
      await once(child.stderr, 'data');
      return;
    }
    for await (const line of createInterface({ input: child.stdout })) {
      const [name = '', listening] = line.split(' ');
      ports.set(name, Number(listening));
      if (names.every((one) => ports.has(one))) return;
    }
    throw new Error(errors);
  };
  const names = [...programs.keys()];
  if (isAlone) for (const [at, name] of names.entries()) await start(files.slice(at, at + 1), [name]);
  else await start(files, names);

  const stop = async (): Promise<void> => {
    // `go run` starts a process of its own: all of the group have to end.
    for (const { pid } of children) if (pid !== undefined) process.kill(-pid, 'SIGKILL');
    await rm(folder, { recursive: true, force: true });
  };
  return { ports, errors: () => errors, stop };
}

async function writeGo(folder: string, names: readonly string[]): Promise<void> {
  const calls = names.map((name) => `\t${name}()\n`).join('');
  await writeFile(join(folder, 'go.mod'), 'module receivers\n\ngo 1.19\n');
  await writeFile(join(folder, 'main.go'), `package main\n\nfunc main() {\n${calls}\tselect {}\n}\n`);
}
