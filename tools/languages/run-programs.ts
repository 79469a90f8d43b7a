import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { FixLanguage } from '@countersign/core/diagnose';
import type { NewmanRunOptions } from 'newman';

/** A generated program, and what it said. */
export interface RunProgram {
  readonly name: string;
  readonly text: string;
  /** The request that it signs, as Postman has it beside its script. */
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: string;
  };
}

const run = promisify(execFile);

type Command = readonly [command: string, ...args: string[]];

/** How one program in a folder of its own is run. */
const alone: Readonly<Partial<Record<FixLanguage, readonly [file: string, ...command: Command]>>> = {
  javascript: ['sign.mjs', process.execPath],
  python: ['sign.py', 'python3'],
  bash: ['sign.sh', 'bash'],
  php: ['sign.php', 'php', '-d', 'display_errors=stderr'],
  ruby: ['sign.rb', 'ruby', '-W1'],
};

/** Languages whose generated programs are run, and whether that takes long. */
export const runLanguages = ['javascript', 'python', 'bash', 'php', 'ruby', 'go', 'java', 'postman'] as const;

/**
 * Runs programs, each as it is printed and on its own; those of compiled languages are compiled together.
 *
 * @returns what each wrote, or why it failed, by its name
 */
export async function runPrograms(
  language: FixLanguage,
  programs: readonly RunProgram[],
  env: NodeJS.ProcessEnv,
): Promise<ReadonlyMap<string, string>> {
  if (language === 'postman') return runScripts(programs, env);
  const folder = await mkdtemp(join(tmpdir(), `countersign-programs-${language}-`));
  const said = new Map<string, string>();
  const execute = async (name: string, [command, ...args]: Command, cwd: string): Promise<void> => {
    const done = await run(command, args, { cwd, env: { ...process.env, ...env } }).catch((error: Error) => ({
      stdout: '',
      stderr: `${error.message}${(error as { stderr?: string }).stderr ?? ''}`,
    }));
    said.set(name, done.stdout + done.stderr);
  };
  try {
    const commands = await written(language, programs, folder);
    const waiting = [...programs];
    const worker = async (): Promise<void> => {
      for (let next = waiting.shift(); next; next = waiting.shift())
        await execute(next.name, commands(next.name), join(folder, next.name.toLowerCase()));
    };
    await Promise.all([worker(), worker()]);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return said;
}

/** Pre-request scripts, each of a request of its own, in one run of newman: Postman's own machinery. */
async function runScripts(
  programs: readonly RunProgram[],
  env: NodeJS.ProcessEnv,
): Promise<ReadonlyMap<string, string>> {
  const { default: newman } = await import('newman');
  const item = programs.map(({ name, text, request: { method, url, headers, body } }) => ({
    name,
    event: [{ listen: 'prerequest', script: { type: 'text/javascript', exec: text.split('\n') } }],
    request: {
      method,
      url: url.replace(/^https?:\/\/[^/]+/, '{{endpoint}}'),
      header: headers.map(([key, value]) => ({ key, value })),
      ...(body !== '' && { body: { mode: 'raw', raw: body } }),
    },
    protocolProfileBehavior: { disabledSystemHeaders: { 'content-type': true } },
  }));
  const origin = new URL(programs[0]?.request.url ?? 'http://localhost').origin;
  const values = { endpoint: origin, key: env['SIGNING_SECRET'], keyId: env['SIGNING_KEY_ID'] };
  const collection = { info: { name: 'programs' }, item } as unknown as NewmanRunOptions['collection'];
  const envVar = Object.entries(values).map(([key, value = '']) => ({ key, value }));
  return new Promise((resolve, reject) => {
    newman.run({ collection, envVar }, (error, summary) => {
      if (error) return reject(error);
      const failed = new Map(summary.run.failures.map(({ source, error: why }) => [source?.name ?? '', why.message]));
      resolve(new Map(programs.map(({ name }) => [name, failed.get(name) ?? 'done'])));
    });
  });
}

/** Writes the programs, each into a folder of its own, and compiles what has to be. */
async function written(
  language: FixLanguage,
  programs: readonly RunProgram[],
  folder: string,
): Promise<(name: string) => Command> {
  const [file = '', ...command] = alone[language] ?? [language === 'go' ? 'main.go' : 'Sign.java'];
  for (const { name, text } of programs) {
    await mkdir(join(folder, name.toLowerCase()), { recursive: true });
    await writeFile(join(folder, name.toLowerCase(), file), text);
  }
  const compiled = { cwd: folder, env: process.env, maxBuffer: 1 << 24 };
  if (language === 'go') {
    await writeFile(join(folder, 'go.mod'), 'module programs\n\ngo 1.19\n');
    await mkdir(join(folder, 'bin'));
    await run('go', ['build', '-o', 'bin/', './...'], compiled);
    return (name) => [join(folder, 'bin', name.toLowerCase())];
  }
  if (language === 'java') {
    for (const { name } of programs) await run('javac', [`${name.toLowerCase()}/Sign.java`], compiled);
    return () => ['java', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC', '-cp', '.', 'Sign'];
  }
  const [program = '', ...args] = command;
  return () => [program, ...args, file];
}
