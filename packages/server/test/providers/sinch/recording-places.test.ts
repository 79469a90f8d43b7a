import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { SinchClient } from '@sinch/sdk-core';
import { expect, onTestFinished, test } from 'vitest';
import { decodeMp3 } from '../../../src/audio/mp3.ts';
import { startServer, type RunningServer } from '../../../src/server.ts';
import { startReceiver, type CallbackReceiver } from './callback-receiver.ts';
import { credentials, ownNumber } from './voice-under-test.ts';

const alice = '+12065550171';
const bob = '+12065550172';

test('a recording and its transcript are in the configured folder before the application hears of them', async () => {
  const folder = join(await temporaryFolder(), 'made', 'when needed');
  const { application } = await recordedCall({ folder }, { transcriptionOptions: { enabled: true } });
  expect(application.events('notify').map(({ type }) => type)).toEqual([
    'recording_finished',
    'recording_available',
    'transcription_available',
  ]);
  const [, available, transcription] = application.events('notify');
  const names = [available, transcription].map((event) => basename(String(event?.['destination'])));
  expect((await readdir(folder)).toSorted()).toEqual(names.toSorted());
  const pcm = await decodeMp3(await readFile(join(folder, names[0] ?? '')));
  expect(pcm.samples.length / 16_000).toBeCloseTo(4, 0);
  expect(await readFile(join(folder, names[1] ?? ''), 'utf8')).toBe('[2.0 s] Hello Bob.\n');
  // The link stays: it is the same file.
  const linked = await fetch(String(available?.['destination']));
  expect(Buffer.from(await linked.arrayBuffer())).toEqual(await readFile(join(folder, names[0] ?? '')));
});

test('a recording is posted to the configured URL, also when the application wants no notify events', async () => {
  const receiver = await startUpload(204);
  const { application } = await recordedCall({ postUrl: receiver.url }, { format: 'WAV', notificationEvents: false });
  expect(application.events('notify')).toEqual([]);
  expect(receiver.uploads).toMatchObject([
    {
      path: '/uploads?x=1',
      headers: {
        'content-type': 'audio/wav',
        'content-disposition': expect.stringMatching(/^attachment; filename="[\w.-]+\.wav"$/),
      },
    },
  ]);
  const [upload] = receiver.uploads;
  expect(upload?.body.subarray(0, 4).toString()).toBe('RIFF');
  expect((upload?.body.length ?? 0) / 32_000).toBeCloseTo(4, 0);
});

test('a recording that cannot be posted is told as a calling error with the link, and to whoever runs the server', async () => {
  const receiver = await startUpload(507);
  const { application, problems } = await recordedCall({ postUrl: receiver.url });
  const [finished, failed, ...more] = application.events('notify');
  expect(finished).toMatchObject({ type: 'recording_finished' });
  expect(failed).toMatchObject({
    type: 'callingerror',
    errorCode: 50000,
    errorMsg: expect.stringMatching(
      /\.mp3 could not be stored: POST http.*\/uploads\?x=1 was answered with 507; it can be/,
    ),
  });
  expect(more).toEqual([]);
  expect(problems).toEqual([expect.stringMatching(/^call .*: recording .*\.mp3 could not be stored: POST .* 507$/)]);
  const link = /http\S+\.mp3$/.exec(String(failed?.['errorMsg']))?.[0] ?? '';
  expect((await fetch(link)).headers.get('content-type')).toBe('audio/mpeg');
});

test('a folder that cannot be written to, and a URL where nobody listens, are named', async () => {
  const file = join(await temporaryFolder(), 'a file');
  await writeFile(file, '');
  const inFile = await recordedCall({ folder: file });
  expect(inFile.problems).toEqual([expect.stringMatching(/could not be stored: E\w+: .*a file/)]);
  const nobody = await recordedCall({ postUrl: 'http://127.0.0.1:1/' });
  expect(nobody.problems).toEqual([expect.stringMatching(/could not be stored: POST http:\/\/127\.0\.0\.1:1\/: .+/)]);
  expect(nobody.application.events('notify').map(({ type }) => type)).toEqual(['recording_finished', 'callingerror']);
});

test('a folder in the configuration file is relative to that file', async () => {
  const folder = await temporaryFolder();
  const configFile = join(folder, 'countersign.config.json');
  await writeFile(configFile, '{ "sinch": { "recordings": { "folder": "takes" } } }');
  await recordedCall(undefined, {}, configFile);
  expect(await readdir(join(folder, 'takes'))).toEqual([expect.stringMatching(/\.mp3$/)]);
});

interface RecordedCall {
  readonly server: RunningServer;
  readonly application: CallbackReceiver;
  readonly problems: readonly string[];
}

/** Four seconds in which Alice says something to Bob, recorded. */
async function recordedCall(
  recordings: { folder?: string; postUrl?: string } | undefined,
  options: Record<string, unknown> = {},
  configFile?: string,
): Promise<RecordedCall> {
  const application = await startReceiver(credentials, {
    ice: {
      instructions: [{ name: 'startRecording', options: { destinationUrl: 's3://bucket', ...options } }],
      action: { name: 'connectPstn', number: bob },
    },
  });
  const problems: string[] = [];
  const server = await startServer({
    port: 0,
    clock: 'virtual',
    ...(recordings && { sinch: { recordings } }),
    ...(configFile !== undefined && { configFile }),
    onProblem: (problem) => problems.push(problem),
  });
  onTestFinished(async () => {
    await server.close();
    await application.close();
  });
  const { url, control } = server;
  const { voice } = new SinchClient({ ...credentials, voiceHostname: url, voiceApplicationManagementHostname: url });
  await voice.applications.updateCallbackURLs({
    applicationkey: credentials.applicationKey,
    updateCallbacksRequestBody: { url: { primary: application.url } },
  });
  await control.phone(alice).dial(ownNumber);
  await control.advance('2s');
  control.phone(alice).say('Hello Bob.');
  await control.advance('2s');
  control.phone(alice).hangUp();
  await control.advance('1s');
  return { server, application, problems };
}

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-recordings-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

async function startUpload(status: number) {
  const uploads: { path: string | undefined; headers: object; body: Buffer }[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      uploads.push({ path: request.url, headers: request.headers, body: Buffer.concat(chunks) });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/uploads?x=1`, uploads };
}
