/** A problem repeats names and values of the document, which may be as long as it. */
const MAX_PROBLEM = 500;

/** The SSML cannot be read: it is not well-formed XML, or an element of it is missing something or says what cannot be. */
export class SsmlError extends Error {
  override readonly name = 'SsmlError';
  /** 1 for the first line. */
  readonly line: number;
  /** 1 for the first character of the line. */
  readonly column: number;

  constructor(problem: string, line: number, column: number) {
    const said = problem.length > MAX_PROBLEM ? `${problem.slice(0, MAX_PROBLEM)}…` : problem;
    super(`SSML line ${line}, column ${column}: ${said}`);
    this.line = line;
    this.column = column;
  }
}
