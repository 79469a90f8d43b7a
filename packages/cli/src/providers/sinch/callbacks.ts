import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import type { Credential } from '@countersign/core/secret';
import { verify } from '@countersign/core/verify';
import type { CallbackReader } from '../../calls/callback-receiver.ts';

/**
 * Reads Sinch Voice callbacks: one JSON object, signed with the application's secret. An answered call is told to go on.
 *
 * @see https://developers.sinch.com/docs/voice/api-reference/authentication/callback-signed-request/
 */
export function callbackReader(credential: Credential): CallbackReader {
  return async (message) => {
    const data = JSON.parse(Buffer.from(message.body).toString('utf8')) as Record<string, unknown>;
    const result = verify(sinchApplication, credential, message);
    const verification = result.ok
      ? { ok: true, summary: 'signature verified' }
      : { ok: false, summary: `${result.code}: ${result.summary}` };
    const event = String(data['event'] ?? 'unknown');
    const callbacks = [{ event, callId: String(data['callid'] ?? ''), data, verification }];
    if (!verification.ok) return { callbacks, status: 403 };
    return {
      callbacks,
      status: 200,
      ...(event === 'ace' && { answer: { instructions: [], action: { name: 'continue' } } }),
    };
  };
}
