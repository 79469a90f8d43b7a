import type { ReceiverRefusalCode } from './errors.ts';
import { noOptions } from './option-checks.ts';
import type { FetchRequest } from './receive.ts';
import { receiver, type ReceiverOptions } from './receiver.ts';
import type { Scheme } from './scheme.ts';
import type { Verification } from './verify.ts';

/** How a request is judged, by whom it is told of, and how senders reach this server. */
export type VerifyRequestOptions = Omit<ReceiverOptions, 'scheme' | 'credentials'>;

/**
 * Verifies a Fetch API `Request`: Next.js, Cloudflare Workers, Deno, Bun, Hono, and the `HttpRequest` of Azure Functions.
 *
 *     const result = await verifyRequest(github, { secret }, request, { onRefused: ({ code }) => console.warn(code) });
 *     if (!result.ok) return new Response(null, { status: 401 });
 *
 * Reads a copy of the body, so the request can still be read; how long a body may be is for the server to limit before.
 * What a `Request` no longer knows of what was sent, `messageFromRequest` says. A `receiver` checks its options once, at the
 * start; here each call does, and a server that is configured wrongly finds out with its first request.
 *
 * @param credentials one, or several during a rotation; the result says which matched
 * @returns the verdict; `body/unreadable` when the body was read before
 * @throws TypeError and CountersignError as `receiver` does; all as a rejection, and nothing that is sent causes it
 */
export async function verifyRequest(
  scheme: Scheme,
  credentials: ReceiverOptions['credentials'],
  request: FetchRequest,
  options: VerifyRequestOptions = noOptions,
): Promise<Verification<ReceiverRefusalCode>> {
  return receiver({ ...options, scheme, credentials }).verifyRequest(request);
}
