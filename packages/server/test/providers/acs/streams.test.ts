import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CallAutomationClient,
  createOutboundAudioData,
  createOutboundStopAudioData,
  StreamingData,
} from '@azure/communication-call-automation';
import { acsEventTokenVerifier } from '@countersign/core/acs-event-token';
import { developmentAccount } from '@countersign/core/development-account';
import { decodeJwt } from 'jose';
import { onTestFinished, describe, expect, it } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { timelineOf } from '../../../src/audio/call-audio.ts';
import { renderTimeline } from '../../../src/audio/timeline.ts';
import { decodeWav } from '../../../src/audio/wav.ts';
import type { Leg } from '../../../src/engine/call.ts';
import { startServer } from '../../../src/server.ts';
import { startAcs, type AcsUnderTest } from './acs-under-test.ts';
import { agent, callee, callerId, connectedCall, text, withSpeech } from './calls-under-test.ts';
import { sendSigned } from './raw-request.ts';

describe('transcription', () => {
  it('sends what participants say to the WebSocket, in messages that the SDK reads', async () => {
    const acs = await startAcs();
    const stream = await startStream();
    const call = await callWith(acs, {
      transcriptionOptions: { transportUrl: stream.url, transportType: 'websocket', locale: 'en-US' },
    });
    const media = call.getCallMedia();
    await media.startTranscription({ operationContext: 'start' });
    await acs.advance(0);
    acs.phones.say('+15555550123', 'Hello there, friend!');
    await acs.advance(5000);
    await media.updateTranscription('de-DE');
    await media.stopTranscription({ operationContext: 'stop' });
    await acs.advance(0);
    expect(acs.events.map(({ name, data }) => [name, data['operationContext'], data['transcriptionUpdate']])).toEqual([
      ['TranscriptionStarted', 'start', update('transcriptionStarted', 'subscriptionStarted')],
      ['TranscriptionUpdated', undefined, update('transcriptionUpdated', 'transcriptionLocaleUpdated')],
      ['TranscriptionStopped', 'stop', update('transcriptionStopped', 'subscriptionStopped')],
    ]);
    const [metadata, said] = stream.messages.map((message) => StreamingData.parse(message));
    expect(metadata).toMatchObject({ locale: 'en-US', callConnectionId: expect.any(String) });
    expect(said).toMatchObject({
      text: 'Hello there, friend!',
      format: 'display',
      resultState: 'Final',
      participant: { kind: 'phoneNumber', phoneNumber: '+15555550123' },
      durationInTicks: 10_000_000,
      words: [{ text: 'hello', offsetInTicks: 0 }, { text: 'there' }, { text: 'friend' }],
    });
    expect(stream.messages).toHaveLength(2);
  });

  it('sends what was said so far, word by word, when it is told to', async () => {
    const acs = await startAcs();
    const stream = await startStream();
    await callWith(acs, {
      transcriptionOptions: {
        transportUrl: stream.url,
        transportType: 'websocket',
        locale: 'en-US',
        startTranscription: true,
        enableIntermediateResults: true,
      },
    });
    acs.phones.say('+15555550123', 'One, two three');
    const results = () => stream.messages.slice(1).map((message) => StreamingData.parse(message));
    // The phrase lasts 700 ms; its first word, a third of it.
    await acs.advance(300);
    await expect.poll(results).toMatchObject([{ text: 'One,', resultState: 'Intermediate' }]);
    await acs.advance(400);
    await expect.poll(results).toMatchObject([
      { text: 'One,', resultState: 'Intermediate', words: [{ text: 'one' }] },
      { text: 'One, two', resultState: 'Intermediate', words: [{ text: 'one' }, { text: 'two' }] },
      { text: 'One, two three', resultState: 'Final', durationInTicks: 7_000_000 },
    ]);
  });

  it('starts with the call when it is told to, and ends with it', async () => {
    const acs = await startAcs();
    const stream = await startStream();
    const call = await callWith(acs, {
      transcriptionOptions: {
        transportUrl: stream.url,
        transportType: 'websocket',
        locale: 'en-US',
        startTranscription: true,
      },
    });
    expect(acs.names()).toEqual(['TranscriptionStarted']);
    expect(await call.getCallConnectionProperties()).toMatchObject({ transcriptionSubscription: { state: 'active' } });
    await call.hangUp(true);
    await acs.advance(0);
    expect(acs.names()).toEqual(['TranscriptionStarted', 'CallDisconnected']);
    expect(stream.open()).toBe(0);
  });

  it('fails when nobody listens at the address, and when the application closes the stream', async () => {
    const acs = await startAcs();
    const stream = await startStream();
    const options = { transportUrl: stream.url, transportType: 'websocket' as const, locale: 'en-US' };
    const call = await callWith(acs, { transcriptionOptions: { ...options, startTranscription: true } });
    await stream.closeConnections();
    await expect.poll(acs.names).toEqual(['TranscriptionStarted', 'TranscriptionFailed']);
    expect(acs.events[1]?.data['transcriptionUpdate']).toEqual(
      update('transcriptionFailed', 'streamConnectionInterrupted'),
    );

    await stream.stop();
    await call.getCallMedia().startTranscription();
    await acs.advance(0);
    expect(acs.events[2]?.data).toMatchObject({
      transcriptionUpdate: update('transcriptionFailed', 'streamConnectionUnsuccessful'),
      resultInformation: { code: 500, subCode: 8578 },
    });
  });

  it.each(['http://localhost/stream', 'ws://example.com/stream', 'stream'])(
    'is refused with 400/8523 for an address such as %s',
    async (transportUrl) => {
      const acs = await startAcs();
      const transcriptionOptions = { transportUrl, transportType: 'websocket' as const, locale: 'en-US' };
      await expect(callWith(acs, { transcriptionOptions })).rejects.toMatchObject({ statusCode: 400, code: '8523' });
    },
  );

  it('is refused without its options, twice, and when there is none to stop', async () => {
    const acs = await startAcs();
    const plain = await connectedCall(acs);
    await expect(plain.getCallMedia().startTranscription()).rejects.toMatchObject({ statusCode: 405, code: '8522' });
    const stream = await startStream();
    const call = await callWith(acs, {
      transcriptionOptions: { transportUrl: stream.url, transportType: 'websocket', locale: 'en-US' },
    });
    const media = call.getCallMedia();
    await expect(media.stopTranscription()).rejects.toMatchObject({ statusCode: 400, code: '8500' });
    await media.startTranscription();
    await expect(media.startTranscription()).rejects.toMatchObject({ statusCode: 400, code: '8500' });
  });
});

describe('media streaming', () => {
  it('sends the mixed audio of the call in frames of 20 ms', async () => {
    const acs = await startAcs();
    const stream = await startStream();
    const call = await callWith(acs, {
      mediaStreamingOptions: {
        transportUrl: stream.url,
        transportType: 'websocket',
        audioChannelType: 'mixed',
        contentType: 'audio',
      },
    });
    const media = call.getCallMedia();
    await media.startMediaStreaming({ operationContext: 'start' });
    await acs.advance(0);
    await media.playToAll([text('ten chars.')]);
    await acs.advance(1000);
    await media.stopMediaStreaming({ operationContext: 'stop' });
    await acs.advance(0);
    expect(acs.events.map(({ name, data }) => [name, data['operationContext'] !== undefined])).toEqual([
      ['MediaStreamingStarted', true],
      ['PlayStarted', true],
      ['PlayCompleted', true],
      ['MediaStreamingStopped', true],
    ]);
    const [metadata, ...frames] = stream.messages.map((message) => StreamingData.parse(message) as any);
    expect(metadata).toMatchObject({ encoding: 'PCM', sampleRate: 16_000, channels: 1 });
    expect(frames).toHaveLength(50);
    for (const { data } of frames) expect(Buffer.from(data as string, 'base64')).toHaveLength(640);
    expect(frames.map(({ isSilent }) => isSilent as boolean)).toEqual([...many(25, false), ...many(25, true)]);
  });

  it('fails when nobody listens at the address', async () => {
    const acs = await startAcs();
    const stream = await startStream();
    await stream.stop();
    await callWith(acs, {
      mediaStreamingOptions: {
        transportUrl: stream.url,
        transportType: 'websocket',
        audioChannelType: 'mixed',
        contentType: 'audio',
        startMediaStreaming: true,
      },
    });
    expect(acs.names()).toEqual(['MediaStreamingFailed']);
    expect(acs.events[0]?.data).toMatchObject({
      mediaStreamingUpdate: { mediaStreamingStatusDetails: 'initialWebSocketConnectionFailed' },
      resultInformation: { code: 500, subCode: 8603 },
    });
    const [call] = acs.switchboard.calls();
    expect(acs.switchboard.history(call?.id ?? '').filter(({ type }) => type === 'refused')).toMatchObject([
      { code: 'stream/unreachable', summary: expect.stringMatching(/^Media streaming to ws:.* could not begin: ./) },
    ]);
  });

  it('sends each participant by itself, at 24 kHz, and keys, when it is told to', async () => {
    const acs = await startAcs();
    const stream = await startStream();
    const { callConnection } = await acs.client.createGroupCall([callee, agent], acs.callback(), {
      sourceCallIdNumber: callerId,
      ...withSpeech,
      mediaStreamingOptions: {
        transportUrl: stream.url,
        transportType: 'websocket',
        audioChannelType: 'unmixed',
        contentType: 'audio',
        startMediaStreaming: true,
        audioFormat: 'pcm24KMono',
        enableDtmfTones: true,
      } as never,
    });
    await acs.advance(1000);
    acs.phones.say('+15555550123', 'TEN CHARS.');
    acs.phones.press('+15555550123', '5');
    await acs.advance(500);
    await callConnection.getCallMedia().stopMediaStreaming();
    await acs.advance(0);
    const messages = stream.messages.map((message) => JSON.parse(message));
    expect(messages[0].audioMetadata).toMatchObject({ sampleRate: 24_000, length: 960 });
    expect(messages.filter(({ kind }) => kind === 'DtmfData')).toEqual([{ kind: 'DtmfData', dtmfData: { data: '5' } }]);
    const frames = messages.filter(({ kind }) => kind === 'AudioData').map(({ audioData }) => audioData);
    expect(frames).toHaveLength(50);
    expect(Buffer.from(frames[0].data, 'base64')).toHaveLength(960);
    expect(new Set(frames.filter(({ silent }) => !silent).map(({ participantRawID }) => participantRawID))).toEqual(
      new Set(['4:+15555550123']),
    );
  });
});

describe('audio that the application sends back', () => {
  it('is heard in the call as it was sent, and not sent back to the application', async () => {
    const acs = await startAcs();
    const { stream, leg } = await bidirectionalCall(acs, 'pcm16KMono');
    const sent = tone(500, 16_000, 400);
    for (let at = 0; at < 400; at += 20)
      stream.send(createOutboundAudioData(base64(sent.slice(at * 16, at * 16 + 320))));
    await received(acs, leg, 400);
    await acs.advance(1000);
    const heard = renderHeard(acs, leg());
    expect(heard.slice(0, 6400)).toEqual(sent);
    expect(heard.slice(6400).every((sample) => sample === 0)).toBe(true);
    await expect.poll(() => stream.messages.length).toBe(51);
    const frames = stream.messages.map((message) => StreamingData.parse(message) as any).slice(1);
    expect(frames.every(({ isSilent }) => isSilent as boolean)).toBe(true);
  });

  it('sounds at the right height at 24 kHz', async () => {
    const acs = await startAcs();
    const { stream, leg } = await bidirectionalCall(acs, 'pcm24KMono');
    stream.send(createOutboundAudioData(base64(tone(600, 24_000, 1000))));
    await received(acs, leg, 990);
    await acs.advance(1000);
    const heard = renderHeard(acs, leg());
    const crossings = heard.filter((sample, at) => at > 0 && (heard[at - 1] ?? 0) < 0 && sample >= 0).length;
    expect(crossings).toBeGreaterThan(590);
    expect(crossings).toBeLessThan(602);
  });

  it('stops at once when the application says StopAudio, and what follows is heard', async () => {
    const acs = await startAcs();
    const { stream, leg } = await bidirectionalCall(acs, 'pcm16KMono');
    stream.send(createOutboundAudioData(base64(tone(500, 16_000, 2000))));
    await received(acs, leg, 2000);
    await acs.advance(300);
    stream.send(createOutboundStopAudioData());
    await received(acs, leg, 300);
    // As samples for .NET spell it.
    stream.send(
      JSON.stringify({ Kind: 'AudioData', AudioData: { Data: base64(tone(500, 16_000, 100)) }, StopAudio: null }),
    );
    await received(acs, leg, 400);
    await acs.advance(1000);
    const heard = renderHeard(acs, leg());
    expect(heard.slice(0, 4800)).toEqual(tone(500, 16_000, 300));
    expect(heard.slice(4800, 6400)).toEqual(tone(500, 16_000, 100));
    expect(heard.slice(6400).every((sample) => sample === 0)).toBe(true);
  });

  it('is heard beside a play, and recorded', async () => {
    const acs = await startAcs();
    const { stream, leg, connection } = await bidirectionalCall(acs, 'pcm16KMono');
    const { serverCallId: id = '' } = await connection.getCallConnectionProperties();
    const recording = acs.client.getCallRecording();
    const { recordingId = '' } = await recording.start({ callLocator: { kind: 'serverCallLocator', id } });
    await connection.getCallMedia().playToAll([text('ten chars.')]);
    stream.send(createOutboundAudioData(base64(tone(500, 16_000, 200))));
    await received(acs, leg, 200);
    await acs.advance(500);
    await recording.stop(recordingId);
    const answer = await sendSigned(acs.url, { path: `/calling/recordings/${recordingId}/content` });
    const { samples } = decodeWav(new Uint8Array(await answer.arrayBuffer()));
    // The play sounds with an amplitude of 8000, the stream with 10 000.
    expect(Math.max(...samples.subarray(0, 3200))).toBeGreaterThan(12_000);
    expect(Math.max(...samples.subarray(3200))).toBeLessThanOrEqual(8000);
  });

  it.each([
    ['when the stream was not made for it', false, createOutboundStopAudioData(), /enableBidirectional/],
    ['when it is no JSON', true, 'hello', /JSON object with a kind/],
    ['when it is of another kind', true, '{"kind":"Video"}', /AudioData or StopAudio, not Video/],
    ['when its data is no base64', true, '{"kind":"AudioData","audioData":{"data":"%"}}', /base64/],
    ['when a sample is cut', true, '{"kind":"AudioData","audioData":{"data":"AAAA"}}', /two bytes each, not 3 bytes/],
  ])('is ignored, and the timeline says why: %s', async (_when, enableBidirectional, message, problem) => {
    const acs = await startAcs();
    const { stream, call } = await bidirectionalCall(acs, 'pcm16KMono', enableBidirectional);
    stream.send(message);
    stream.send(message);
    const notes = () =>
      acs.switchboard
        .history(call)
        .flatMap((event) => (event.type === 'noted' && event.name === 'stream-message-ignored' ? [event.data] : []));
    await expect.poll(notes).toEqual([expect.objectContaining({ problem: expect.stringMatching(problem) })]);
  });
});

async function bidirectionalCall(
  acs: AcsUnderTest,
  audioFormat: 'pcm16KMono' | 'pcm24KMono',
  enableBidirectional = true,
) {
  const stream = await startStream();
  const connection = await callWith(acs, {
    mediaStreamingOptions: {
      transportUrl: stream.url,
      transportType: 'websocket',
      audioChannelType: 'mixed',
      contentType: 'audio',
      startMediaStreaming: true,
      enableBidirectional,
      audioFormat,
    },
  });
  const call = acs.switchboard.calls()[0]?.id ?? '';
  const leg = (): Leg => {
    const now = acs.switchboard.call(call);
    const [only] = typeof now === 'object' ? now.legs : [];
    if (!only) throw new Error('the call has no leg');
    return only;
  };
  return { stream, connection, call, leg };
}

/** Waits until a leg has so much of a stream to hear, in milliseconds. */
async function received(acs: AcsUnderTest, leg: () => Leg, ms: number): Promise<void> {
  await expect
    .poll(() => {
      const track = acs.lookup(leg().heard.last()?.media ?? '');
      const pieces = track instanceof Object && 'pieces' in track ? [...track.pieces(0, 160_000)] : [];
      return pieces.reduce((length, { samples }) => length + samples.length, 0);
    })
    .toSatisfy((length: number) => Math.abs(length - ms * 16) < 16);
}

/** What a leg heard since it first heard something, and a second of it. */
function renderHeard(acs: AcsUnderTest, { heard }: Leg): number[] {
  const originMs = heard.get(0)?.startedAtMs ?? 0;
  return Array.from(renderTimeline(timelineOf(heard, originMs), 1000, acs.lookup).samples);
}

function tone(hz: number, rate: number, ms: number): number[] {
  const samples = Int16Array.from({ length: (rate * ms) / 1000 }, (_, at) =>
    Math.round(10_000 * Math.sin((2 * Math.PI * hz * at) / rate)),
  );
  return Array.from(samples);
}

function base64(samples: readonly number[]): string {
  return Buffer.from(Int16Array.from(samples).buffer).toString('base64');
}

function update(transcriptionStatus: string, transcriptionStatusDetails: string) {
  return { transcriptionStatus, transcriptionStatusDetails };
}

function many<Value>(count: number, value: Value): Value[] {
  return Array.from({ length: count }, () => value);
}

async function callWith(acs: AcsUnderTest, options: object) {
  return connectedCallWith(acs, { ...withSpeech, ...options });
}

async function connectedCallWith(acs: AcsUnderTest, options: object) {
  const { callConnection } = await acs.client.createCall(
    { targetParticipant: callee, sourceCallIdNumber: callerId },
    acs.callback(),
    options,
  );
  await acs.advance(1000);
  acs.events.splice(0, 2);
  return callConnection;
}

describe('a stream that is being opened when the server closes', () => {
  it('is closed as soon as it is open', async () => {
    const server = await startServer({ port: 0, clock: 'virtual' });
    let letIn: (accepted: true) => void = () => {};
    const application = new WebSocketServer({
      host: '127.0.0.1',
      port: 0,
      verifyClient: (_info, answer) => {
        letIn = answer;
        application.emit('asked');
      },
    });
    onTestFinished(() => void application.close());
    await once(application, 'listening');
    const asked = once(application, 'asked');
    const client = new CallAutomationClient(server.environment['COMMUNICATION_SERVICES_CONNECTION_STRING'] ?? '', {
      allowInsecureConnection: true,
    });
    await client.createCall({ targetParticipant: callee, sourceCallIdNumber: callerId }, `${server.url}/nobody`, {
      ...withSpeech,
      transcriptionOptions: {
        transportUrl: `ws://127.0.0.1:${(application.address() as AddressInfo).port}/stream`,
        transportType: 'websocket',
        locale: 'en-US',
        startTranscription: true,
      },
    });
    const advancing = server.control.advance('1s').catch(() => {});
    await asked;
    await server.close();
    const connected = once(application, 'connection') as Promise<[WebSocket]>;
    letIn(true);
    const [socket] = await connected;
    await once(socket, 'close');
    await advancing;
  });
});

/** An application's WebSocket, and what it received. */
describe('the token with which a WebSocket is opened', () => {
  it('is a new one for each connection, valid for a day, of the issuer and the keys of events', async () => {
    const acs = await startAcs();
    const verify = acsEventTokenVerifier({
      resourceId: developmentAccount.acs.resourceId,
      jwksUrl: `${acs.url}/calling/keys`,
    });
    const opened: (string | undefined)[] = [];
    const secure = new WebSocketServer({
      host: '127.0.0.1',
      port: 0,
      // As Microsoft's samples do: whoever has no valid token does not get in.
      verifyClient: ({ req }: { req: IncomingMessage }, answer: (accepted: boolean) => void) => {
        opened.push(req.headers.authorization);
        void verify(req.headers.authorization).then(({ ok }) => answer(ok));
      },
    });
    onTestFinished(() => {
      for (const socket of secure.clients) socket.terminate();
      secure.close();
    });
    await once(secure, 'listening');
    const transportUrl = `ws://127.0.0.1:${(secure.address() as AddressInfo).port}/ws`;
    const transportType = 'websocket';
    await callWith(acs, {
      mediaStreamingOptions: { transportUrl, transportType, audioChannelType: 'mixed', startMediaStreaming: true },
      transcriptionOptions: { transportUrl, transportType, locale: 'en-US', startTranscription: true },
    });
    expect(acs.names().toSorted()).toEqual(['MediaStreamingStarted', 'TranscriptionStarted']);
    expect(new Set(opened).size).toBe(2);
    for (const authorization of opened) {
      const { iat = 0, nbf, exp, iss, aud } = decodeJwt(authorization?.slice('Bearer '.length) ?? '');
      expect({ iss, aud, nbf, exp }).toEqual({
        iss: 'https://acscallautomation.communication.azure.com',
        aud: developmentAccount.acs.resourceId,
        nbf: iat,
        exp: iat + 86_400,
      });
    }
  });
});

async function startStream() {
  const messages: string[] = [];
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  server.on('connection', (socket) => socket.on('message', (data) => messages.push(String(data))));
  await new Promise<void>((resolve) => server.once('listening', resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      for (const socket of server.clients) socket.terminate();
      server.close(() => resolve());
    });
  onTestFinished(stop);
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/stream`,
    messages,
    send: (message: string) => {
      for (const socket of server.clients) socket.send(message);
    },
    open: () => server.clients.size,
    closeConnections: async () => {
      for (const socket of server.clients) socket.terminate();
    },
    stop,
  };
}
