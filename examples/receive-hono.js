// Receives Sinch callbacks and ACS events with Hono on Node, and believes only those that are signed. Behind a proxy it needs
// PUBLIC_URL too: the URL that you gave to the provider, without /sinch. For the local server's public account:
//   export SINCH_APPLICATION_KEY=c0157e51-0000-4000-8000-000000000002 SINCH_APPLICATION_SECRET='cHVibGljIGRldiBrZXkhIQ=='
//   export ACS_RESOURCE_ID=c0157e51-0000-4000-8000-000000000001 ACS_JWKS_URL=http://localhost:7509/calling/keys
//   PORT=3000 node examples/receive-hono.js
import { acsEventTokenVerifier } from '@countersign/core/acs-event-token';
import { receiver } from '@countersign/core/receiver';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { Secret } from '@countersign/core/secret';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';

const { env } = process;
const missing = ['SINCH_APPLICATION_KEY', 'SINCH_APPLICATION_SECRET', 'ACS_RESOURCE_ID'].find((name) => !env[name]);
if (missing) throw new Error(`${missing} is not set: the head of this file says what is needed`);
const credentials = { keyId: env.SINCH_APPLICATION_KEY, secret: new Secret(env.SINCH_APPLICATION_SECRET, 'base64') };
const onRefused = ({ code, summary }) => console.log(`refused ${code}: ${summary}`); // the sender is told nothing of it
const callbacks = receiver({ scheme: sinchApplication, credentials, publicUrl: env.PUBLIC_URL, onRefused });
const verifyToken = acsEventTokenVerifier({ resourceId: env.ACS_RESOURCE_ID, jwksUrl: env.ACS_JWKS_URL });

const app = new Hono().use(bodyLimit({ maxSize: 1024 * 1024 }));
app.post('/sinch', async (context) => {
  const { incoming } = context.env; // Node's; on other runtimes: await callbacks.verifyRequest(context.req.raw)
  const result = callbacks.verify(incoming, await context.req.arrayBuffer());
  if (!result.ok) return context.body(null, 401);
  const { event } = await context.req.json();
  console.log(`sinch ${event}`);
  return context.json(event === 'ace' ? { action: { name: 'continue' } } : {});
});
app.post('/acs', async (context) => {
  const token = await verifyToken(context.req.header('authorization')).catch(() => undefined);
  if (!token) return context.body(null, 503); // its keys cannot be fetched now: the event is sent again
  if (!token.ok) return context.json({ code: token.code }, 401);
  for (const { type } of await context.req.json()) console.log(`acs ${type}`);
  return context.body(null);
});

serve({ fetch: app.fetch, port: Number(env.PORT ?? 3000) }, ({ port }) => console.log(`listening on ${port}`));
