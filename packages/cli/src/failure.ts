/** What the command's exit code says. */
export const exitCode = {
  /** Yes: signed, valid, explained, answered and spoken. */
  yes: 0,
  /** No: refused, unexplained, the call failed. */
  no: 1,
  /** Bad input or usage. */
  badInput: 2,
} as const;

export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** Ends a command with one sentence for people and a code for programs. Never carries secret material. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  /** `stage/reason`, for example `input/no-blank-line` or `secret/missing`. */
  readonly code: string;
  readonly exitCode: ExitCode;

  constructor(code: string, message: string, exit: ExitCode = exitCode.badInput) {
    super(message);
    this.code = code;
    this.exitCode = exit;
  }
}

/** Bad input: exit code 2. */
export function badInput(code: string, message: string): CommandFailure {
  return new CommandFailure(code, message);
}
