// AWS Lambda verifies Bird's webhooks, behind API Gateway (REST or HTTP API), a function URL or a load balancer. For
// another scheme, change the import. Several secrets, with a comma between them, are good at once: so one is rotated.
//   export WEBHOOK_SECRETS=new,old PUBLIC_URL=https://hooks.example.com   # what you gave to the provider, without the path
import { lambdaRequest } from '@countersign/core/lambda-request';
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

export async function handler(event) {
  const { request, body } = lambdaRequest(event);
  const result = callbacks.verify(request, body);
  if (!result.ok) return refusalAnswer(result);
  const text = JSON.stringify({ received: JSON.parse(Buffer.from(body)).event });
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: text };
}
