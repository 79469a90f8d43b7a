import '../canonical/epoch-time.ts';
import '../places/date.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Requests of Vapi to a server whose custom credential has the plan "HMAC", with its defaults: HMAC-SHA256 of time and body. The
 * key is the plan's `secretKey`, as text. A plan may set all of it otherwise: `vapiPlan` makes a scheme of one. Vapi does not say
 * whether the time is in seconds or milliseconds, so both are read.
 *
 * Not covered: method, path, query, host, Content-Type, other headers.
 *
 * Reads in one way: the time is digits, and the body is all that follows it.
 *
 * @see https://docs.vapi.ai/server-url/server-authentication
 */
export const vapi: Scheme = {
  id: 'vapi',
  title: 'Vapi request, HMAC plan',
  documentation: 'https://docs.vapi.ai/server-url/server-authentication',
  signer: 'provider',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha256', encoding: 'hex' },
  // Vapi says nothing of a window.
  date: { headers: ['x-timestamp'], format: 'epoch', toleranceSeconds: 5 * 60 },
  authorization: { header: 'x-signature', template: '{signature}' },
  parts: [
    { name: 'timestamp', source: { from: 'date' }, after: '.' },
    { name: 'body', source: { from: 'body' }, after: '' },
  ],
};
