import { createProgram, run } from '../src/program.ts';
import type { Terminal } from '../src/terminal.ts';

/** What a command left that ran in this process. */
export interface Answer {
  readonly exit: number;
  readonly json: unknown;
  readonly text: string;
  readonly said: readonly string[];
}

/** Runs the command's own program in this process: a hundredth of the time of its launcher, which has tests of its own. */
export async function answerOf(argv: readonly string[], env: Readonly<Record<string, string>>): Promise<Answer> {
  const said: string[] = [];
  let exit = 0;
  let json: unknown;
  let text = '';
  const terminal: Terminal = {
    result: (value) => void (text += typeof value === 'string' ? `${value}\n` : new TextDecoder().decode(value)),
    say: (line) => void said.push(line),
    note: (line) => void said.push(line),
    json: (value) => void (json = structuredClone(value)),
    hide: () => {},
    paint: (_, plain) => plain,
    paintError: (_, plain) => plain,
    exit: (code) => void (exit = code),
    wantsJson: false,
    env,
  };
  await run(await createProgram(terminal, '0.0.0', argv), argv, terminal);
  return { exit, json, text, said };
}
