/** The SSML cannot be read: it is not well-formed XML, or an element of it is missing something or says what cannot be. */
export class SsmlError extends Error {
  override readonly name = 'SsmlError';
  /** 1 for the first line. */
  readonly line: number;
  /** 1 for the first character of the line. */
  readonly column: number;

  constructor(problem: string, line: number, column: number) {
    super(`SSML line ${line}, column ${column}: ${problem}`);
    this.line = line;
    this.column = column;
  }
}
