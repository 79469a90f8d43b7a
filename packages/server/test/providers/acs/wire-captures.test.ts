import { readFileSync } from 'node:fs';
import { Secret } from '@countersign/core/secret';
import { describe, expect, it } from 'vitest';
import { acsAccount } from '../../../src/providers/acs/accounts/account.ts';
import { startAcs, type AcsUnderTest } from './acs-under-test.ts';
import { sendRaw, sendSigned } from './raw-request.ts';

interface Captures {
  readonly accessKey: string;
  readonly captures: readonly {
    readonly name: string;
    readonly requestLine: string;
    readonly headers: readonly (readonly [string, string])[];
    readonly body: string;
    readonly stringToSign: string;
  }[];
}

const { accessKey, captures } = JSON.parse(
  readFileSync(new URL('fixtures/wire-captures.json', import.meta.url), 'utf8'),
) as Captures;

/** The call that the captured requests address. */
const capturedCall = '401f3500-1b2c-4d5e-8f90-0123456789ab';

/**
 * What each captured request is answered when its call exists, with the phone and the user it names in it. Those that
 * name something that cannot exist here (an invented context, server call or recording) are found, and not found.
 */
const expectedStatus: Readonly<Record<string, number>> = {
  '01-createCall-pstn': 201,
  '02-createGroupCall': 201,
  '03-answerCall': 400,
  '04-redirectCall': 400,
  '05-rejectCall': 400,
  '06-connectCall-server': 404,
  '07-getCallConnectionProperties': 200,
  '08-hangUp-self': 204,
  '09-hangUp-everyone-terminate': 204,
  '10-transferCallToParticipant': 202,
  '11-addParticipant': 409,
  '12-removeParticipant': 202,
  '13-listParticipants': 200,
  '14-getParticipant': 200,
  '15-muteParticipant': 200,
  '16-cancelAddParticipantOperation': 404,
  '17-moveParticipants': 404,
  '18-playToAll-file': 202,
  '19-play-text': 202,
  '20-playToAll-ssml-loop-interrupt': 202,
  '21-startRecognizing-dtmf': 202,
  '22-startRecognizing-choices': 202,
  '23-startRecognizing-speech': 202,
  '24-cancelAllOperations': 202,
  '25-sendDtmfTones': 202,
  '26-startContinuousDtmf': 200,
  '27-stopContinuousDtmf': 400,
  '28-hold': 200,
  '29-unhold': 200,
  '30-startMediaStreaming': 405,
  '31-startTranscription': 405,
  '32-recording-start': 404,
  '33-recording-getState': 404,
  '34-recording-pause': 404,
  '35-recording-stop': 404,
  '36-play-apiVersion-2023-10-15': 202,
  '37-getCall-id-with-special-chars': 404,
  '40-identity-createUser': 201,
  '41-identity-createUserAndToken': 201,
  '42-identity-getToken': 404,
  '43-sms-send': 202,
};

describe('requests of the official SDK, replayed byte for byte', () => {
  it.each(captures)('$name', async ({ name, requestLine, headers, body, stringToSign }) => {
    const acs = await startCapturedCall(new Date(stringToSign.split('\n')[2]?.split(';')[0] ?? ''));
    const head = [requestLine, ...headers.map(([header, value]) => `${header}: ${value}`)].join('\r\n');
    const answer = await sendRaw(acs.url, `${head}\r\n\r\n${body}`);
    expect({ status: answer.status, body: answer.body }).toEqual({
      status: expectedStatus[name],
      body: expect.any(String),
    });

    const [exchange] = acs.exchanges();
    expect(exchange?.authentication).toMatchObject({ scheme: 'acs-hmac', outcome: 'accepted' });
    expect(Buffer.from(exchange?.authentication?.trace?.()?.stringToSign ?? []).toString()).toBe(stringToSign);
    const sentId = headers.find(([header]) => header === 'x-ms-client-request-id')?.[1];
    expect(answer.headers['x-ms-client-request-id']).toBe(sentId);
  });
});

/** A server that knows the captures' key and lives at their time, with their call connected. */
async function startCapturedCall(date: Date): Promise<AcsUnderTest> {
  const acs = await startAcs({
    accounts: [{ ...acsAccount.development(), credentials: [{ secret: new Secret(accessKey, 'base64') }] }],
    wallNow: () => date,
    ids: [capturedCall],
  });
  const user = '8:acs:11111111-1111-1111-1111-111111111111_33333333-3333-3333-3333-333333333333';
  const created = await sendSigned(acs.url, {
    path: '/calling/callConnections?api-version=2026-03-12',
    body: {
      targets: [{ phoneNumber: { value: '+15555550123' } }, { communicationUser: { id: user } }],
      sourceCallerIdNumber: { value: '+12065550100' },
      callbackUri: acs.callback(),
      callIntelligenceOptions: { cognitiveServicesEndpoint: 'https://speech.test/' },
    },
    key: accessKey,
    date,
  });
  expect(created.status).toBe(201);
  await acs.advance(1000);
  return acs;
}
