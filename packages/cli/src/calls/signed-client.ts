import { message, splitUrl, type Header } from '@countersign/core/message';
import type { Scheme } from '@countersign/core/scheme';
import type { Credential } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { sendExactly, type ExactResponse } from '../requests/exact-request.ts';
import type { CallTimeline } from './timeline.ts';

/** Sends signed JSON requests to one provider. */
export interface SignedClient {
  /**
   * @param target path and query, below the provider's origin
   * @param body written as JSON; no body when it is undefined
   */
  send(method: string, target: string, body?: unknown): Promise<ExactResponse>;
}

/** A client that signs every request as the scheme says, and tells the timeline. */
export function signedClient(from: {
  readonly scheme: Scheme;
  readonly credential: Credential;
  /** Scheme and authority, for example `http://localhost:7509`. */
  readonly origin: string;
  readonly timeline: CallTimeline;
}): SignedClient {
  const { scheme, credential, origin, timeline } = from;
  const authority = splitUrl(origin).authority ?? '';
  const protocol = origin.slice(0, origin.indexOf(':') + 1).toLowerCase();
  return {
    async send(method, target, body) {
      const bytes = body === undefined ? new Uint8Array(0) : Buffer.from(JSON.stringify(body), 'utf8');
      const headers: Header[] = body === undefined ? [] : [['Content-Type', 'application/json']];
      const unsigned = message({ method, url: origin + target, headers, body: bytes });
      const signature = sign(scheme, credential, unsigned);
      const signed = { ...unsigned, headers: [...unsigned.headers, ...signature.headers], body: bytes };
      const response = await sendExactly({ protocol, authority, message: signed });
      timeline.request(`${method} ${target}`, response);
      return response;
    },
  };
}

/** The body of a response as JSON; an empty object when it is none. */
export function jsonBody(response: ExactResponse): Record<string, unknown> {
  try {
    return JSON.parse(Buffer.from(response.body).toString('utf8')) as Record<string, unknown>;
  } catch {
    return {};
  }
}
