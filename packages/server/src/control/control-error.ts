import type { PointedProblem } from '../http/json-shape.ts';

/** A request to the control API that cannot be carried out. Answered as `{ error: { code, message, problems? } }`. */
export class ControlError extends Error {
  override readonly name = 'ControlError';
  readonly statusCode: number;
  readonly code: string;
  readonly problems: readonly PointedProblem[] | undefined;

  constructor(statusCode: number, code: string, message: string, problems?: readonly PointedProblem[]) {
    super(message);
    this.statusCode = statusCode;
    this.code = code;
    this.problems = problems;
  }
}

/** What is there; throws 410 for what the limits dropped and 404 for what never was. */
export function found<T>(value: T | 'gone' | undefined, what: string): T {
  if (value === 'gone')
    throw new ControlError(410, 'gone', `${what} was there, and the server's limits have dropped it`);
  if (value === undefined) throw new ControlError(404, 'not-found', `there is no ${what}`);
  return value;
}
