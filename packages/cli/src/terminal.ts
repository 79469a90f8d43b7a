import { styleText } from 'node:util';
import { redactionOf, type Redaction } from '@countersign/core/redaction';
import type { Secret } from '@countersign/core/secret';
import type { ExitCode } from './failure.ts';

/** One style. (Given several at once, Node 20's `styleText` forgets to ask whether there is a terminal.) */
export type Style = Extract<Parameters<typeof styleText>[0], string>;

/**
 * Where a command writes. Results go to standard output, everything else to standard error, so that a result can be
 * piped. Styles appear on a terminal only, and not when `NO_COLOR` is set.
 */
export interface Terminal {
  /** Writes a result to standard output: text gets a newline at its end, bytes go out as they are. */
  result(value: string | Uint8Array): void;
  /** Writes one line to standard error. */
  say(line: string): void;
  /** Writes a remark to standard error, marked as such. */
  note(text: string): void;
  /** Writes the one JSON value of a command that was asked for JSON. */
  json(value: unknown): void;
  /** Hides these secrets, in each of their forms, in whatever is written from now on. */
  hide(secrets: readonly (Secret | string)[]): void;
  /** Styles text for standard output. */
  paint(style: Style, text: string): string;
  /** Styles text for standard error. */
  paintError(style: Style, text: string): string;
  /** Sets the exit code with which the process will end. */
  exit(code: ExitCode): void;
  /** Whether the running command was asked for JSON; a failure is then JSON too. */
  wantsJson: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The terminal of this process. */
export function processTerminal(): Terminal {
  const { stdout, stderr } = process;
  // `countersign … | head -1` closes the pipe early: that is the reader's right, not an error.
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
  const paintError = (style: Style, text: string): string => styleText(style, text, { stream: stderr });
  const hidden: Redaction[] = [];
  const shown = (text: string): string => hidden.reduce((rest, { text: redact }) => redact(rest), text);
  const say = (line: string): void => void stderr.write(`${shown(line)}\n`);
  const note = (text: string): void => say(`${paintError('yellow', 'note:')} ${text}`);
  /** What is printed is often sent or kept: that it is not what it was has to be said. */
  const out = (value: string | Uint8Array, redacted: string | Uint8Array): void => {
    stdout.write(redacted);
    if (redacted !== value)
      note('this output contained the secret, which is not shown: a secret does not belong in a request');
  };
  const outText = (text: string): void => out(text, shown(text));
  return {
    result: (value) =>
      typeof value === 'string'
        ? outText(`${value}\n`)
        : out(
            value,
            hidden.reduce((rest, { bytes: redact }) => redact(rest), value),
          ),
    say,
    note,
    json: (value) => outText(`${JSON.stringify(value, null, 2)}\n`),
    hide: (secrets) => void hidden.push(redactionOf(secrets)),
    paint: (style, text) => styleText(style, text, { stream: stdout }),
    paintError,
    exit: (code) => void (process.exitCode = code),
    wantsJson: false,
    env: process.env,
  };
}
