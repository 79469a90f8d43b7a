// Receives Sinch callbacks and ACS events with Express, and believes only those that are signed.
//   PORT=3000 node examples/receive-express.js
import { acsEventTokenVerifier } from '@countersign/core/acs-event-token';
import { messageFromIncoming } from '@countersign/core/receive';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { Secret } from '@countersign/core/secret';
import { verify } from '@countersign/core/verify';
import express from 'express';

const { env } = process;
const application = {
  keyId: env.SINCH_APPLICATION_KEY ?? 'c0157e51-0000-4000-8000-000000000002',
  secret: new Secret(env.SINCH_APPLICATION_SECRET ?? 'cHVibGljIGRldiBrZXkhIQ==', 'base64'),
};
const verifyToken = acsEventTokenVerifier({
  resourceId: env.ACS_RESOURCE_ID ?? 'c0157e51-0000-4000-8000-000000000001',
  jwksUrl: env.ACS_JWKS_URL ?? 'http://localhost:7509/calling/keys',
});

const app = express();
app.use(express.raw({ type: () => true })); // the signature covers the raw bytes, so no parser may come first

app.post('/sinch', (request, response) => {
  const message = messageFromIncoming(request, request.body, { publicUrl: env.PUBLIC_URL });
  const result = verify(sinchApplication, application, message);
  if (!result.ok) return response.status(403).json({ code: result.code });
  const { event } = JSON.parse(request.body);
  console.log(`sinch ${event}`);
  response.json(event === 'ace' ? { action: { name: 'continue' } } : {});
});

app.post('/acs', async (request, response) => {
  const token = await verifyToken(request.headers.authorization);
  if (!token.ok) return response.status(401).json({ code: token.code });
  for (const { type } of JSON.parse(request.body)) console.log(`acs ${type}`);
  response.end();
});

const server = app.listen(env.PORT ?? 3000, () => console.log(`listening on ${server.address().port}`));
