// Receives Sinch callbacks and ACS events with Fastify, and believes only those that are signed. Behind a proxy it needs
// PUBLIC_URL too: the URL that you gave to the provider, without /sinch. For the local server's public account:
//   export SINCH_APPLICATION_KEY=c0157e51-0000-4000-8000-000000000002 SINCH_APPLICATION_SECRET='cHVibGljIGRldiBrZXkhIQ=='
//   export ACS_RESOURCE_ID=c0157e51-0000-4000-8000-000000000001 ACS_JWKS_URL=http://localhost:7509/calling/keys
//   PORT=3000 node examples/receive-fastify.js
import { acsEventTokenVerifier } from '@countersign/core/acs-event-token';
import { receiver } from '@countersign/core/receiver';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { Secret } from '@countersign/core/secret';
import fastify from 'fastify';

const { env } = process;
const missing = ['SINCH_APPLICATION_KEY', 'SINCH_APPLICATION_SECRET', 'ACS_RESOURCE_ID'].find((name) => !env[name]);
if (missing) throw new Error(`${missing} is not set: the head of this file says what is needed`);
const secret = new Secret(env.SINCH_APPLICATION_SECRET, 'base64');
const credentials = { keyId: env.SINCH_APPLICATION_KEY, secret };
const onRefused = ({ code, summary }) => console.log(`refused ${code}: ${summary}`); // the sender is told nothing of it
const callbacks = receiver({ scheme: sinchApplication, credentials, publicUrl: env.PUBLIC_URL, onRefused });
const verifyToken = acsEventTokenVerifier({ resourceId: env.ACS_RESOURCE_ID, jwksUrl: env.ACS_JWKS_URL });

const app = fastify({ bodyLimit: 1024 * 1024 });
app.removeAllContentTypeParsers(); // the signature covers the raw bytes, so no parser may come first
app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
app.post('/sinch', async (request, reply) => {
  const result = callbacks.verify(request.raw, request.body);
  if (!result.ok) return reply.code(401).send();
  const { event } = JSON.parse(request.body);
  console.log(`sinch ${event}`);
  return event === 'ace' ? { action: { name: 'continue' } } : {};
});
app.post('/acs', async (request, reply) => {
  const token = await verifyToken(request.raw.headersDistinct.authorization?.join()).catch(() => undefined);
  if (!token) return reply.code(503).send(); // its keys cannot be fetched now: the event is sent again
  if (!token.ok) return reply.code(401).send({ code: token.code });
  for (const { type } of JSON.parse(request.body)) console.log(`acs ${type}`);
  return reply.send();
});

console.log(`listening on ${new URL(await app.listen({ port: Number(env.PORT ?? 3000) })).port}`);
