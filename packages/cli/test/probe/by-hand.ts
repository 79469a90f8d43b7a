import { createHash, createHmac, createPublicKey, createVerify, type JsonWebKey } from 'node:crypto';
import type { Judge, Received } from './served.ts';

/** A refusal, thrown where it is found. */
class Refused extends Error {}

/** The one value of a header: one that is missing, empty or there twice is refused. */
export function onlyValue({ values }: Received, name: string): string {
  const [value, second] = values(name);
  if (value === undefined || value === '' || second !== undefined) throw new Refused(name);
  return value;
}

/** What a receiver does its own way; each member is one place where receivers are often wrong. */
export interface Ways {
  readonly header: (received: Received, name: string) => string;
  readonly method: (received: Received) => string;
  readonly path: (received: Received) => string;
  readonly host: (received: Received) => string;
  readonly body: (received: Received) => Buffer;
  /** Of schemes that send the hash: which one is signed. */
  readonly hash: (received: Received, computed: string) => string;
  readonly nonce: (received: Received) => string;
  readonly isSame: (received: string, expected: string) => boolean;
  readonly secretOf: (keyId: string) => string | undefined;
  /** Whether it is too old, or too far ahead. */
  readonly isStale: (ageMs: number) => boolean;
  readonly dateHeader: (received: Received, signed: string) => string;
  /** By what a repeat is known, and for how long that is remembered. */
  readonly repeatKey: (received: Received, signed: string) => string | undefined;
  readonly rememberMs: number;
  readonly acceptsBefore: (received: Received) => boolean;
}

const windowMs = 900_000;

export const strict: Ways = {
  header: onlyValue,
  method: ({ method }) => method,
  path: ({ url }) => url,
  host: (received) => onlyValue(received, 'host'),
  body: ({ body }) => body,
  hash(received, computed) {
    if (onlyValue(received, 'x-ms-content-sha256') !== computed) throw new Refused('hash');
    return computed;
  },
  nonce(received) {
    const nonce = onlyValue(received, 'x-sinch-webhook-signature-nonce');
    if (!/^\w+$/.test(nonce)) throw new Refused('nonce');
    return nonce;
  },
  isSame: (received, expected) => received === expected,
  secretOf: (keyId) => (keyId === keys.keyId ? keys.secret : undefined),
  isStale: (ageMs) => !(Math.abs(ageMs) <= windowMs),
  dateHeader: (received, signed) => onlyValue(received, signed),
  repeatKey: (_, signed) => signed,
  rememberMs: 2 * windowMs,
  acceptsBefore: () => false,
};

/** The keys of these receivers. */
export const keys = { keyId: 'my-application', secret: 'JViE5vDor0Sw3WllZka15Q==', text: 'foo_secret1234' } as const;

const hmac = (key: Buffer | string, text: string | Buffer): string =>
  createHmac('sha256', key).update(text).digest('base64');

/** Application-signed requests of Sinch, as its page describes them. */
export function sinchJudge(ways: Ways, now: () => Date): Judge {
  return judging(ways, now, (received) => {
    const [, keyId = '', signature = ''] = match(
      /^application ([^\s:,]+):(\S*)$/i,
      ways.header(received, 'authorization'),
    );
    const secret = ways.secretOf(keyId);
    if (secret === undefined) throw new Refused('key');
    const body = ways.body(received);
    const md5 =
      body.length === 0
        ? ''
        : ways.hash === strict.hash
          ? hashOf('md5', body)
          : ways.hash(received, hashOf('md5', body));
    const date = ways.header(received, 'x-timestamp');
    const path = ways.path(received).split('?', 1)[0];
    const type = ways.header(received, 'content-type');
    const signed = [ways.method(received), md5, type, `x-timestamp:${date}`, path].join('\n');
    if (!ways.isSame(signature, hmac(Buffer.from(secret, 'base64'), signed))) throw new Refused('signature');
    return { signed, dateMs: isoMs(ways.dateHeader(received, 'x-timestamp')) };
  });
}

/** Requests under an access key of ACS, as its page describes them. */
export function acsJudge(ways: Ways, now: () => Date): Judge {
  return judging(ways, now, (received) => {
    const pattern = /^HMAC-SHA256 SignedHeaders=(x-ms-date|date);host;x-ms-content-sha256&Signature=(\S+)$/;
    const [, dateHeader = '', signature = ''] = match(pattern, ways.header(received, 'authorization'));
    const hash = ways.hash(received, hashOf('sha256', ways.body(received)));
    const date = ways.header(received, dateHeader);
    const values = [date, ways.host(received), hash].join(';');
    const signed = `${ways.method(received)}\n${ways.path(received)}\n${values}`;
    if (!ways.isSame(signature, hmac(Buffer.from(keys.secret, 'base64'), signed))) throw new Refused('signature');
    return { signed, dateMs: Date.parse(ways.dateHeader(received, dateHeader)) };
  });
}

/** Webhooks of Sinch Conversation, as its page describes them. */
export function webhookJudge(ways: Ways, now: () => Date): Judge {
  return judging(ways, now, (received) => {
    const date = ways.header(received, 'x-sinch-webhook-signature-timestamp');
    match(/^\d+$/, date);
    const signed = `${ways.body(received).toString()}.${ways.nonce(received)}.${date}`;
    const signature = ways.header(received, 'x-sinch-webhook-signature');
    if (!ways.isSame(signature, hmac(keys.text, signed))) throw new Refused('signature');
    return { signed, dateMs: Number(date) * 1000 };
  });
}

/** What of a token is looked at; each member that is off is a fault. */
export interface TokenWays {
  readonly algorithms: readonly string[];
  readonly verifies: boolean;
  readonly takesKeyOfToken: boolean;
  readonly audience: boolean;
  readonly issuer: boolean;
  readonly expiry: 'demanded' | 'if-there' | 'ignored';
  readonly notBefore: boolean;
}

export const strictToken: TokenWays = {
  algorithms: ['RS256'],
  verifies: true,
  takesKeyOfToken: false,
  audience: true,
  issuer: true,
  expiry: 'demanded',
  notBefore: true,
};

/** Tokens of ACS events, verified by hand. */
export function tokenJudge(
  ways: TokenWays,
  now: () => Date,
  trusted: { readonly jwk: JsonWebKey; readonly issuer: string; readonly audience: string },
): Judge {
  return (received) => {
    const [, head = '', payload = '', signature = ''] =
      /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]*)$/.exec(received.values('authorization').join()) ?? [];
    if (head === '') return 401;
    const { alg, jwk } = decoded(head) as { alg: string; jwk?: JsonWebKey };
    const claims = decoded(payload) as { aud?: string; iss?: string; exp?: number; nbf?: number };
    const signed = `${head}.${payload}`;
    if (!ways.algorithms.includes(alg)) return 401;
    const key = createPublicKey({ key: (ways.takesKeyOfToken && jwk) || trusted.jwk, format: 'jwk' });
    if (alg === 'HS256') {
      const secret = key.export({ type: 'spki', format: 'pem' });
      if (createHmac('sha256', secret).update(signed).digest('base64url') !== signature) return 401;
    } else if (alg.toLowerCase() !== 'none' && ways.verifies) {
      const bytes = Buffer.from(signature, 'base64url');
      // One spelling of a signature, and not whatever decodes to its bytes.
      if (bytes.toString('base64url') !== signature) return 401;
      if (!createVerify('sha256').update(signed).verify(key, bytes)) return 401;
    }
    const seconds = now().getTime() / 1000;
    if (ways.audience && claims.aud !== trusted.audience) return 401;
    if (ways.issuer && claims.iss !== trusted.issuer) return 401;
    if (ways.expiry === 'demanded' && claims.exp === undefined) return 401;
    if (ways.expiry !== 'ignored' && claims.exp !== undefined && claims.exp < seconds - 60) return 401;
    if (ways.notBefore && (claims.nbf ?? 0) > seconds + 60) return 401;
    return 204;
  };
}

function decoded(part: string): unknown {
  return JSON.parse(Buffer.from(part, 'base64url').toString());
}

function judging(
  ways: Ways,
  now: () => Date,
  verify: (received: Received) => { readonly signed: string; readonly dateMs: number },
): Judge {
  const seen = new Map<string, number>();
  return (received) => {
    if (ways.acceptsBefore(received)) return 204;
    try {
      const { signed, dateMs } = verify(received);
      const nowMs = now().getTime();
      if (ways.isStale(nowMs - dateMs)) return 403;
      const key = ways.repeatKey(received, signed);
      const before = key === undefined ? undefined : seen.get(key);
      if (before !== undefined && nowMs - before < ways.rememberMs) return 409;
      if (key !== undefined) seen.set(key, nowMs);
      return 204;
    } catch (error) {
      if (error instanceof Refused || error instanceof SyntaxError) return 403;
      throw error;
    }
  };
}

function match(pattern: RegExp, text: string): RegExpExecArray {
  const found = pattern.exec(text);
  if (!found) throw new Refused(text);
  return found;
}

function isoMs(text: string): number {
  return Date.parse(text);
}

function hashOf(algorithm: string, body: Buffer): string {
  return createHash(algorithm).update(body).digest('base64');
}
