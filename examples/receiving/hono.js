// Hono verifies Bird's webhooks, on any runtime; here on Node. For
// another scheme, change the import. Several secrets, with a comma between them, are good at once: so one is rotated.
//   export WEBHOOK_SECRETS=new,old PUBLIC_URL=https://hooks.example.com   # what you gave to the provider, without the path
import { receiver } from '@countersign/core/receiver';
import { refusalAnswer } from '@countersign/core/refusal-answer';
import { bird } from '@countersign/core/schemes/bird';
import { Secret } from '@countersign/core/secret';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';

const { PORT = 3000, PUBLIC_URL, WEBHOOK_SECRETS = '' } = process.env;
const callbacks = receiver({
  scheme: bird,
  credentials: WEBHOOK_SECRETS.split(',').map((text) => ({ secret: new Secret(text, 'utf8') })),
  publicUrl: PUBLIC_URL,
  onRefused: ({ code, summary }) => console.warn(`refused ${code}: ${summary}`),
});

const app = new Hono().use(bodyLimit({ maxSize: 1024 * 1024 }));
app.post('/webhooks', async (context) => {
  const result = await callbacks.verifyRequest(context.req.raw);
  if (!result.ok) {
    const answer = refusalAnswer(result);
    return new Response(answer.body, answer);
  }
  return context.json({ received: (await context.req.json()).event });
});

export const server = serve({ fetch: app.fetch, port: Number(PORT) });
