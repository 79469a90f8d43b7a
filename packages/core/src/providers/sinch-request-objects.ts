/**
 * The objects in the bodies of requests to Sinch Voice, with their members in the order of its OpenAPI document.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/voice/
 */
export const sinchRequestObjects: readonly string[] = [
  'type endpoint',
  'method ttsCallout conferenceCallout customCallout',
  'cli destination dtmf domain custom locale text prompts enableAce enableDice enablePie',
  'cli destination conferenceId dtmf conferenceDtmfOptions maxDuration enableAce enableDice enablePie locale greeting mohClass custom domain',
  'cli destination dtmf custom maxDuration ice ace pie dice',
  'mode maxDigits timeoutMills',
  'instructions action',
  'command moh',
  'numbers applicationkey capability',
  'number applicationkey capability',
];
