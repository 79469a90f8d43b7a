import { headerValue, type Message } from '../message.ts';

/**
 * Scheme and authority that the sender addressed. Where nobody said them, `https://` and the Host header, because providers
 * call public servers; behind a proxy that changes either, the receiver's `publicUrl` says them.
 */
export function originOf({ origin, headers }: Message): string {
  return origin ?? `https://${headerValue(headers, 'host') ?? ''}`;
}
