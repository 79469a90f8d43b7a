// Azure Functions (model v4) verifies Bird's webhooks. For
// another scheme, change the import. Several secrets, with a comma between them, are good at once: so one is rotated.
//   export WEBHOOK_SECRETS=new,old PUBLIC_URL=https://hooks.example.com   # what you gave to the provider, without the path
import { receiver } from '@countersign/core/receiver';
import { refusalAnswer } from '@countersign/core/refusal-answer';
import { bird } from '@countersign/core/schemes/bird';
import { Secret } from '@countersign/core/secret';
import { app } from '@azure/functions';

const { PUBLIC_URL, WEBHOOK_SECRETS = '' } = process.env;
const callbacks = receiver({
  scheme: bird,
  credentials: WEBHOOK_SECRETS.split(',').map((text) => ({ secret: new Secret(text, 'utf8') })),
  publicUrl: PUBLIC_URL,
  onRefused: ({ code, summary }) => console.warn(`refused ${code}: ${summary}`),
});

export async function handler(request) {
  const result = await callbacks.verifyRequest(request);
  if (!result.ok) return refusalAnswer(result);
  return { jsonBody: { received: (await request.json()).event } };
}

// The signature is the authentication: the provider has no function key.
app.http('webhooks', { methods: ['POST'], authLevel: 'anonymous', handler });
