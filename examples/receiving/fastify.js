// Fastify verifies Bird's webhooks: its parsers go, because the signature covers the bytes that arrived. For
// another scheme, change the import. Several secrets, with a comma between them, are good at once: so one is rotated.
//   export WEBHOOK_SECRETS=new,old PUBLIC_URL=https://hooks.example.com   # what you gave to the provider, without the path
import { receiver } from '@countersign/core/receiver';
import { refusalAnswer } from '@countersign/core/refusal-answer';
import { bird } from '@countersign/core/schemes/bird';
import { Secret } from '@countersign/core/secret';
import fastify from 'fastify';

const { PORT = 3000, PUBLIC_URL, WEBHOOK_SECRETS = '' } = process.env;
const callbacks = receiver({
  scheme: bird,
  credentials: WEBHOOK_SECRETS.split(',').map((text) => ({ secret: new Secret(text, 'utf8') })),
  publicUrl: PUBLIC_URL,
  onRefused: ({ code, summary }) => console.warn(`refused ${code}: ${summary}`),
});

const app = fastify({ bodyLimit: 1024 * 1024 });
app.removeAllContentTypeParsers();
app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
app.post('/webhooks', async (request, reply) => {
  const result = callbacks.verify(request.raw, request.body);
  if (!result.ok) {
    const { status, headers, body } = refusalAnswer(result);
    return reply.code(status).headers(headers).send(body);
  }
  return { received: JSON.parse(request.body).event };
});

await app.listen({ port: Number(PORT) });
export const { server } = app;
