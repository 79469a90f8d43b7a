// Sinch's own SDK, unmodified, on the local server: a text-to-speech callout and its outcome.
//   npm start   (in another terminal), then, for its public account
//   export SINCH_APPLICATION_KEY=c0157e51-0000-4000-8000-000000000002 SINCH_APPLICATION_SECRET='cHVibGljIGRldiBrZXkhIQ=='
//   node examples/sinch-sdk.js +14255550123
import { setTimeout as wait } from 'node:timers/promises';
import { SinchClient } from '@sinch/sdk-core';

const { env } = process;
const missing = ['SINCH_APPLICATION_KEY', 'SINCH_APPLICATION_SECRET'].find((name) => !env[name]);
if (missing) throw new Error(`${missing} is not set: the head of this file says what is needed`);
const url = env.SINCH_URL ?? 'http://localhost:7509';
const { voice } = new SinchClient({
  applicationKey: env.SINCH_APPLICATION_KEY,
  applicationSecret: env.SINCH_APPLICATION_SECRET,
  voiceHostname: url,
  voiceApplicationManagementHostname: url,
});

const { callId } = await voice.callouts.tts({
  ttsCalloutRequestBody: {
    method: 'ttsCallout',
    ttsCallout: {
      cli: '+12065550150',
      destination: { type: 'number', endpoint: process.argv[2] ?? '+14255550123' },
      locale: 'en-US',
      prompts: '#ssml[<speak>Hello from <emphasis>Sinch</emphasis>.</speak>]',
    },
  },
});
let call = await voice.calls.get({ callId });
while (call.status !== 'FINAL') {
  await wait(250);
  call = await voice.calls.get({ callId });
}
console.log(call.status, call.result, call.reason);
