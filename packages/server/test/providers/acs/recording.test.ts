import type { CallConnection } from '@azure/communication-call-automation';
import { describe, expect, it } from 'vitest';
import { decodeMp3 } from '../../../src/audio/mp3.ts';
import { decodeWav } from '../../../src/audio/wav.ts';
import { startAcs, type AcsUnderTest } from './acs-under-test.ts';
import { agent, callee, connectedGroup, text } from './calls-under-test.ts';
import { sendSigned } from './raw-request.ts';

describe('recording a call', () => {
  it('starts, pauses, resumes and stops, and reports each change to its own address', async () => {
    const acs = await startAcs();
    const call = await connectedGroup(acs);
    const recording = acs.client.getCallRecording();
    const started = await recording.start({
      callLocator: await locatorOf(call),
      recordingStateCallbackEndpointUrl: acs.callback('recording'),
    });
    expect(started).toEqual({
      recordingId: expect.any(String),
      recordingState: 'active',
      recordingKind: 'azureCommunicationServices',
    });
    const id = started.recordingId ?? '';
    await recording.pause(id);
    expect(await recording.getState(id)).toMatchObject({ recordingState: 'inactive' });
    await recording.resume(id);
    expect(await recording.getState(id)).toMatchObject({ recordingState: 'active' });
    await recording.stop(id);
    await acs.advance(0);
    expect(acs.events.map(({ path, name, data }) => [path, name, data['state']])).toEqual([
      ['/recording', 'RecordingStateChanged', 'active'],
      ['/recording', 'RecordingStateChanged', 'inactive'],
      ['/recording', 'RecordingStateChanged', 'active'],
      ['/recording', 'RecordingStateChanged', 'inactive'],
    ]);
    expect(acs.events[0]?.parsed).toMatchObject({ recordingId: id, recordingKind: 'azureCommunicationServices' });
    await expect(recording.getState(id)).rejects.toMatchObject({ statusCode: 404, code: '8522' });
    await expect(recording.stop(id)).rejects.toMatchObject({ statusCode: 404 });
  });

  it('ends with the call', async () => {
    const acs = await startAcs();
    const call = await connectedGroup(acs);
    const { callConnectionId = '' } = await call.getCallConnectionProperties();
    await acs.client.getCallRecording().start({
      callConnectionId,
      pauseOnStart: true,
      recordingStateCallbackEndpointUrl: acs.callback(),
    });
    await call.hangUp(true);
    await acs.advance(0);
    expect(acs.events.map(({ name, data }) => [name, data['state']])).toEqual([
      ['RecordingStateChanged', 'inactive'],
      ['RecordingStateChanged', 'inactive'],
      ['CallDisconnected', undefined],
    ]);
  });

  it('is refused twice at a time, and for calls that are not', async () => {
    const acs = await startAcs();
    const call = await connectedGroup(acs);
    const recording = acs.client.getCallRecording();
    const callLocator = await locatorOf(call);
    const { recordingId = '' } = await recording.start({ callLocator });
    await expect(recording.start({ callLocator })).rejects.toMatchObject({ statusCode: 400, code: '8553' });
    await expect(recording.resume(recordingId)).rejects.toMatchObject({ statusCode: 400, code: '8573' });
    await expect(recording.start({ callLocator: { kind: 'serverCallLocator', id: 'none' } })).rejects.toMatchObject({
      statusCode: 404,
      code: '8522',
    });
    await expect(recording.start({})).rejects.toMatchObject({ statusCode: 400, code: '8523' });
    await expect(recording.pause('none')).rejects.toMatchObject({ statusCode: 404, code: '8522' });
  });

  it('works for the older SDK line', async () => {
    const acs = await startAcs({ parser: '1.2' });
    const client = acs.olderClient();
    const { callConnection } = await client.createCall({ targetParticipant: agent }, acs.callback());
    await acs.advance(1000);
    const { serverCallId: id = '' } = await callConnection.getCallConnectionProperties();
    const recording = client.getCallRecording();
    const { recordingId } = await recording.start({
      callLocator: { kind: 'serverCallLocator', id },
      recordingStateCallbackEndpointUrl: acs.callback(),
    });
    await recording.stop(recordingId ?? '');
    await acs.advance(0);
    expect(acs.events.slice(2).map(({ data }) => data['state'])).toEqual(['active', 'inactive']);
    expect(acs.events[2]?.data).not.toHaveProperty('resultInformation');
  });
});

describe('the file of a recording', () => {
  it('is a WAV of what was played and said, without the pauses, and can be had with a signed request', async () => {
    const acs = await startAcs();
    const id = await recordedConversation(acs, 'mixed');
    const answer = await sendSigned(acs.url, { path: `/calling/recordings/${id}/content` });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('audio/wav');
    const { samples } = decodeWav(new Uint8Array(await answer.arrayBuffer()));
    // One second of prompt, two of which one is speech, and of the paused rest nothing.
    expect(samples.length).toBe(3 * 16_000);
    expect(heightHz(samples.subarray(2000, 14_000))).toBeCloseTo(400, -1);
    expect(loudness(samples.subarray(16_000, 32_000))).toBe(0);
    expect(heightHz(samples.subarray(34_000, 46_000))).toBeCloseTo(800, -1);
    expect((await fetch(`${acs.url}/calling/recordings/${id}/content`)).status).toBe(401);
  });

  it('has a channel for each participant when it is unmixed, in the order that was asked for', async () => {
    const acs = await startAcs();
    const id = await recordedConversation(acs, 'unmixed');
    const answer = await sendSigned(acs.url, { path: `/calling/recordings/${id}/content` });
    const bytes = Buffer.from(await answer.arrayBuffer());
    expect(bytes.readUInt16LE(22)).toBe(3);
    const channel = (number: number, fromS: number, toS: number) =>
      Int16Array.from({ length: (toS - fromS) * 16_000 }, (_, frame) =>
        bytes.readInt16LE(44 + ((fromS * 16_000 + frame) * 3 + number) * 2),
      );
    expect([0, 1, 2].map((number) => loudness(channel(number, 0, 1)) > 0)).toEqual([false, false, true]);
    expect([0, 1, 2].map((number) => loudness(channel(number, 2, 3)) > 0)).toEqual([true, false, false]);
  });

  it('is an MP3 when that was asked for, and what is heard in it is the same', async () => {
    const acs = await startAcs();
    const id = await recordedConversation(acs, 'mixed', 'mp3');
    const answer = await sendSigned(acs.url, { path: `/calling/recordings/${id}/content` });
    expect(answer.headers.get('content-type')).toBe('audio/mpeg');
    const { samples } = await decodeMp3(new Uint8Array(await answer.arrayBuffer()));
    expect(heightHz(samples.subarray(4000, 14_000))).toBeCloseTo(400, -1);
    expect(heightHz(samples.subarray(36_000, 46_000))).toBeCloseTo(800, -1);
    // Encoders put some silence before and after.
    expect(samples.length / 16_000).toBeGreaterThanOrEqual(3);
    expect(samples.length / 16_000).toBeLessThan(3.2);
    const metadata = await sendSigned(acs.url, { path: `/calling/recordings/${id}/metadata` });
    expect(await metadata.json()).toMatchObject({
      recordingInfo: { format: 'mp3', audioConfiguration: { sampleRate: 16_000, bitRate: 48_000, channels: 1 } },
    });
  });

  it('is a WAV when MP4 was asked for; an unmixed MP3 is refused', async () => {
    const acs = await startAcs();
    const id = await recordedConversation(acs, 'mixed', 'mp4');
    const answer = await sendSigned(acs.url, { path: `/calling/recordings/${id}/content` });
    expect(answer.headers.get('content-type')).toBe('audio/wav');
    await expect(recordedConversation(acs, 'unmixed', 'mp3')).rejects.toMatchObject({ statusCode: 400, code: '8523' });
  });

  it('is announced by Event Grid, downloaded in part and whole, and deleted', async () => {
    const acs = await startAcs({ eventGrid: true });
    const id = await recordedConversation(acs, 'mixed');
    const [event] = acs.gridEvents.at(-1)?.body ?? [];
    expect(acs.gridEvents.map(({ body }) => body[0].eventType)).toEqual([
      'Microsoft.EventGrid.SubscriptionValidationEvent',
      'Microsoft.Communication.RecordingFileStatusUpdated',
    ]);
    const [chunk] = event.data.recordingStorageInfo.recordingChunks;
    expect(event.data.recordingDurationMs).toBe(3000);
    expect(chunk).toMatchObject({ documentId: id, index: 0 });

    // As the SDK sends it (its downloader itself insists on https): the path alone is signed, beside the account's host.
    const headers = [['x-ms-host', new URL(acs.url).host]] as const;
    const path = new URL(chunk.contentLocation).pathname;
    const whole = Buffer.from(await (await sendSigned(acs.url, { path, headers })).arrayBuffer());
    expect(whole.subarray(0, 4).toString()).toBe('RIFF');
    const part = await sendSigned(acs.url, { path, headers: [...headers, ['Range', 'bytes=8-11']] });
    expect(part.status).toBe(206);
    expect(part.headers.get('content-range')).toBe(`bytes 8-11/${whole.length}`);
    expect(await part.text()).toBe('WAVE');
    const metadata = await sendSigned(acs.url, { path: new URL(chunk.metadataLocation).pathname });
    expect(await metadata.json()).toMatchObject({ chunkDocumentId: id, chunkDuration: 3000 });
    expect((await sendSigned(acs.url, { method: 'DELETE', path: new URL(chunk.deleteLocation).pathname })).status).toBe(
      200,
    );
    expect((await sendSigned(acs.url, { path: new URL(chunk.contentLocation).pathname })).status).toBe(404);
  });

  it('is not there while the recording runs', async () => {
    const acs = await startAcs();
    const call = await connectedGroup(acs);
    const { recordingId } = await acs.client.getCallRecording().start({ callLocator: await locatorOf(call) });
    expect((await sendSigned(acs.url, { path: `/calling/recordings/${recordingId}/content` })).status).toBe(404);
  });
});

/** A second of prompt, a second of silence, a pause in which something is said, and a second of the phone's own words. */
async function recordedConversation(
  acs: AcsUnderTest,
  recordingChannel: 'mixed' | 'unmixed',
  recordingFormat: 'wav' | 'mp3' | 'mp4' = 'wav',
): Promise<string> {
  const call = await connectedGroup(acs);
  const recording = acs.client.getCallRecording();
  const { recordingId = '' } = await recording.start({
    callLocator: await locatorOf(call),
    recordingChannel,
    recordingFormat,
    ...(recordingChannel === 'unmixed' && { audioChannelParticipantOrdering: [callee, agent] }),
  });
  await call.getCallMedia().playToAll([text('a twenty letters txt')]);
  await acs.advance(2000);
  await recording.pause(recordingId);
  acs.phones.say(agent.communicationUserId, 'NOT FOR THE RECORDING');
  await acs.advance(5000);
  await recording.resume(recordingId);
  acs.phones.say('+15555550123', 'TWENTY LETTERS TEXT.');
  await acs.advance(1000);
  await recording.stop(recordingId);
  await acs.advance(0);
  return recordingId;
}

async function locatorOf(call: CallConnection) {
  const { serverCallId: id = '' } = await call.getCallConnectionProperties();
  return { kind: 'serverCallLocator' as const, id };
}

function loudness(samples: Int16Array): number {
  return samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
}

/** The height of a tone, by its zero crossings. */
function heightHz(samples: Int16Array): number {
  let crossings = 0;
  for (let at = 1; at < samples.length; at++) {
    if ((samples[at - 1] ?? 0) < 0 && (samples[at] ?? 0) >= 0) crossings += 1;
  }
  return (crossings * 16_000) / samples.length;
}
