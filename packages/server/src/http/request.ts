import type { Message } from '@countersign/core/message';
import type { ExchangeRecorder } from '../contract/exchange-recorder.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The request as it was on the wire; there before any hook or handler of a provider runs. */
    message: Message & { readonly body: Uint8Array };
    /** The exchange under way. On routes that are not journaled (`/_control`, the console) it records nothing. */
    exchange: ExchangeRecorder;
  }
}
