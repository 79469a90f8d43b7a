import '../canonical/rfc1123-time.ts';
import { CountersignError } from '../errors.ts';
import '../places/date.ts';
import '../places/signed-headers.ts';
import type { Scheme } from '../scheme.ts';
import { Secret } from '../secret.ts';

/**
 * Azure Communication Services access keys: HMAC-SHA256 over method, target, date, host and content hash.
 *
 * Not covered: Content-Type, other headers. The signed time may stand in `x-ms-date` or `Date`, which sign alike: the name
 * is not signed. A key's signatures say nothing of which key made them, so the result names the credential that matched.
 *
 * Reads in one way: method, target and date hold no line break and no `;`, the content hash has a fixed length, and the
 * host is what is left between them.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/communication/authentication
 */
export const acsHmac: Scheme = {
  id: 'acs-hmac',
  title: 'Azure Communication Services access key',
  documentation: 'https://learn.microsoft.com/en-us/rest/api/communication/authentication',
  key: { encoding: 'base64' },
  mac: { algorithm: 'sha256', encoding: 'base64' },
  contentHash: { algorithm: 'sha256', encoding: 'base64', header: 'x-ms-content-sha256', empty: 'hashed' },
  // The service publishes no window; 15 minutes is what its sibling, Azure App Configuration, documents.
  date: { headers: ['x-ms-date', 'date'], format: 'rfc1123', toleranceSeconds: 15 * 60 },
  signedHeaders: {
    accepted: [
      ['x-ms-date', 'host', 'x-ms-content-sha256'],
      ['date', 'host', 'x-ms-content-sha256'],
    ],
  },
  authorization: {
    header: 'authorization',
    template: 'HMAC-SHA256 SignedHeaders={signedHeaders}&Signature={signature}',
  },
  parts: [
    { name: 'method', source: { from: 'method' }, after: '\n' },
    { name: 'target', source: { from: 'target', form: 'as-sent' }, after: '\n' },
    { name: 'date', source: { from: 'date' }, after: ';' },
    { name: 'host', source: { from: 'host' }, after: ';' },
    { name: 'content-hash', source: { from: 'content-hash' }, after: '' },
  ],
};

/** What an ACS connection string holds. */
export interface AcsConnection {
  /** Scheme and authority, for example `https://contoso.communication.azure.com`, without a trailing slash. */
  readonly endpoint: string;
  /** The authority, as the Host header carries it. */
  readonly host: string;
  readonly secret: Secret;
}

/**
 * Reads `endpoint=https://<resource>.communication.azure.com/;accesskey=<base64>`. Names are compared in any case;
 * everything after `accesskey=` is the key.
 *
 * @throws CountersignError `connection-string/malformed`, `secret/empty` or `secret/undecodable`; never with the key.
 */
export function parseConnectionString(text: string): AcsConnection {
  if (typeof text !== 'string' || text.trim() === '') {
    throw new CountersignError(
      'connection-string/malformed',
      'the connection string is not set, empty or no text; expected "endpoint=<url>;accesskey=<base64 key>"',
    );
  }
  const [endpointPart = '', ...others] = text.trim().split(';');
  const endpoint = valueOf('endpoint', endpointPart);
  const key = valueOf('accesskey', others.join(';').trimStart());
  if (endpoint === undefined || key === undefined) {
    throw new CountersignError('connection-string/malformed', 'expected "endpoint=<url>;accesskey=<base64 key>"');
  }
  // What does not parse is not repeated: the key may stand in the wrong place of it.
  const ended = key.endsWith(';') ? key.slice(0, -1) : key;
  return { ...readEndpoint(endpoint), secret: new Secret(ended.trimEnd(), acsHmac.key.encoding) };
}

/** What stands behind `name=` when a text begins with it, the name in any case. */
function valueOf(name: string, text: string): string | undefined {
  const start = name.length + 1;
  return text.slice(0, start).toLowerCase() === `${name}=` ? text.slice(start) : undefined;
}

function readEndpoint(text: string): { endpoint: string; host: string } {
  const [, endpoint, host = '', rest = ''] = /^(https?:\/\/([^/?#]+))(.*)$/is.exec(text) ?? [];
  const refuse = (problem: string): never => {
    throw new CountersignError('connection-string/malformed', `the endpoint ${problem}; expected https://<host>`);
  };
  if (endpoint === undefined) return refuse('is not an http(s) URL');
  if (host.includes('@')) return refuse('has a user name or a password');
  // What `URL` would repair or cannot read is no host that a request can be signed for.
  if (/[\s\\]/.test(host) || !URL.canParse(endpoint)) return refuse('has no host that can be called');
  if (rest !== '' && rest !== '/') return refuse('has a path');
  return { endpoint, host };
}
