import { headerValue, type Message } from '@countersign/core/message';

/** Where a request goes to, as scheme and authority; over https, where it does not say. */
export function originOf({ origin, headers }: Message): string {
  return origin ?? `https://${headerValue(headers, 'host') ?? ''}`;
}
