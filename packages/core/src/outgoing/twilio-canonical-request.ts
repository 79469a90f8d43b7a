import { hashText } from '#digest';
import { targetForm } from '../canonical/request-target.ts';
import { CountersignError } from '../errors.ts';
import { headerValues, isContentDigest, type Message } from '../message.ts';

/** What is hashed of a request, and over which headers. */
export interface CanonicalRequest {
  readonly text: string;
  /** Names of the headers that are in it, lower case, in order, joined by `;`. */
  readonly signedHeaders: string;
}

/**
 * A request as Twilio's Public Key Client Validation hashes it: method, path, query, headers, their names, and the SHA-256 of the
 * body, each on a line, and an empty one behind the headers. Path and query are decoded and encoded again (RFC 3986), the
 * query's pairs sorted as they then stand. Where Twilio's SDKs differ (a value with "=" or "%", `( ) ! '`), this is what
 * twilio-java signs: twilio-node 6.3.1 cuts such values, or throws. A default port is not taken off the host, as no client sends one.
 *
 * @see https://www.twilio.com/docs/iam/pkcv/quickstart
 * @param names headers to sign, in any case
 * @throws CountersignError `header/missing`, `header/malformed`, `target/malformed` or `body/streamed`
 */
export function canonicalRequest(message: Message, names: readonly string[]): CanonicalRequest {
  const { method, target, body } = message;
  if (isContentDigest(body)) throw new CountersignError('body/streamed', 'the body itself is hashed, no digest of it');
  const sorted = [...new Set(names.map((name) => name.toLowerCase()))].toSorted();
  const headers = sorted.map((name) => `${name}:${joinedValues(message, name)}\n`);
  const signedHeaders = sorted.join(';');
  const hash = body.length === 0 ? '' : hashText('sha256', body, 'hex');
  const lines = [
    method.toUpperCase(),
    canonicalPath(target),
    canonicalQuery(target),
    headers.join(''),
    signedHeaders,
    hash,
  ];
  return { text: lines.join('\n'), signedHeaders };
}

function joinedValues({ headers }: Message, name: string): string {
  const values = headerValues(headers, name);
  if (values.length === 0)
    throw new CountersignError('header/missing', `the header "${name}" is signed, and the message has none`);
  if (values.some((value) => /[\r\n\0]/.test(value)))
    throw new CountersignError('header/malformed', `the signed header "${name}" holds a line break or NUL`);
  return values
    .map((value) => value.trim())
    .toSorted()
    .join(',');
}

function canonicalPath(target: string): string {
  const kept: string[] = [];
  const segments = targetForm(target, 'path').split('/').filter(Boolean);
  for (const segment of segments) {
    if (segment === '..') kept.pop();
    else if (segment !== '.') kept.push(encoded(segment));
  }
  const isFolder = /\/\.{0,2}$/.test(targetForm(target, 'path'));
  return kept.length === 0 ? '/' : `/${kept.join('/')}${isFolder ? '/' : ''}`;
}

function canonicalQuery(target: string): string {
  const pairs = targetForm(target, 'query').split('&').filter(Boolean);
  return pairs
    .map((pair) => {
      const at = pair.indexOf('=');
      const [name, value] = at < 0 ? [pair, ''] : [pair.slice(0, at), pair.slice(at + 1)];
      return `${encoded(name.replaceAll('+', ' '))}=${encoded(value.replaceAll('+', ' '))}`;
    })
    .toSorted()
    .join('&');
}

/** The text that an escaped one stands for, with nothing unescaped but what RFC 3986 calls unreserved. */
function encoded(text: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(text)).replace(
      /[!'()*]/g,
      (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
    );
  } catch {
    throw new CountersignError('target/malformed', 'the target holds an escape that is none, or is no UTF-8');
  }
}
