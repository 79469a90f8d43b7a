/**
 * Error codes of the Voice API: HTTP status × 100 + n.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/errors/
 */
export type SinchErrorCode = keyof typeof sinchErrors;

interface ErrorRule {
  /** The published text; the text of an error that carries details replaces it. */
  readonly message: string;
  /** What makes this server answer so; `fault` where Sinch names no trigger and only a fault switch does. */
  readonly trigger: string;
}

/** Every error code that Sinch documents, its text, and what triggers it here. */
export const sinchErrors = {
  40001: { message: 'Invalid parameters', trigger: 'a value of the wrong type, form or length; an unknown method' },
  40002: { message: 'Bad request: parameter missing', trigger: 'a required parameter is missing' },
  40003: { message: 'Request data missing', trigger: 'no body where one is required' },
  40004: { message: 'Bad request: Application key is invalid', trigger: 'an unknown application key in a body' },
  40005: { message: 'Number missing leading plus', trigger: 'a phone number without its leading +' },
  40100: {
    message: 'Authorization header missing, illegal or invalid',
    trigger: 'no Authorization header, two of them, or one of another form',
  },
  40101: {
    message: 'X-Timestamp request header invalid or missing',
    trigger: 'x-timestamp missing, repeated, or not ISO 8601 in UTC',
  },
  40102: { message: 'Request has invalid signature', trigger: 'a signature that is not that of the request' },
  40103: { message: 'User is already authorized', trigger: 'fault' },
  40104: {
    message: 'Not authorized: the request must be signed with the application secret',
    trigger: 'Basic authentication where it is switched off',
  },
  40105: { message: 'The request for authorization has expired', trigger: 'a right signature with a stale timestamp' },
  40107: {
    message: 'Wrong authorization type, or invalid password or key',
    trigger: 'Basic authentication with a wrong secret',
  },
  40108: { message: 'Invalid credentials', trigger: 'an unknown application key in the Authorization header' },
  40200: { message: 'Not enough credit', trigger: 'fault' },
  40300: { message: 'Forbidden destination', trigger: 'fault' },
  40301: { message: 'Invalid authorization scheme for this operation', trigger: 'fault' },
  40302: { message: 'Insufficient privileges', trigger: 'fault' },
  40303: { message: 'Restricted action', trigger: 'fault' },
  40400: { message: 'Resource not found', trigger: 'an unknown call, conference, application or path' },
  40900: { message: 'Conflict', trigger: 'fault' },
  42200: { message: 'Unprocessable', trigger: 'a recording that is too long for its file; also by fault' },
  42201: { message: 'Unprocessable', trigger: 'fault' },
  42202: { message: 'Unprocessable', trigger: 'fault' },
  42900: { message: 'Too many requests', trigger: 'fault' },
  42901: { message: 'Too many requests', trigger: 'fault' },
  50000: { message: 'Internal error', trigger: 'a failure of this server; also by fault' },
  50300: { message: 'Service temporarily unavailable', trigger: 'fault' },
  50301: { message: 'Service temporarily unavailable', trigger: 'fault' },
} as const satisfies Record<number, ErrorRule>;

/** Names that Sinch's error page puts behind the status in the `status` field of some 400 errors. */
const statusNames: Readonly<Partial<Record<SinchErrorCode, string>>> = {
  40001: 'ParameterValidation',
  40002: 'MissingParameter',
};

/** An answer other than success, in Sinch's own shape. Carries no secret. */
export class SinchError extends Error {
  override readonly name = 'SinchError';
  readonly errorCode: SinchErrorCode;

  /**
   * @param errorCode the documented code
   * @param detail replaces the published text where it says more: what was found, where, and what was expected
   */
  constructor(errorCode: SinchErrorCode, detail: string = sinchErrors[errorCode].message) {
    super(detail);
    this.errorCode = errorCode;
  }

  /** The HTTP status: the first three digits of the code. */
  get statusCode(): number {
    return Math.floor(this.errorCode / 100);
  }
}

/** The body of an error answer. */
export interface SinchErrorBody {
  readonly status?: string;
  readonly errorCode: number;
  readonly message: string;
  readonly reference: string;
}

/** Words an error as Sinch does. `reference` is a fresh id that the exchange can be found by. */
export function errorBody(error: SinchError, reference: string): SinchErrorBody {
  const name = statusNames[error.errorCode];
  return {
    ...(name !== undefined && { status: `${error.statusCode} ${name}` }),
    errorCode: error.errorCode,
    message: error.message,
    reference,
  };
}

/** The documented error that a number stands for, or `undefined`. */
export function documentedErrorCode(code: number): SinchErrorCode | undefined {
  return code in sinchErrors ? (code as SinchErrorCode) : undefined;
}
