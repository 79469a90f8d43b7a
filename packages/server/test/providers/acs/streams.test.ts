import type { AddressInfo } from 'node:net';
import { StreamingData } from '@azure/communication-call-automation';
import { onTestFinished, describe, expect, it } from 'vitest';
import { WebSocketServer } from 'ws';
import { startAcs, type AcsUnderTest } from './acs-under-test.ts';
import { agent, callee, callerId, connectedCall, text, withSpeech } from './calls-under-test.ts';

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

/** An application's WebSocket, and what it received. */
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
    open: () => server.clients.size,
    closeConnections: async () => {
      for (const socket of server.clients) socket.terminate();
    },
    stop,
  };
}
