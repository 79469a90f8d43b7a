import '../canonical/epoch-time.ts';
import '../parts/body.ts';
import '../parts/literal.ts';
import '../places/date.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Requests of Slack (events, commands, interactions): HMAC-SHA256 of a version, time and body. The key is the app's signing
 * secret, as text: it looks like hexadecimal digits, and is not decoded.
 *
 * Not covered: method, path, query, host, Content-Type, other headers.
 *
 * Reads in one way: the time is digits, and the body is all that follows it.
 *
 * @see https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export const slack: Scheme = {
  id: 'slack',
  title: 'Slack request',
  documentation: 'https://docs.slack.dev/authentication/verifying-requests-from-slack',
  signer: 'provider',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha256', encoding: 'hex' },
  date: { headers: ['x-slack-request-timestamp'], format: 'epoch-seconds', toleranceSeconds: 5 * 60 },
  authorization: { header: 'x-slack-signature', template: 'v0={signature}' },
  parts: [
    { name: 'version', source: { from: 'literal', text: 'v0' }, after: ':' },
    { name: 'timestamp', source: { from: 'date' }, after: ':' },
    { name: 'body', source: { from: 'body' }, after: '' },
  ],
};
