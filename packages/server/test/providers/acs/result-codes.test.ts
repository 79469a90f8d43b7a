import { readFileSync } from 'node:fs';
import type { CallConnection } from '@azure/communication-call-automation';
import { describe, expect, it } from 'vitest';
import { startAcs, type AcsUnderTest } from './acs-under-test.ts';
import { agent, callerId, connectedGroup, text, withSpeech } from './calls-under-test.ts';
import { sendSigned } from './raw-request.ts';

/** Provokes a result with what docs/acs.md says provokes it. */
type Provoke = (acs: AcsUnderTest) => Promise<unknown>;

/** Options of a recognition, besides those that are usual. */
type Recognition = Readonly<Record<string, unknown>>;

const choices: Recognition = {
  kind: 'callMediaRecognizeChoiceOptions',
  choices: [
    { label: 'yes', phrases: ['yes'], tone: 'one' },
    { label: 'no', phrases: ['no'], tone: 'two' },
  ],
};
const speech: Recognition = { kind: 'callMediaRecognizeSpeechOptions' };

/** Every result that Microsoft documents, or recordings show, by event, code and subcode; and what provokes it. */
const eventResults: readonly (readonly [string, number, number, Provoke])[] = [
  ['CallConnected', 200, 0, (acs) => callTo(acs, '+12065550110')],
  ['ParticipantsUpdated', 200, 0, (acs) => callTo(acs, '+12065550110')],
  ['CallDisconnected', 200, 7000, async (acs) => (await callTo(acs, '+12065550110')).hangUp(true)],
  [
    'CallDisconnected',
    200,
    5001,
    async (acs) => {
      await acs.client.createCall({ targetParticipant: agent }, acs.callback());
      await acs.advance(1000);
      acs.phones.hangUp(agent.communicationUserId);
    },
  ],
  [
    'CallDisconnected',
    200,
    540000,
    async (acs) => {
      await acs.phones.dial('+15555550123', '+12065550100');
      await acs.advance(0);
      await acs.client.answerCall(acs.gridEvents.at(-1)?.body[0].data.incomingCallContext as string, acs.callback());
      acs.phones.hangUp('+15555550123');
    },
  ],
  [
    'CallDisconnected',
    603,
    0,
    async (acs) => {
      await acs.client.createCall({ targetParticipant: agent }, acs.callback());
      acs.phones.decline(agent.communicationUserId);
    },
  ],
  ['PlayStarted', 200, 0, playing(text('hello'))],
  ['PlayCompleted', 200, 0, playing(text('hello'))],
  [
    'PlayCanceled',
    400,
    8508,
    async (acs) => {
      const media = (await callTo(acs, '+12065550110')).getCallMedia();
      await media.playToAll([text('hello')]);
      await media.cancelAllOperations();
    },
  ],
  ['PlayFailed', 400, 8535, playing(file('picture.wav'))],
  ['PlayFailed', 400, 8536, playing(file('missing.wav'))],
  ...[400, 401, 403, 408, 429].map(
    (status) => ['PlayFailed', status, 8565, withFault({ name: 'speech', status }, playing(text('hello')))] as const,
  ),
  ['PlayFailed', 500, 8572, withFault({ name: 'acs-play', status: 500, code: '8572' }, playing(text('hello')))],
  ['PlayFailed', 500, 9999, withFault({ name: 'acs-play' }, playing(text('hello')))],
  ['RecognizeCompleted', 200, 8531, recognizing('+12065550130', { maxTonesToCollect: 1 })],
  ['RecognizeCompleted', 200, 8514, recognizing('+12065550132', { maxTonesToCollect: 9, stopDtmfTones: ['pound'] })],
  ['RecognizeCompleted', 200, 8533, recognizing('+12065550130', choices)],
  ['RecognizeCompleted', 200, 8545, recognizing('+12065550140', choices)],
  ['RecognizeCompleted', 200, 8569, recognizing('+12065550140', speech)],
  ['RecognizeFailed', 400, 8510, recognizing('+12065550110', { maxTonesToCollect: 1 })],
  ['RecognizeFailed', 400, 8532, recognizing('+12065550136', { maxTonesToCollect: 4 })],
  ['RecognizeFailed', 400, 8547, recognizing('+12065550142', choices)],
  ['RecognizeFailed', 400, 8563, recognitionFault(400, '8563')],
  [
    'RecognizeFailed',
    500,
    8511,
    recognizing('+12065550110', { maxTonesToCollect: 1, playPrompt: file('missing.wav') }),
  ],
  ['RecognizeFailed', 500, 8512, recognitionFault(500, '8512')],
  ['RecognizeFailed', 500, 9999, recognitionFault()],
  [
    'RecognizeCanceled',
    400,
    8508,
    async (acs) => {
      const call = await callTo(acs, '+12065550110');
      await startRecognizing(call, '+12065550110', { maxTonesToCollect: 1 });
      await call.getCallMedia().cancelAllOperations();
    },
  ],
  [
    'ContinuousDtmfRecognitionStopped',
    200,
    7000,
    async (acs) => {
      const media = (await callTo(acs, '+12065550110')).getCallMedia();
      await media.startContinuousDtmfRecognition({ phoneNumber: '+12065550110' });
      await media.stopContinuousDtmfRecognition({ phoneNumber: '+12065550110' });
    },
  ],
  [
    'CancelAddParticipantSucceeded',
    200,
    5300,
    async (acs) => {
      const call = await callTo(acs, '+12065550110');
      const { invitationId = '' } = await call.addParticipant({
        targetParticipant: { phoneNumber: '+12065550102' },
        sourceCallIdNumber: callerId,
      });
      await call.cancelAddParticipantOperation(invitationId);
    },
  ],
];

describe('the result of an event', () => {
  it.each(eventResults)('%s %i/%i is provoked as documented', async (event, code, subCode, provoke) => {
    const acs = await startAcs({ eventGrid: true });
    await provoke(acs);
    await acs.advance(30_000);
    const results = acs.events.filter(({ name }) => name === event).map(({ data }) => data['resultInformation']);
    expect(results).toContainEqual({ code, subCode, message: expect.any(String) });
  });

  it('stands in docs/acs.md, each one', () => {
    expect(rowsUnder('## Results of events').map((cells) => cells.slice(0, 2))).toEqual(
      eventResults.map(([event, code, subCode]) => [event, `${code}/${subCode}`]),
    );
  });
});

/** Every refusal that Microsoft documents for an action, by status and code; and what provokes it. */
const refusals: readonly (readonly [number, number, Provoke])[] = [
  [404, 8522, (acs) => acs.client.getCallConnection('none').getCallConnectionProperties()],
  [405, 8522, async (acs) => (await callTo(acs, '+12065550110', {})).getCallMedia().playToAll([text('hello')])],
  [400, 8523, (acs) => acs.client.createCall({ targetParticipant: agent }, 'nowhere')],
  [
    400,
    8501,
    async (acs) => {
      const { callConnection } = await acs.client.createCall({ targetParticipant: agent }, acs.callback(), withSpeech);
      return callConnection.getCallMedia().playToAll([text('hello')]);
    },
  ],
  [
    400,
    8500,
    async (acs) => {
      const call = await callTo(acs, '+12065550110');
      await startRecognizing(call, '+12065550110', { maxTonesToCollect: 1 });
      return startRecognizing(call, '+12065550110', { maxTonesToCollect: 1 });
    },
  ],
  [
    409,
    8519,
    async (acs) => {
      const call = await connectedGroup(acs);
      return call.addParticipant({ targetParticipant: agent });
    },
  ],
  [
    400,
    8582,
    async (acs) => (await callTo(acs, '+12065550110')).getCallMedia().playToAll([{ ...text('x'), text: ' ' }]),
  ],
  [
    400,
    8553,
    async (acs) => {
      const { callConnectionId = '' } = await (await callTo(acs, '+12065550110')).getCallConnectionProperties();
      await acs.client.getCallRecording().start({ callConnectionId });
      return acs.client.getCallRecording().start({ callConnectionId });
    },
  ],
  ...(
    [
      [400, 8559],
      [400, 8585],
      [400, 8528],
      [400, 8567],
      [405, 8520],
      [412, 8583],
      [403, 7507],
    ] as const
  ).map(
    ([status, code]) =>
      [
        status,
        code,
        withFault({ name: 'acs-refuse', status, code: String(code) }, (acs) =>
          acs.client.getCallConnection('none').getCallConnectionProperties(),
        ),
      ] as const,
  ),
];

describe('the refusal of an action', () => {
  it.each(refusals)('%i/%i is provoked as documented', async (statusCode, code, provoke) => {
    const acs = await startAcs();
    const refused = { statusCode, code: String(code), message: expect.stringMatching(/\w/) };
    await expect(provoke(acs)).rejects.toMatchObject(refused);
  });

  it('stands in docs/acs.md, each one', () => {
    expect(rowsUnder('## Refusals').map(([code]) => code)).toEqual(
      refusals.map(([status, code]) => `${status}/${code}`),
    );
  });

  it('by a fault comes after authentication, which it leaves alone', async () => {
    const acs = await startAcs();
    acs.fault({ name: 'acs-refuse' });
    const path = '/calling/callConnections/none?api-version=2026-03-12';
    expect((await fetch(acs.url + path)).status).toBe(401);
    const answer = await sendSigned(acs.url, { path });
    expect(answer.status).toBe(500);
    expect(await answer.json()).toEqual({ error: { code: '9999', message: 'Unknown internal server error.' } });
  });
});

function file(name: string) {
  return { kind: 'fileSource' as const, url: `https://files.test/${name}` };
}

function withFault(fault: Parameters<AcsUnderTest['fault']>[0], provoke: Provoke): Provoke {
  return async (acs) => {
    acs.fault(fault);
    return provoke(acs);
  };
}

function playing(source: ReturnType<typeof text> | ReturnType<typeof file>): Provoke {
  return async (acs) => (await callTo(acs, '+12065550110')).getCallMedia().playToAll([source]);
}

function recognizing(number: string, options: Recognition): Provoke {
  return async (acs) => startRecognizing(await callTo(acs, number), number, options);
}

function recognitionFault(status?: number, code?: string): Provoke {
  const fault = { name: 'acs-recognize', ...(status !== undefined && { status }), ...(code !== undefined && { code }) };
  return withFault(fault, recognizing('+12065550110', { maxTonesToCollect: 1 }));
}

function startRecognizing(call: CallConnection, phoneNumber: string, options: Recognition): Promise<unknown> {
  const usual = { kind: 'callMediaRecognizeDtmfOptions', playPrompt: text('Well?') };
  return call.getCallMedia().startRecognizing({ phoneNumber }, { ...usual, ...options } as never);
}

/** A call to a test number, which has answered. */
async function callTo(acs: AcsUnderTest, phoneNumber: string, options: object = withSpeech): Promise<CallConnection> {
  const { callConnection } = await acs.client.createCall(
    { targetParticipant: { phoneNumber }, sourceCallIdNumber: callerId },
    acs.callback(),
    options,
  );
  await acs.advance(1000);
  return callConnection;
}

/** The cells of the table under a heading of docs/acs.md. */
function rowsUnder(heading: string): string[][] {
  const page = readFileSync(new URL('../../../../../docs/acs.md', import.meta.url), 'utf8');
  const section = page.split(`\n${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim().replaceAll('`', '')),
    );
}
