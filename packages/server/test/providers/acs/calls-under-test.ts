import type { CallConnection } from '@azure/communication-call-automation';
import type { AcsUnderTest } from './acs-under-test.ts';

/** The number that the tests call, and the one that they call from. */
export const callee = { phoneNumber: '+15555550123' };
export const callerId = { phoneNumber: '+12065550100' };
/** A Communication Services user. */
export const agent = {
  communicationUserId: '8:acs:11111111-1111-1111-1111-111111111111_33333333-3333-3333-3333-333333333333',
};

/** Options with which text, SSML and speech may be used. */
export const withSpeech = { callIntelligenceOptions: { cognitiveServicesEndpoint: 'https://speech.test/' } };

/** A call to one phone that has been answered, as the current SDK makes it. The events of that much are forgotten. */
export async function connectedCall(
  acs: AcsUnderTest,
  options: Parameters<AcsUnderTest['client']['createCall']>[2] = withSpeech,
): Promise<CallConnection> {
  const { callConnection } = await acs.client.createCall(
    { targetParticipant: callee, sourceCallIdNumber: callerId },
    acs.callback(),
    options,
  );
  await acs.advance(1000);
  acs.events.length = 0;
  return callConnection;
}

/** A call with a phone and an agent in it. */
export async function connectedGroup(acs: AcsUnderTest): Promise<CallConnection> {
  const { callConnection } = await acs.client.createGroupCall([callee, agent], acs.callback(), {
    sourceCallIdNumber: callerId,
    ...withSpeech,
  });
  await acs.advance(1000);
  acs.events.length = 0;
  return callConnection;
}

/** A text source, 50 ms per character. */
export function text(words: string) {
  return { kind: 'textSource' as const, text: words, voiceName: 'en-US-NancyNeural' };
}
