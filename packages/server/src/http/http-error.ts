/**
 * A request that cannot be served as it stands. Thrown before a provider's handler runs; the provider's error handler
 * words it in its own shape, by `statusCode` and `code`.
 */
export class HttpError extends Error {
  override readonly name = 'HttpError';
  readonly statusCode: number;
  /** For programs: `body/too-large`, `body/aborted`, `host/refused`, `origin/refused`. */
  readonly code: string;

  constructor(statusCode: number, code: string, message: string) {
    super(message);
    this.statusCode = statusCode;
    this.code = code;
  }
}
