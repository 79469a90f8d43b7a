// Receives Sinch callbacks and ACS events with Express, and believes only those that are signed. Behind a proxy it needs
// PUBLIC_URL too: the URL that you gave to the provider, without /sinch. For the local server's public account:
//   export SINCH_APPLICATION_KEY=c0157e51-0000-4000-8000-000000000002 SINCH_APPLICATION_SECRET='cHVibGljIGRldiBrZXkhIQ=='
//   export ACS_RESOURCE_ID=c0157e51-0000-4000-8000-000000000001 ACS_JWKS_URL=http://localhost:7509/calling/keys
//   PORT=3000 node examples/receive-express.js
import { acsEventTokenVerifier } from '@countersign/core/acs-event-token';
import { receiver } from '@countersign/core/receiver';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { Secret } from '@countersign/core/secret';
import express from 'express';

const { env } = process;
const missing = ['SINCH_APPLICATION_KEY', 'SINCH_APPLICATION_SECRET', 'ACS_RESOURCE_ID'].find((name) => !env[name]);
if (missing) throw new Error(`${missing} is not set: the head of this file says what is needed`);
const secret = new Secret(env.SINCH_APPLICATION_SECRET, 'base64');
const credentials = { keyId: env.SINCH_APPLICATION_KEY, secret };
const onRefused = ({ code, summary }) => console.log(`refused ${code}: ${summary}`); // the sender is told nothing of it
const callbacks = receiver({ scheme: sinchApplication, credentials, publicUrl: env.PUBLIC_URL, onRefused });
const verifyToken = acsEventTokenVerifier({ resourceId: env.ACS_RESOURCE_ID, jwksUrl: env.ACS_JWKS_URL });

const app = express();
app.use(express.raw({ type: () => true, inflate: false, limit: '1mb' })); // the signature covers the bytes that arrived
app.post('/sinch', (request, response) => {
  const result = callbacks.verify(request, request.body);
  if (!result.ok) return response.sendStatus(401);
  const { event } = JSON.parse(request.body);
  console.log(`sinch ${event}`);
  response.json(event === 'ace' ? { action: { name: 'continue' } } : {});
});
app.post('/acs', async (request, response) => {
  const token = await verifyToken(request.headersDistinct.authorization?.join()).catch(() => undefined);
  if (!token) return response.status(503).end(); // its keys cannot be fetched now: the event is sent again
  if (!token.ok) return response.status(401).json({ code: token.code });
  for (const { type } of JSON.parse(request.body)) console.log(`acs ${type}`);
  response.end();
});

const server = app.listen(env.PORT ?? 3000, () => console.log(`listening on ${server.address().port}`));
