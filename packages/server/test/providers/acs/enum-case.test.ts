import { describe, expect, it } from 'vitest';
import { startAcs } from './acs-under-test.ts';
import { callee, connectedCall } from './calls-under-test.ts';
import { sendSigned } from './raw-request.ts';

const version = 'api-version=2026-03-12';
const phone = { kind: 'PhoneNumber', phoneNumber: { value: '+15555550123' } };

describe('the names of values', () => {
  it('are read in any case, as samples on .NET send them, and answered in the documented one', async () => {
    const acs = await startAcs();
    const created = await sendSigned(acs.url, {
      path: `/calling/callConnections?${version}`,
      body: {
        targets: [phone],
        sourceCallerIdNumber: { value: '+12065550100' },
        callbackUri: acs.callback(),
        mediaStreamingOptions: {
          transportUrl: 'ws://localhost:9/media',
          transportType: 'Websocket',
          contentType: 'Audio',
          audioChannelType: 'Mixed',
          audioFormat: 'Pcm24KMono',
        },
      },
    });
    expect(created.status).toBe(201);
    expect(await created.json()).toMatchObject({
      targets: [{ kind: 'phoneNumber', rawId: '4:+15555550123' }],
      mediaStreamingSubscription: { subscribedContentTypes: ['audio'] },
    });
    await acs.advance(1_000);
    const [{ data }] = acs.events as unknown as [{ data: Record<string, string> }];
    const recording = await sendSigned(acs.url, {
      path: `/calling/recordings?${version}`,
      body: {
        callLocator: { kind: 'ServerCallLocator', serverCallId: data['serverCallId'] },
        recordingContentType: 'Audio',
        recordingChannelType: 'MIXED',
        recordingFormatType: 'Wav',
      },
    });
    expect(recording.status).toBe(200);
    expect(await recording.json()).toMatchObject({ recordingState: 'active' });
  });

  it('are known in any case also where keys are named, and what was pressed is told in the documented one', async () => {
    const acs = await startAcs();
    const { callConnectionId } = await (await connectedCall(acs)).getCallConnectionProperties();
    const answer = await sendSigned(acs.url, {
      path: `/calling/callConnections/${callConnectionId}:recognize?${version}`,
      body: {
        recognizeInputType: 'Dtmf',
        playPrompt: { kind: 'File', file: { uri: 'https://files.test/menu.wav' } },
        recognizeOptions: {
          interruptPrompt: true,
          targetParticipant: phone,
          dtmfOptions: { maxTonesToCollect: 9, stopTones: ['Pound'] },
        },
      },
    });
    expect(answer.status).toBe(202);
    acs.phones.press(callee.phoneNumber, '12#');
    await acs.advance(1_000);
    expect(acs.events.at(-1)).toMatchObject({
      name: 'RecognizeCompleted',
      data: { recognitionType: 'dtmf', dtmfResult: { tones: ['one', 'two'] }, resultInformation: { subCode: 8514 } },
    });
  });

  it('are refused when they are none, with those that there are', async () => {
    const acs = await startAcs();
    const { callConnectionId } = await (await connectedCall(acs)).getCallConnectionProperties();
    const answer = await sendSigned(acs.url, {
      path: `/calling/callConnections/${callConnectionId}:play?${version}`,
      body: { playSources: [{ kind: 'Song' }] },
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      error: { code: '8523', target: 'playSources[0].kind', message: expect.stringContaining('file, text, ssml') },
    });
  });
});
