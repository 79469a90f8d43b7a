import '../canonical/epoch-time.ts';
import '../parts/body.ts';
import '../places/date.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Webhooks of ElevenLabs (Agents, after a call): HMAC-SHA256 of time and body, beside each other in one header. The key is the
 * webhook's secret, all of its text with `wsec_`.
 *
 * Not covered: method, path, query, host, Content-Type, other headers.
 *
 * Reads in one way: the time is digits, and the body is all that follows it.
 *
 * @see https://elevenlabs.io/docs/agents-platform/workflows/post-call-webhooks
 */
export const elevenlabs: Scheme = {
  id: 'elevenlabs',
  title: 'ElevenLabs webhook',
  documentation: 'https://elevenlabs.io/docs/agents-platform/workflows/post-call-webhooks',
  signer: 'provider',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha256', encoding: 'hex' },
  // What the provider's own SDK allows; it asks nothing of times that lie ahead.
  date: { headers: [], format: 'epoch-seconds', toleranceSeconds: 30 * 60 },
  authorization: { header: 'elevenlabs-signature', template: 't={date},v0={signature}', list: ',' },
  parts: [
    { name: 'timestamp', source: { from: 'date' }, after: '.' },
    { name: 'body', source: { from: 'body' }, after: '' },
  ],
};
