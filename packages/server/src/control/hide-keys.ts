import type { FastifyInstance } from 'fastify';
import type { Redaction } from '@countersign/core/redaction';

declare module 'fastify' {
  interface FastifyInstance {
    /** Hides keys in what the scope's routes answer. */
    hiddenKeys: Redaction;
  }
}

/**
 * Hides keys in whatever a scope's routes answer: what was recorded, and what calls, phones and callbacks hold of requests
 * that had a key in them. Audio is left as it is; what is sent as a stream hides them itself, with `hiddenKeys`.
 */
export function hideKeys(scope: FastifyInstance, redaction: Redaction): void {
  scope.decorate('hiddenKeys', redaction);
  scope.addHook('onSend', async (_request, _reply, payload) => {
    if (typeof payload === 'string') return redaction.text(payload);
    return payload instanceof Uint8Array ? Buffer.from(redaction.bytes(payload)) : payload;
  });
}
