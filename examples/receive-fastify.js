// Receives Sinch callbacks and ACS events with Fastify, and believes only those that are signed.
//   PORT=3000 node examples/receive-fastify.js
import { acsEventTokenVerifier } from '@countersign/core/acs-event-token';
import { messageFromIncoming } from '@countersign/core/receive';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { Secret } from '@countersign/core/secret';
import { verify } from '@countersign/core/verify';
import fastify from 'fastify';

const { env } = process;
const application = {
  keyId: env.SINCH_APPLICATION_KEY ?? 'c0157e51-0000-4000-8000-000000000002',
  secret: new Secret(env.SINCH_APPLICATION_SECRET ?? 'cHVibGljIGRldiBrZXkhIQ==', 'base64'),
};
const verifyToken = acsEventTokenVerifier({
  resourceId: env.ACS_RESOURCE_ID ?? 'c0157e51-0000-4000-8000-000000000001',
  jwksUrl: env.ACS_JWKS_URL ?? 'http://localhost:7509/calling/keys',
});

const app = fastify();
app.removeAllContentTypeParsers(); // the signature covers the raw bytes, so no parser may come first
app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
app.post('/sinch', async (request, reply) => {
  const message = messageFromIncoming(request.raw, request.body, { publicUrl: env.PUBLIC_URL });
  const result = verify(sinchApplication, application, message);
  if (!result.ok) return reply.code(403).send({ code: result.code });
  const { event } = JSON.parse(request.body);
  console.log(`sinch ${event}`);
  return event === 'ace' ? { action: { name: 'continue' } } : {};
});

app.post('/acs', async (request, reply) => {
  const token = await verifyToken(request.headers.authorization);
  if (!token.ok) return reply.code(401).send({ code: token.code });
  for (const { type } of JSON.parse(request.body)) console.log(`acs ${type}`);
  return reply.send();
});

console.log(`listening on ${new URL(await app.listen({ port: Number(env.PORT ?? 3000) })).port}`);
