// Places a call that speaks, by a signed request to Sinch's API; the local server answers unless SINCH_URL says otherwise.
//   export SINCH_APPLICATION_KEY=c0157e51-0000-4000-8000-000000000002 SINCH_APPLICATION_SECRET='cHVibGljIGRldiBrZXkhIQ=='
//   node examples/sign-fetch.js +12065550199 'Hello from the other side.'
import { signedFetch } from '@countersign/core/fetch';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { Secret } from '@countersign/core/secret';

const { env, argv } = process;
const missing = ['SINCH_APPLICATION_KEY', 'SINCH_APPLICATION_SECRET'].find((name) => !env[name]);
if (missing) throw new Error(`${missing} is not set: the head of this file says what is needed`);
const [, , endpoint = '+12065550199', text = 'Hello from the other side.'] = argv;

const fetchSigned = signedFetch(sinchApplication, {
  keyId: env.SINCH_APPLICATION_KEY,
  secret: new Secret(env.SINCH_APPLICATION_SECRET, 'base64'),
});

const response = await fetchSigned(`${env.SINCH_URL ?? 'http://localhost:7509'}/calling/v1/callouts`, {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  // Without `cli` the callout is accepted, and never connects.
  body: JSON.stringify({
    method: 'ttsCallout',
    ttsCallout: { cli: '+12065550150', destination: { type: 'number', endpoint }, text },
  }),
});
console.log(response.status, await response.text());
process.exitCode = response.ok ? 0 : 1;
