import { addressProblem, type AddressRules } from './callback-uri.ts';
import type { CallConnection } from '../state/connection.ts';
import { acsError } from '../protocol/errors.ts';
import type { MediaStreamingOptions, TranscriptionOptions } from '../schemas/call-options.ts';

interface MediaBody {
  readonly callIntelligenceOptions?: { readonly cognitiveServicesEndpoint?: string };
  readonly mediaStreamingOptions?: MediaStreamingOptions;
  readonly transcriptionOptions?: TranscriptionOptions;
}

/**
 * What create, answer and connect say about speech, media streaming and transcription.
 *
 * @throws AcsError 400/8523 for a WebSocket address that is none
 */
export function mediaOptions(
  body: MediaBody,
  rules: AddressRules,
): Pick<CallConnection, 'cognitiveServicesEndpoint' | 'mediaStreaming' | 'transcription'> {
  const { mediaStreamingOptions, transcriptionOptions } = body;
  checkTransportUrl(mediaStreamingOptions?.transportUrl, 'mediaStreamingOptions.transportUrl', rules);
  checkTransportUrl(transcriptionOptions?.transportUrl, 'transcriptionOptions.transportUrl', rules);
  const endpoint = body.callIntelligenceOptions?.cognitiveServicesEndpoint;
  return {
    ...(endpoint !== undefined && { cognitiveServicesEndpoint: endpoint }),
    ...(mediaStreamingOptions && { mediaStreaming: mediaStreamingOptions }),
    ...(transcriptionOptions && { transcription: transcriptionOptions }),
  };
}

/** The rules of callback addresses hold for streams, too. */
function checkTransportUrl(url: string | undefined, at: string, rules: AddressRules): void {
  if (url === undefined) return;
  const problem = /^wss?:/i.test(url)
    ? addressProblem(url.replace(/^ws/i, 'http'), rules)
    : 'its scheme is neither wss nor ws';
  if (problem === undefined) return;
  const message = `The field ${at} must be a wss URL.`;
  throw acsError('invalid-argument', { message, target: at, explanations: [problem.replaceAll('http', 'ws')] });
}
