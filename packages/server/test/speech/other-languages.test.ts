import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SinchClient } from '@sinch/sdk-core';
import { developmentAccount } from '@countersign/core/development-account';
import { afterEach, expect, test } from 'vitest';
import type { CallEvent } from '../../src/engine/event.ts';
import { type RunningServer, startServer } from '../../src/server.ts';

const standIn = fileURLToPath(new URL('fixtures/espeak-stand-in/', import.meta.url));
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

/** A server whose configuration lies in a folder, in which a user may have installed eSpeak. */
async function startIn(installed: 'installed' | 'not installed'): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-'));
  closers.push(() => rm(folder, { recursive: true }));
  const configFile = join(folder, 'countersign.config.json');
  await writeFile(configFile, '{}');
  if (installed === 'installed') {
    await cp(standIn, join(folder, 'node_modules', '@echogarden', 'espeak-ng-emscripten'), { recursive: true });
  }
  const server = await startServer({ port: 0, clock: 'virtual', configFile });
  closers.push(() => server.close());
  return server;
}

/** What the timeline says of a German text that is spoken to a phone. */
async function speakGerman({ url, control }: RunningServer) {
  const { applicationKey, applicationSecret, number } = developmentAccount.sinch;
  const { voice } = new SinchClient({ applicationKey, applicationSecret, voiceHostname: url });
  const { callId = '' } = await voice.callouts.tts({
    ttsCalloutRequestBody: {
      method: 'ttsCallout',
      ttsCallout: {
        cli: number,
        destination: { type: 'number', endpoint: '+4930123456' },
        text: 'Guten Tag',
        locale: 'de-DE',
      },
    },
  });
  await control.advance('20s');
  const rounds = control
    .history(callId)
    .filter((event): event is Extract<CallEvent, { type: 'play-round' }> => event.type === 'play-round');
  return rounds.flatMap(({ entries }) => entries);
}

test('a language that Flite lacks is spoken by a substitute, and the timeline says so', async () => {
  const [entry] = await speakGerman(await startIn('not installed'));
  expect(entry).toMatchObject({
    text: 'Guten Tag',
    substituted: { asked: 'de-DE', used: 'flite slt (US English, female)' },
  });
});

test('eSpeak speaks it where its package is installed beside the configuration', async () => {
  const [entry] = await speakGerman(await startIn('installed'));
  expect(entry).not.toHaveProperty('substituted');
  // The stand-in hums for 20 ms a character, 9 of them, and the engine adds no silence of its own.
  expect(entry).toMatchObject({ text: 'Guten Tag', durationMs: 180 });
});
