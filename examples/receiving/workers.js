// Cloudflare Workers verifies Bird's webhooks; Deno and Bun take the same `fetch`. For another scheme: change the import.
// Several secrets, with a comma between them, are good at once: so one is rotated. Behind a proxy of your own:
//   npx wrangler secret put WEBHOOK_SECRETS   # and PUBLIC_URL, what you gave to the provider, without the path
import { refusalAnswer } from '@countersign/core/refusal-answer';
import { bird } from '@countersign/core/schemes/bird';
import { Secret } from '@countersign/core/secret';
import { verifyRequest } from '@countersign/core/verify-request';

export default {
  async fetch(request, { PUBLIC_URL, WEBHOOK_SECRETS = '' }) {
    const credentials = WEBHOOK_SECRETS.split(',').map((text) => ({ secret: new Secret(text, 'utf8') }));
    const result = await verifyRequest(bird, credentials, request, {
      publicUrl: PUBLIC_URL,
      onRefused: ({ code, summary }) => console.warn(`refused ${code}: ${summary}`),
    });
    if (!result.ok) {
      const answer = refusalAnswer(result);
      return new Response(answer.body, answer);
    }
    return Response.json({ received: (await request.json()).event });
  },
};
