// Receives Sinch callbacks and ACS events with Hono on Node, and believes only those that are signed.
//   PORT=3000 node examples/receive-hono.js
import { acsEventTokenVerifier } from '@countersign/core/acs-event-token';
import { messageFromIncoming } from '@countersign/core/receive';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { Secret } from '@countersign/core/secret';
import { verify } from '@countersign/core/verify';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const { env } = process;
const application = {
  keyId: env.SINCH_APPLICATION_KEY ?? 'c0157e51-0000-4000-8000-000000000002',
  secret: new Secret(env.SINCH_APPLICATION_SECRET ?? 'cHVibGljIGRldiBrZXkhIQ==', 'base64'),
};
const verifyToken = acsEventTokenVerifier({
  resourceId: env.ACS_RESOURCE_ID ?? 'c0157e51-0000-4000-8000-000000000001',
  jwksUrl: env.ACS_JWKS_URL ?? 'http://localhost:7509/calling/keys',
});

const app = new Hono();
app.post('/sinch', async (context) => {
  const { incoming } = context.env; // Node's own request; on other runtimes: messageFromRequest(context.req.raw)
  const message = messageFromIncoming(incoming, await context.req.arrayBuffer(), { publicUrl: env.PUBLIC_URL });
  const result = verify(sinchApplication, application, message);
  if (!result.ok) return context.json({ code: result.code }, 403);
  const { event } = await context.req.json();
  console.log(`sinch ${event}`);
  return context.json(event === 'ace' ? { action: { name: 'continue' } } : {});
});

app.post('/acs', async (context) => {
  const token = await verifyToken(context.req.header('authorization'));
  if (!token.ok) return context.json({ code: token.code }, 401);
  for (const { type } of await context.req.json()) console.log(`acs ${type}`);
  return context.body(null);
});

serve({ fetch: app.fetch, port: Number(env.PORT ?? 3000) }, ({ port }) => console.log(`listening on ${port}`));
