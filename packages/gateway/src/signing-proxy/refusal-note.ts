import type { IncomingMessage } from 'node:http';
import { verify } from '@countersign/core/verify';
import type { SignedRequest } from './signed-request.ts';
import type { Target } from './target.ts';

/** How far a clock may be off before it is said, in milliseconds. */
const clockToleranceMs = 60_000;

/**
 * What can be said when a service refuses a request that was signed here; `undefined` for other answers. The signature is
 * checked over the bytes that were sent, so what is left is around it.
 */
export function refusalNote(
  answer: Pick<IncomingMessage, 'statusCode' | 'headers'>,
  { message }: SignedRequest,
  { scheme, credential, authority }: Target,
  now: Date,
): string | undefined {
  const { statusCode, headers } = answer;
  if (statusCode !== 401 && statusCode !== 403) return undefined;
  const check = verify(scheme, credential, message, { now });
  if (!check.ok) return `the signature does not verify here either: ${check.code}`;
  const offMs = Date.parse(headers.date ?? '') - now.getTime();
  const clock =
    Math.abs(offMs) > clockToleranceMs
      ? `the service's clock is ${Math.round(Math.abs(offMs) / 1000)} s ${offMs > 0 ? 'ahead of' : 'behind'} this one`
      : 'the clocks agree';
  return `the signature is right for what was sent, under the key given; look at the resource (is the key ${authority}'s?), the rights of that key, and the API; ${clock}`;
}
