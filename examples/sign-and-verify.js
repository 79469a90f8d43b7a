// Signs the request of Sinch's documentation, shows how the signature comes about, and verifies it.
//   node examples/sign-and-verify.js
import { message } from '@countersign/core/message';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { verify } from '@countersign/core/verify';

const credential = {
  keyId: '5F5C418A0F914BBC8234A9BF5EDDAD97',
  secret: new Secret('JViE5vDor0Sw3WllZka15Q==', 'base64'),
};
const request = message({
  method: 'POST',
  url: 'https://calling.api.sinch.com/calling/v1/callouts',
  headers: { 'Content-Type': 'application/json' },
  body: '{"message":"Hello world"}',
});

const { headers, signature, trace } = sign(sinchApplication, credential, request, { date: '2014-06-04T13:41:58Z' });
console.log(new TextDecoder().decode(trace().stringToSign), '\n');
console.log(signature, '\n');
for (const [name, value] of headers) console.log(`${name}: ${value}`);

const received = { ...request, headers: [...request.headers, ...headers] };
const outcome = verify(sinchApplication, credential, received, { now: new Date('2014-06-04T13:42:00Z') });
console.log('\nverified:', outcome.ok);

const tampered = verify(sinchApplication, credential, { ...received, target: '/calling/v1/calls' });
if (!tampered.ok) console.log('tampered:', tampered.code, '-', tampered.summary);
