// Why: eSpeak NG is the user's to install: its licence is the GPL-3.0, and its package has 25 MB. `npm run test:espeak`
// installs it beside a configuration file, as a user does, and has the built server speak German with it.
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { developmentAccount } from '@countersign/core/development-account';
import { startServer } from '@countersign/server';
import { SinchClient } from '@sinch/sdk-core';

const packageName = '@echogarden/espeak-ng-emscripten@0.3.5';

/** Calls a phone with a German text, and returns what the timeline says of it and how loud it is. */
async function speakGerman(configFile) {
  const server = await startServer({ port: 0, clock: 'virtual', configFile });
  try {
    const { applicationKey, applicationSecret, number } = developmentAccount.sinch;
    const { voice } = new SinchClient({ applicationKey, applicationSecret, voiceHostname: server.url });
    const { callId } = await voice.callouts.tts({
      ttsCalloutRequestBody: {
        method: 'ttsCallout',
        ttsCallout: {
          cli: number,
          destination: { type: 'number', endpoint: '+4930123456' },
          text: 'Guten Tag, wie geht es Ihnen?',
          locale: 'de-DE',
        },
      },
    });
    await server.control.advance('30s');
    const entries = server.control
      .history(callId)
      .flatMap((event) => (event.type === 'play-round' ? event.entries : []));
    const wav = Buffer.from(server.control.audio(callId, 1, 'heard'));
    const samples = new Int16Array(wav.buffer, wav.byteOffset + 44, Math.floor((wav.length - 44) / 2));
    return { entries, loudest: samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0) };
  } finally {
    await server.close();
  }
}

const folder = await mkdtemp(join(tmpdir(), 'countersign-espeak-'));
const problems = [];
try {
  const configFile = join(folder, 'countersign.config.json');
  await writeFile(configFile, '{}');
  await writeFile(join(folder, 'package.json'), '{}');
  const before = await speakGerman(configFile);
  await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund', packageName], { cwd: folder });
  const { entries, loudest } = await speakGerman(configFile);
  if (before.entries[0]?.substituted?.asked !== 'de-DE')
    problems.push('without eSpeak the timeline names no substitute');
  if (entries.length !== 1 || entries[0].substituted) problems.push('with eSpeak another voice speaks German');
  if (entries[0]?.media === before.entries[0]?.media) problems.push('with eSpeak it sounds as it did without');
  if (!(entries[0]?.durationMs > 1_000 && entries[0].durationMs < 6_000))
    problems.push('the text has no length of speech');
  if (loudest < 3_000) problems.push('eSpeak is not to be heard');
} finally {
  await rm(folder, { recursive: true, force: true });
}
for (const problem of problems) console.error(`FAILED  ${problem}`);
if (problems.length > 0) process.exitCode = 1;
else console.log('passed  eSpeak NG speaks German where it is installed');
