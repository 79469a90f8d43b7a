import { SinchClient } from '@sinch/sdk-core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { holdMusic } from '../../../src/audio/hold-music.ts';
import { startServer, type RunningServer } from '../../../src/server.ts';
import { credentials, ownNumber } from './voice-under-test.ts';

const alice = '+12065550171';
const bob = '+12065550172';
const carol = '+12065550173';
const samplesPerMs = 16;

let server: RunningServer;
let voice: SinchClient['voice'];
beforeEach(async () => {
  server = await startServer({ port: 0, clock: 'virtual' });
  const hosts = { voiceHostname: server.url, voiceApplicationManagementHostname: server.url };
  ({ voice } = new SinchClient({ ...credentials, ...hosts }));
});
afterEach(() => server.close());

test('each participant hears the others mixed, and not itself', async () => {
  await callIn(alice, bob, carol);
  const start = server.control.now();
  server.control.phone(alice).say('Good morning everybody.');
  server.control.phone(bob).say('Hello Alice, hello Carol, how are you today?');
  await server.control.advance('5s');
  const [saidByAlice, saidByBob] = [alice, bob].map((number) => since(start, number, 'spoken', 5_000));
  const sum = Int16Array.from(saidByAlice ?? [], (sample, index) => clip(sample + (saidByBob?.[index] ?? 0)));
  expect(loudest(saidByAlice)).toBeGreaterThan(3_000);
  expect(same(since(start, carol, 'heard', 5_000), sum)).toBe(true);
  expect(same(since(start, alice, 'heard', 5_000), saidByBob)).toBe(true);
  expect(same(since(start, bob, 'heard', 5_000), saidByAlice)).toBe(true);
});

test('nobody hears a participant who is muted, until it is unmuted', async () => {
  const [first] = await callIn(alice, bob);
  await manage(first, { command: 'mute' });
  let start = server.control.now();
  server.control.phone(alice).say('Can you hear me?');
  await server.control.advance('3s');
  expect(loudest(since(start, alice, 'spoken', 3_000))).toBeGreaterThan(3_000);
  expect(loudest(since(start, bob, 'heard', 3_000))).toBe(0);
  await manage(first, { command: 'unmute' });
  start = server.control.now();
  server.control.phone(alice).say('Can you hear me now?');
  await server.control.advance('3s');
  expect(same(since(start, bob, 'heard', 3_000), since(start, alice, 'spoken', 3_000))).toBe(true);
});

test.for(['music1', 'music2', 'music3', 'ring'])('a participant on hold hears %s and nothing else', async (moh) => {
  const [first] = await callIn(alice, bob);
  await manage(first, { command: 'onhold', moh });
  let start = server.control.now();
  server.control.phone(bob).say('She is on hold.');
  await server.control.advance('3s');
  expect(same(since(start, alice, 'heard', 3_000), holdMusic(moh).samples.subarray(0, 3_000 * samplesPerMs))).toBe(
    true,
  );
  await manage(first, { command: 'resume' });
  start = server.control.now();
  server.control.phone(bob).say('She is back.');
  await server.control.advance('3s');
  expect(same(since(start, alice, 'heard', 3_000), since(start, bob, 'spoken', 3_000))).toBe(true);
});

test('the console plays the recording of a call that went to a conference as its file has it', async () => {
  await callIn(bob);
  const ice = {
    instructions: [{ name: 'startRecording', options: { format: 'wav' } }],
    action: { name: 'connectPstn', number: alice, cli: ownNumber },
  };
  const ace = { action: { name: 'connectConf', conferenceId: 'standup' } };
  const { callId = '' } = await voice.callouts.custom({
    customCalloutRequestBody: {
      method: 'customCallout',
      customCallout: { ice: JSON.stringify(ice), ace: JSON.stringify(ace) },
    },
  });
  await server.control.advance('2s');
  server.control.phone(bob).say('Welcome to the conference.');
  await server.control.advance('3s');
  server.control.phone(alice).hangUp();
  await server.control.advance('1s');
  const { recordings } = (await (await fetch(`${server.url}/_control/calls/${callId}`)).json()) as {
    recordings: { id: string }[];
  };
  const id = recordings[0]?.id ?? '';
  const played = await download(`${server.url}/_control/calls/${callId}/recordings/${id}/audio.wav`);
  expect(loudest(played)).toBeGreaterThan(3_000);
  expect(same(played, await download(`${server.url}/sinch/recordings/${callId}/${id}.wav`))).toBe(true);
});

async function download(url: string): Promise<Int16Array> {
  const wav = await (await fetch(url)).arrayBuffer();
  return new Int16Array(wav, 44);
}

/** Calls phones into one conference; they are there when this is done. */
async function callIn(...numbers: string[]): Promise<string[]> {
  const callIds: string[] = [];
  for (const endpoint of numbers) {
    const { callId = '' } = await voice.conferences.call({
      conferenceCalloutRequestBody: {
        method: 'conferenceCallout',
        conferenceCallout: { cli: ownNumber, destination: { type: 'number', endpoint }, conferenceId: 'standup' },
      },
    });
    callIds.push(callId);
  }
  await server.control.advance('2s');
  return callIds;
}

async function manage(callId = '', body: { command: string; moh?: string }): Promise<void> {
  const conference = { conferenceId: 'standup', callId };
  await voice.conferences.manageParticipant({ ...conference, manageParticipantRequestBody: body });
  await server.control.advance(0);
}

/** What a participant heard or said from a moment on. */
function since(startMs: number, number: string, side: 'heard' | 'spoken', lengthMs: number): Int16Array {
  const room = server.control.calls().find(({ legs }) => legs.length > 1);
  const leg = room?.legs.find(({ party }) => party.kind === 'phone' && party.number === number);
  if (!room || !leg) throw new Error(`${number} is in no conference`);
  const wav = Buffer.from(server.control.audio(room.id, leg.number, side));
  const samples = new Int16Array(wav.buffer, wav.byteOffset + 44, (wav.length - 44) / 2);
  const from = Math.round((startMs - (leg.answeredAtMs ?? leg.invitedAtMs)) * samplesPerMs);
  return samples.slice(from, from + lengthMs * samplesPerMs);
}

function same(one: Int16Array | undefined, other: Int16Array | undefined): boolean {
  return one !== undefined && other !== undefined && Buffer.compare(bytes(one), bytes(other)) === 0;
}

/** Full scale, where two loud voices meet. */
function clip(sample: number): number {
  return Math.max(-32_768, Math.min(32_767, sample));
}

function bytes({ buffer, byteOffset, byteLength }: Int16Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function loudest(samples: Int16Array | undefined): number {
  return samples?.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0) ?? 0;
}
