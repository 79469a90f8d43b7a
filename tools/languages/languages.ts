import { execFile, spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { FixLanguage } from '@countersign/core/diagnose';
import { postman } from './postman.ts';
import type { Language } from './language.ts';

/** Whether all that a language takes is installed. */
export function isInstalled({ commands }: Pick<Language, 'commands'>): boolean {
  return commands.every((command) => spawnSync('sh', ['-c', `command -v ${command}`]).status === 0);
}

const { execPath } = process;

async function execute(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<string> {
  const options = { cwd, env: { ...process.env, ...env }, maxBuffer: 16 * 1024 * 1024 };
  const { stderr } = await promisify(execFile)(command, [...args], options);
  return stderr;
}

/** Writes the programs, each to a file of its own, and hands all of them to one command. */
function interpreted(
  name: FixLanguage,
  extension: string,
  commands: readonly string[],
  command: string,
  before: readonly string[],
): Language {
  return {
    name,
    extension,
    commands,
    run: async (folder, programs, env) => {
      const files = [...programs.keys()].map((program) => join(folder, `${program}.${extension}`));
      await Promise.all([...programs.values()].map((text, at) => writeFile(files[at] ?? '', text)));
      return execute(command, [...before, ...files], folder, env);
    },
  };
}

/** One process runs all files; what one of them throws is no concern of the next. */
const inNode =
  'for (const file of process.argv.slice(1)) await import(file).catch((error) => console.error(file, error));';
const inPython = `
import runpy, sys, traceback
for file in sys.argv[1:]:
    try:
        runpy.run_path(file)
    except Exception:
        traceback.print_exc()
`;
const inPhp =
  'foreach (array_slice($argv, 1) as $file) { try { (function () use ($file) { require $file; })(); } catch (Throwable $error) { fwrite(STDERR, "$file: $error\\n"); } }';
const inRuby =
  'ARGV.each { |file| begin; load file, true; rescue Exception => e; warn "#{file}: #{e.full_message}"; end }';
const inBash = 'for file in "$@"; do bash "$file"; done';

/** Every language whose fixes are run. C# and PowerShell are not among them: their fixes are read. */
export const languages: readonly Language[] = [
  interpreted('javascript', 'mjs', [], execPath, ['--input-type=module', '-e', inNode]),
  interpreted('python', 'py', ['python3'], 'python3', ['-c', inPython]),
  interpreted('bash', 'sh', ['bash', 'openssl', 'curl'], 'bash', ['-c', inBash, 'bash']),
  interpreted('php', 'php', ['php'], 'php', ['-r', inPhp, '--']),
  interpreted('ruby', 'rb', ['ruby'], 'ruby', ['-e', inRuby]),
  {
    name: 'go',
    extension: 'go',
    commands: ['go'],
    isSlow: true,
    run: async (folder, programs, env) => {
      const calls = [...programs.keys()].map((program) => `\t${program}()\n`).join('');
      await writeFile(join(folder, 'go.mod'), 'module programs\n\ngo 1.19\n');
      await writeFile(join(folder, 'main.go'), `package main\n\nfunc main() {\n${calls}}\n`);
      for (const [program, text] of programs) await writeFile(join(folder, `${program}.go`), text);
      return execute('go', ['run', '.'], folder, env);
    },
  },
  {
    name: 'java',
    extension: 'java',
    commands: ['java', 'javac'],
    isSlow: true,
    run: async (folder, programs, env) => {
      const calls = [...programs.keys()]
        .map((program) => `    try { ${program}.run(); } catch (Exception failure) { failure.printStackTrace(); }\n`)
        .join('');
      const main = `public class Main {\n  public static void main(String[] args) {\n${calls}  }\n}\n`;
      const files = ['Main.java', ...[...programs.keys()].map((program) => `${program}.java`)];
      await writeFile(join(folder, 'Main.java'), main);
      for (const [program, text] of programs) await writeFile(join(folder, `${program}.java`), text);
      await execute('javac', files, folder, env);
      return execute('java', ['-cp', folder, 'Main'], folder, env);
    },
  },
  postman,
];
