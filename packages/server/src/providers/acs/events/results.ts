import type { EndCause, Leg, MediaFailure } from '../../../engine/call.ts';
import { isPhoneNumber, rawIdOf } from '../protocol/identifiers.ts';

/** `resultInformation` of an event: an HTTP- or SIP-like code, Azure's subcode, and a message. */
export interface ResultInformation {
  readonly code: number;
  readonly subCode: number;
  readonly message: string;
  readonly sipDetails?: SipDetails;
  readonly q850Details?: SipDetails;
}

/** What the telephone network said. */
export interface SipDetails {
  readonly code: number;
  readonly message: string;
}

/**
 * The results that events report. Texts as recorded from the live service or as Microsoft documents them, misprints
 * included; the remaining ones are worded after those of the same family.
 *
 * @see https://learn.microsoft.com/en-us/azure/communication-services/resources/troubleshooting/voice-video-calling/troubleshooting-codes
 */
export const results = {
  succeeded: { code: 200, subCode: 0, message: '' },
  'action-completed': { code: 200, subCode: 0, message: 'Action completed successfully.' },
  'play-canceled': { code: 400, subCode: 8508, message: 'Action falied, the operation was cancelled.' },
  'recognize-canceled': { code: 400, subCode: 8508, message: 'Action failed, the operation was canceled.' },
  'tones-canceled': { code: 400, subCode: 8508, message: 'Action failed, the operation was canceled.' },
  'file-format': { code: 400, subCode: 8535, message: 'Action failed, file format is invalid.' },
  'file-download': { code: 400, subCode: 8536, message: 'Action failed, file could not be downloaded.' },
  'source-empty': { code: 400, subCode: 8582, message: 'Action failed, play source text or SSML is empty.' },
  'max-digits': { code: 200, subCode: 8531, message: 'Action completed, max digits received.' },
  'stop-tone': { code: 200, subCode: 8514, message: 'Action completed as stop tone was detected.' },
  'dtmf-option': { code: 200, subCode: 8533, message: 'Action completed, DTMF option matched.' },
  'speech-option': { code: 200, subCode: 8545, message: 'Action completed, speech option matched.' },
  'speech-recognized': { code: 200, subCode: 8569, message: 'Action completed, speech was recognized.' },
  'initial-silence': { code: 400, subCode: 8510, message: 'Action failed, initial silence timeout reached.' },
  'inter-digit': { code: 400, subCode: 8532, message: 'Action failed, inter-digit silence timeout reached.' },
  'incorrect-tone': { code: 400, subCode: 8534, message: 'Action failed, incorrect tone entered.' },
  'speech-not-matched': {
    code: 400,
    subCode: 8547,
    message: 'Action failed, recognized phrase does not match a valid option.',
  },
  'speech-not-recognized': { code: 400, subCode: 8563, message: 'Action failed, speech could not be recognized.' },
  'prompt-failed': {
    code: 500,
    subCode: 8511,
    message: 'Action failed, encountered failure while trying to play the prompt.',
  },
  'dtmf-stopped': { code: 200, subCode: 7000, message: 'The conversation has ended. DiagCode: 0#7000.@' },
  'ended-by-application': {
    code: 200,
    subCode: 7000,
    message: 'Call was ended by Azure Communication Service Call Automation API or a server bot. DiagCode: 0#7000.@',
  },
  'ended-by-user': { code: 200, subCode: 5001, message: 'This conversation has ended.. DiagCode: 0#5001.@' },
  'ended-by-caller': { code: 200, subCode: 540000, message: 'Call ended successfully by local PSTN caller.' },
  'ended-by-callee': { code: 200, subCode: 560000, message: 'The conversation has ended. DiagCode: 0#560000.@' },

  'recognize-internal': {
    code: 500,
    subCode: 8512,
    message: 'Action failed, internal error while recognizing.',
  },
  'play-shutdown': { code: 500, subCode: 8572, message: 'Action failed due to play service shutdown.' },
  unknown: { code: 500, subCode: 9999, message: 'Unknown internal server error.' },
} as const satisfies Readonly<Record<string, ResultInformation>>;

/** Azure AI services said no: the reason by HTTP status, as documented for subcode 8565 (Play) and 8570 (Recognize). */
const speechServiceMessages: Readonly<Record<number, string>> = {
  400: 'Action failed, bad request to Azure AI services. Check input parameters.',
  401: 'Action failed, Azure AI services authentication error.',
  403: 'Action failed, forbidden request to Azure AI services, free subscription used by the request ran out of quota.',
  408: 'Action failed, request to Azure AI services timed out.',
  429: 'Action failed, requests exceeded the number of allowed concurrent requests for the Azure AI services subscription.',
};

/** The result of a play whose audio could not be had. */
export function mediaFailureResult(reason: MediaFailure, speechServiceStatus = 400): ResultInformation {
  switch (reason) {
    case 'download':
      return results['file-download'];
    case 'format':
      return results['file-format'];
    case 'empty':
      return results['source-empty'];
    case 'synthesis':
      return speechServiceResult(speechServiceStatus);
  }
}

function speechServiceResult(status: number): ResultInformation {
  const message = speechServiceMessages[status];
  return message === undefined ? results.unknown : { code: status, subCode: 8565, message };
}

/** What the telephone network says when it does not put a call through. Subcodes begin with 560: outbound. */
const networkFailures: Readonly<Partial<Record<EndCause, { sip: SipDetails; q850: SipDetails }>>> = {
  busy: { sip: { code: 486, message: 'Busy Here' }, q850: { code: 17, message: 'User busy' } },
  declined: { sip: { code: 603, message: 'Decline' }, q850: { code: 21, message: 'Call rejected' } },
  'no-answer': {
    sip: { code: 480, message: 'Temporarily Unavailable' },
    q850: { code: 19, message: 'No answer from user' },
  },
  unreachable: { sip: { code: 404, message: 'Not Found' }, q850: { code: 1, message: 'Unallocated number' } },
  canceled: { sip: { code: 487, message: 'Request Terminated' }, q850: { code: 16, message: 'Normal call clearing' } },
  failed: { sip: { code: 503, message: 'Service Unavailable' }, q850: { code: 41, message: 'Temporary failure' } },
};

/** The result of a leg that was never answered. */
export function unansweredResult(leg: Leg): ResultInformation {
  const failure = networkFailures[leg.cause ?? 'failed'] ?? networkFailures.failed;
  if (!failure) return results.unknown;
  const { sip, q850 } = failure;
  if (!isPhoneNumber(rawIdOf(leg.party))) {
    return { code: sip.code, subCode: 0, message: `${sip.message}. DiagCode: ${sip.code}#0.@` };
  }
  const subCode = 560_000 + sip.code;
  const message = `${sip.message}. DiagCode: ${sip.code}#${subCode}.@`;
  return { code: sip.code, subCode, message, sipDetails: sip, q850Details: q850 };
}

/** The result of a call that was connected and is over, seen from the application. */
export function disconnectedResult(cause: EndCause, last: Leg | undefined): ResultInformation {
  if (cause === 'dropped' || cause === 'max-duration') return results['ended-by-application'];
  if (cause === 'hung-up' && last && isPhoneNumber(rawIdOf(last.party))) {
    return last.direction === 'inbound' ? results['ended-by-caller'] : results['ended-by-callee'];
  }
  return results['ended-by-user'];
}
