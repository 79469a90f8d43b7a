// Next.js, pages router: pages/api/webhooks.js verifies Bird's webhooks. Without Next's parser, see `config`. For
// another scheme, change the import. Several secrets, with a comma between them, are good at once: so one is rotated.
//   export WEBHOOK_SECRETS=new,old PUBLIC_URL=https://hooks.example.com   # what you gave to the provider, without the path
import { receiver } from '@countersign/core/receiver';
import { refusalAnswer } from '@countersign/core/refusal-answer';
import { bird } from '@countersign/core/schemes/bird';
import { Secret } from '@countersign/core/secret';

const { PUBLIC_URL, WEBHOOK_SECRETS = '' } = process.env;
const callbacks = receiver({
  scheme: bird,
  credentials: WEBHOOK_SECRETS.split(',').map((text) => ({ secret: new Secret(text, 'utf8') })),
  publicUrl: PUBLIC_URL,
  onRefused: ({ code, summary }) => console.warn(`refused ${code}: ${summary}`),
});

export const config = { api: { bodyParser: false } };

export default async function handler(request, response) {
  const { result, body } = await callbacks.receive(request);
  if (!result.ok) {
    const { status, headers, body: text } = refusalAnswer(result);
    return response.writeHead(status, headers).end(text);
  }
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ received: JSON.parse(Buffer.from(body)).event }));
}
