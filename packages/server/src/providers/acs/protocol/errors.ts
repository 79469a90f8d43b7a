import type { CommandRefusal } from '../../../engine/command.ts';

/**
 * The error codes of Call Automation that this server answers with: the HTTP status, Azure's subcode (a string in the
 * body), and the message.
 *
 * @see https://learn.microsoft.com/en-us/azure/communication-services/resources/troubleshooting/voice-video-calling/troubleshooting-codes
 */
export const acsErrors = {
  'invalid-token': { status: 401, code: '7501', message: 'Invalid token.' },
  'call-source-identity': {
    status: 403,
    code: '7507',
    message: 'The call belongs to another Communication Services resource.',
  },
  'call-not-found': { status: 404, code: '8522', message: 'Call not found.' },
  'participant-not-found': { status: 404, code: '8522', message: 'Participant not found.' },
  'recording-not-found': { status: 404, code: '8522', message: 'Recording not found.' },
  'invitation-not-found': { status: 404, code: '8522', message: 'Invitation not found.' },
  'missing-configuration': {
    status: 405,
    code: '8522',
    message: 'Missing configuration: CallIntelligenceOptions.CognitiveServicesEndpoint must be set for this action.',
  },
  'invalid-argument': { status: 400, code: '8523', message: 'The request body is invalid.' },
  'validation-error': { status: 400, code: 'ValidationError', message: 'One or more validation errors occurred.' },
  'identity-not-found': { status: 404, code: 'NotFound', message: 'The identity does not exist.' },
  'room-not-found': { status: 404, code: 'NotFound', message: 'The room does not exist.' },
  'play-source-empty': { status: 400, code: '8582', message: 'The text or SSML of a play source is empty.' },
  'call-not-established': {
    status: 400,
    code: '8501',
    message: 'Action is not supported: the call is not established.',
  },
  'invalid-media-mode': {
    status: 400,
    code: '8500',
    message: 'Invalid media mode: the target participant is already in a media operation.',
  },
  'duplicate-recording': { status: 400, code: '8553', message: 'Recording is already in progress.' },
  'recording-state': {
    status: 400,
    code: '8573',
    message: 'The recording cannot be paused or resumed in its current state.',
  },
  conflict: { status: 409, code: '8519', message: 'The action conflicts with another one on the same resource.' },
  throttled: { status: 429, code: '8530', message: 'Call throttled: the limit of active calls is reached.' },
  'body-too-large': { status: 413, code: 'RequestEntityTooLarge', message: 'The request body is too large.' },
  'internal-error': { status: 500, code: '9999', message: 'Unknown internal server error.' },
} as const satisfies Readonly<Record<string, { status: number; code: string; message: string }>>;

export type AcsErrorName = keyof typeof acsErrors;

/** The body of every error of Communication Services: `{"error":{"code","message",…}}`. */
export interface ErrorBody {
  readonly error: {
    readonly code: string;
    readonly message: string;
    readonly target?: string;
    readonly details?: readonly { readonly code: string; readonly message: string }[];
  };
}

/** A request refused in the words of Communication Services. Thrown by operations, answered by the error handler. */
export class AcsError extends Error {
  override readonly name = 'AcsError';
  readonly statusCode: number;
  readonly body: ErrorBody;

  constructor(statusCode: number, body: ErrorBody) {
    super(body.error.message);
    this.statusCode = statusCode;
    this.body = body;
  }
}

/** The text of an error, beside its code. */
export interface ErrorWording {
  /** Replaces the usual message. */
  readonly message?: string;
  /** The field that is wrong, for example `playSources[0].kind`. */
  readonly target?: string;
  /** Sentences for the developer that Azure would not say; they go to `error.details`. */
  readonly explanations?: readonly string[];
}

/** The error of that name, ready to throw. */
export function acsError(name: AcsErrorName, wording: ErrorWording = {}): AcsError {
  const { status, code, message } = acsErrors[name];
  const { target, explanations } = wording;
  return new AcsError(status, {
    error: {
      code,
      message: wording.message ?? message,
      ...(target !== undefined && { target }),
      ...(explanations && { details: explanations.map((sentence) => ({ code, message: sentence })) }),
    },
  });
}

const refusals: Readonly<Record<CommandRefusal['refused'], AcsErrorName>> = {
  'call-not-found': 'call-not-found',
  'call-ended': 'call-not-found',
  'call-not-connected': 'call-not-established',
  'leg-not-found': 'participant-not-found',
  'leg-ended': 'participant-not-found',
  'leg-not-connected': 'call-not-established',
  'operation-not-found': 'participant-not-found',
  'operation-conflict': 'invalid-media-mode',
  'recording-not-found': 'recording-not-found',
  'recording-state': 'recording-state',
  'duplicate-id': 'conflict',
  'limit-reached': 'throttled',
};

/** A command that the engine did not carry out, as Communication Services would refuse the request behind it. */
export function refusalError(refusal: CommandRefusal): AcsError {
  return acsError(refusals[refusal.refused], { explanations: [refusal.summary] });
}
