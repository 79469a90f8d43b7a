import { readdirSync, readFileSync } from 'node:fs';

/** One end-to-end case: a plain text file in cases/, in the format that cases/README.md describes. */
export interface Case {
  readonly file: string;
  readonly title: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly files: Readonly<Record<string, string>>;
  readonly command: string;
  readonly stdin: string;
  readonly exit: number;
  readonly stdout?: string;
  readonly stderr?: string;
  /** A part of the JSON value that is expected on standard output. */
  readonly json?: unknown;
  /** The name of the schema that the JSON value satisfies. */
  readonly schema?: string;
}

const folder = new URL('cases/', import.meta.url);

/** Every case of the folder. */
export function readCases(): Case[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.txt'));
  return names.toSorted().map((file) => parseCase(file, readFileSync(new URL(file, folder), 'utf8')));
}

function parseCase(file: string, text: string): Case {
  const [title = '', ...sections] = text.replace(/\n$/, '').split(/^--- /m);
  const found: Record<string, string> = {};
  const files: Record<string, string> = {};
  for (const section of sections) {
    const [head = '', ...lines] = section.split('\n');
    // A section's text ends before the line end in front of the next one, so files end in a newline only when asked to.
    const content = lines.join('\n').replace(/\n$/, '');
    const [kind = '', argument = ''] = head.trim().split(' ');
    if (kind === 'file') files[argument] = content;
    else if (['env', 'command', 'stdin', 'stdout', 'stderr', 'json'].includes(kind)) found[kind] = content;
    else if (['exit', 'schema'].includes(kind)) found[kind] = argument;
    else throw new Error(`${file}: there is no section "--- ${head}"`);
  }
  const { command, exit, stdin = '', env = '', stdout, stderr, json, schema } = found;
  if (command === undefined || exit === undefined)
    throw new Error(`${file}: "--- command" and "--- exit" are required`);
  return {
    file,
    title: title.trim(),
    environment: Object.fromEntries(
      env
        .split('\n')
        .filter(Boolean)
        .map((line) => splitAt(line, '=')),
    ),
    files,
    command,
    stdin,
    exit: Number(exit),
    ...(stdout !== undefined && { stdout }),
    ...(stderr !== undefined && { stderr }),
    ...(json !== undefined && { json: JSON.parse(json) as unknown }),
    ...(schema !== undefined && { schema }),
  };
}

function splitAt(line: string, separator: string): [string, string] {
  const at = line.indexOf(separator);
  return [line.slice(0, at), line.slice(at + 1)];
}

/** Expected output as a regular expression: `<any>` stands for any text in a line, a line `...` for any lines. */
export function outputPattern(expected: string): RegExp {
  const lines = expected.split('\n').map((line) => {
    if (line === '...') return '(?:.*\n)*?';
    const pieces = line.split('<any>').map((piece) => piece.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
    return `${pieces.join('.*')}\n`;
  });
  return new RegExp(`^${expected === '' ? '' : lines.join('')}$`);
}
