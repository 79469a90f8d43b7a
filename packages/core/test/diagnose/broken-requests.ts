import { createHash, createHmac } from 'node:crypto';
import type { Header, Message } from '@countersign/core/message';

/** A request that somebody means to send, before it is signed. */
export interface Intent {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  /** Without the question mark; empty for none. */
  readonly query: string;
  readonly contentType: string;
  readonly body: string;
  readonly at: Date;
  /** Base64, as the provider shows it. */
  readonly secret: string;
}

/** What goes into a signature; breakers replace entries. */
export interface Signing {
  method: string;
  target: string;
  date: string;
  host: string;
  hash: string;
  contentType: string;
  key: Buffer;
  algorithm: string;
  /** The finished string to sign, changed. */
  finish: (stringToSign: string) => string | Buffer;
  /** The parts put together. */
  join: (parts: Signing) => string;
  digest: (key: Buffer, stringToSign: string | Buffer, algorithm: string) => string;
  authorization: (signature: string) => string;
  /** What is sent instead of what is signed. */
  sentDate?: string;
  sentHash?: string;
  sentBody?: string | Buffer;
  headers: (headers: Header[]) => Header[];
}

const base64Mac = (key: Buffer, text: string | Buffer, algorithm: string): string =>
  createHmac(algorithm, key).update(text).digest('base64');

/** An ACS request, signed by the words of Microsoft's page with whatever a breaker changes. */
export function acsRequest(intent: Intent, breaker: (signing: Signing, intent: Intent) => void = () => {}): Message {
  const target = intent.path + (intent.query === '' ? '' : `?${intent.query}`);
  const signing: Signing = {
    method: intent.method,
    target,
    date: intent.at.toUTCString(),
    host: intent.host,
    hash: createHash('sha256').update(intent.body).digest('base64'),
    contentType: intent.contentType,
    key: Buffer.from(intent.secret, 'base64'),
    algorithm: 'sha256',
    finish: (text) => text,
    join: (parts) => `${parts.method}\n${parts.target}\n${parts.date};${parts.host};${parts.hash}`,
    digest: base64Mac,
    authorization: (signature) => `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`,
    headers: (headers) => headers,
  };
  breaker(signing, intent);
  const signature = signing.digest(signing.key, signing.finish(signing.join(signing)), signing.algorithm);
  const headers: Header[] = [
    ['Host', intent.host],
    ['Content-Type', intent.contentType],
    ['x-ms-date', signing.sentDate ?? intent.at.toUTCString()],
    ['x-ms-content-sha256', signing.sentHash ?? signing.hash],
    ['Authorization', signing.authorization(signature)],
  ];
  return {
    method: intent.method,
    target,
    headers: signing.headers(headers),
    body: bytes(signing.sentBody ?? intent.body),
  };
}

export const sinchKeyId = '669e367e-6bba-48ab-af15-266871c28135';

/** A Sinch request, signed by the words of Sinch's page with whatever a breaker changes. */
export function sinchRequest(intent: Intent, breaker: (signing: Signing, intent: Intent) => void = () => {}): Message {
  const target = intent.path + (intent.query === '' ? '' : `?${intent.query}`);
  const signing: Signing = {
    method: intent.method,
    target: intent.path,
    date: intent.at.toISOString(),
    host: intent.host,
    hash: intent.body === '' ? '' : createHash('md5').update(intent.body).digest('base64'),
    contentType: intent.contentType,
    key: Buffer.from(intent.secret, 'base64'),
    algorithm: 'sha256',
    finish: (text) => text,
    join: (parts) =>
      [parts.method, parts.hash, parts.contentType, `x-timestamp:${parts.date}`, parts.target].join('\n'),
    digest: base64Mac,
    authorization: (signature) => `application ${sinchKeyId}:${signature}`,
    headers: (headers) => headers,
  };
  breaker(signing, intent);
  const signature = signing.digest(signing.key, signing.finish(signing.join(signing)), signing.algorithm);
  const headers: Header[] = [
    ['Host', intent.host],
    ...(intent.contentType === '' ? [] : [['Content-Type', intent.contentType] as const]),
    ['x-timestamp', signing.sentDate ?? intent.at.toISOString()],
    ['Authorization', signing.authorization(signature)],
  ];
  return {
    method: intent.method,
    target,
    headers: signing.headers(headers),
    body: bytes(signing.sentBody ?? intent.body),
  };
}

function bytes(body: string | Buffer): Uint8Array {
  return typeof body === 'string' ? new TextEncoder().encode(body) : new Uint8Array(body);
}
