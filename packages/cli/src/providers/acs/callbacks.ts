import { acsEventTokenVerifier } from '@countersign/core/acs-event-token';
import { headerValue } from '@countersign/core/message';
import type { CallbackReader, ReceivedCallback } from '../../calls/callback-receiver.ts';

/** Whose tokens are accepted. */
export interface TokenRules {
  /** Where the keys are published; Azure's own when it is left out. */
  readonly jwksUrl?: string;
  /** The ACS resources that events may be for. */
  readonly resourceIds: readonly string[];
}

/**
 * Reads ACS events: an array of CloudEvents, authenticated by a bearer token.
 *
 * @see https://learn.microsoft.com/en-us/azure/communication-services/how-tos/call-automation/secure-webhook-endpoint
 */
export function callbackReader({ jwksUrl, resourceIds }: TokenRules): CallbackReader {
  const verifiers = resourceIds.map((resourceId) =>
    acsEventTokenVerifier({ resourceId, ...(jwksUrl !== undefined && { jwksUrl }) }),
  );
  const judge = async (authorization: string | undefined): Promise<ReceivedCallback['verification']> => {
    let summary = 'no ACS resource is known that events may be for';
    for (const verify of verifiers) {
      const result = await verify(authorization);
      if (result.ok) return { ok: true, summary: 'token verified' };
      summary = `${result.code}: ${result.summary}`;
    }
    return { ok: false, summary };
  };
  return async ({ headers, body }) => {
    const events = JSON.parse(Buffer.from(body).toString('utf8')) as { type: string; data: Record<string, unknown> }[];
    const verification = await judge(headerValue(headers, 'authorization'));
    const callbacks = events.map(({ type, data }) => ({
      event: type.replace(/^Microsoft\.Communication\./, ''),
      callId: String(data['callConnectionId'] ?? ''),
      data,
      verification,
    }));
    return { callbacks, status: verification.ok ? 200 : 401 };
  };
}
