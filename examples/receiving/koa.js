// Koa verifies Bird's webhooks: no body parser may come before, because the signature covers the bytes that arrived. For
// another scheme, change the import. Several secrets, with a comma between them, are good at once: so one is rotated.
//   export WEBHOOK_SECRETS=new,old PUBLIC_URL=https://hooks.example.com   # what you gave to the provider, without the path
import { receiver } from '@countersign/core/receiver';
import { refusalAnswer } from '@countersign/core/refusal-answer';
import { bird } from '@countersign/core/schemes/bird';
import { Secret } from '@countersign/core/secret';
import Koa from 'koa';

const { PORT = 3000, PUBLIC_URL, WEBHOOK_SECRETS = '' } = process.env;
const callbacks = receiver({
  scheme: bird,
  credentials: WEBHOOK_SECRETS.split(',').map((text) => ({ secret: new Secret(text, 'utf8') })),
  publicUrl: PUBLIC_URL,
  onRefused: ({ code, summary }) => console.warn(`refused ${code}: ${summary}`),
});

const app = new Koa();
app.use(async (context) => {
  const { result, body } = await callbacks.receive(context.req);
  if (!result.ok) {
    const { status, headers, body: text } = refusalAnswer(result);
    context.set(headers);
    Object.assign(context, { status, body: text });
    return;
  }
  context.body = { received: JSON.parse(Buffer.from(body)).event };
});

export const server = app.listen(PORT);
