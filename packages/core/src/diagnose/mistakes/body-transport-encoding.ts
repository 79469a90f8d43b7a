import { bodyFixes } from '../fixes/string-to-sign.ts';
import { encodeComponent } from '../text/percent-encoding.ts';
import { decodeHex, encodeBase64, encodeHex } from '../../canonical/byte-encoding.ts';
import { concatBytes } from '../../canonical/concat-bytes.ts';
import type { Evidence } from '../reading/evidence.ts';
import { decompress, isCompressed } from '../text/inflate.ts';
import type { BodyMove, MistakeClass } from '../search/mistake-class.ts';
import { withoutHtmlEscapes } from '../../canonical/html-escapes.ts';
import { textOf } from '../text/visible.ts';

interface Transport {
  readonly kind: keyof typeof hashed;
}

/** What was hashed instead of the body. */
const hashed = {
  uncompressed: 'the body before it was compressed',
  'uncompressed as base64': 'the base64 text of the body before it was compressed',
  base64: 'the base64 text of the body',
  base64url: 'the base64url text of the body',
  'base64 in lines': 'the base64 text of the body in lines of 76 characters',
  hex: 'the hexadecimal text of the body',
  'URL-encoded': 'the URL-encoded text of the body',
  'form-encoded': 'the form-encoded text of the body',
  'HTML-escaped': 'the HTML-escaped text of the body',
  'base64-decoded': 'what the body’s base64 text stands for',
  'hex-decoded': 'what the body’s hexadecimal text stands for',
  'URL-decoded': 'the body after URL-decoding',
  'HTML-unescaped': 'the body after undoing its HTML escapes',
  unchunked: 'the body without its chunk framing',
  chunked: 'the body in one chunk of chunked framing',
} as const;

/** The body before or after what the transport does to it. */
export const bodyTransportEncoding: MistakeClass<Transport> = {
  id: 'body/transport-encoding',
  rank: 260,
  needs: 'body',
  stacksOn: 'any',
  bodies: (body, text, evidence) => encodings(body, text, evidence),
  say: ({ kind }) => `The bytes that were hashed are ${hashed[kind]}, and not the bytes that were sent.`,
  fixes: ({ scheme }, { kind }) =>
    bodyFixes(
      scheme,
      kind === 'uncompressed' || kind === 'uncompressed as base64'
        ? 'body: compressed first, as it goes on the wire'
        : {
            javascript: "body: as it goes on the wire; in AWS Lambda: Buffer.from(event.body, 'base64')",
            python: "body: as it goes on the wire; in AWS Lambda: base64.b64decode(event['body'])",
            csharp: 'body: as it goes on the wire, neither encoded nor decoded',
            java: 'body: as it goes on the wire, neither encoded nor decoded',
            php: 'body: as it goes on the wire',
          },
    ),
};

const largestInflated = 16 * 1024 * 1024;

function* encodings(body: Uint8Array, text: string | undefined, evidence: Evidence): Generator<BodyMove<Transport>> {
  if (body.length === 0) return;
  const inflated = inflatedWithin(body, text, evidence);
  if (inflated) {
    yield { detail: { kind: 'uncompressed' }, cost: 1, body: inflated };
    yield {
      detail: { kind: 'uncompressed as base64' },
      cost: 3,
      body: encodeBase64(inflated),
    };
  }
  const base64 = encodeBase64(body);
  yield { detail: { kind: 'base64' }, cost: 1, body: base64 };
  yield {
    detail: { kind: 'base64url' },
    cost: 3,
    body: base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''),
  };
  yield {
    detail: { kind: 'base64 in lines' },
    cost: 3,
    body: base64.replace(/.{76}(?=.)/g, '$&\r\n'),
  };
  yield { detail: { kind: 'hex' }, cost: 2, body: encodeHex(body) };
  if (text === undefined) return;
  const encoded = encodeComponent(text);
  yield { detail: { kind: 'URL-encoded' }, cost: 2, body: encoded };
  yield { detail: { kind: 'form-encoded' }, cost: 2, body: encoded.replaceAll('%20', '+') };
  yield { detail: { kind: 'HTML-escaped' }, cost: 2, body: escapeHtml(text) };
  const trimmed = text.trim();
  if (/^[A-Za-z0-9+/\s_-]{4,}={0,2}$/.test(trimmed)) {
    const letters = trimmed.replace(/[\s=]/g, '').replaceAll('-', '+').replaceAll('_', '/');
    if (letters.length % 4 !== 1) {
      const decoded = atob(letters + '='.repeat((4 - (letters.length % 4)) % 4));
      yield {
        detail: { kind: 'base64-decoded' },
        cost: 1,
        body: Uint8Array.from(decoded, (character) => character.charCodeAt(0)),
      };
    }
  }
  const hex = /^[0-9a-f]+$/i.test(trimmed) ? decodeHex(trimmed) : undefined;
  if (hex) yield { detail: { kind: 'hex-decoded' }, cost: 2, body: hex };
  if (/%[0-9a-f]{2}/i.test(text)) {
    const decoded = percentDecoded(text);
    if (decoded !== undefined) yield { detail: { kind: 'URL-decoded' }, cost: 2, body: decoded };
  }
  yield { detail: { kind: 'HTML-unescaped' }, cost: 3, body: withoutHtmlEscapes(text) };
  const chunks = unchunk(body);
  if (chunks) yield { detail: { kind: 'unchunked' }, cost: 1, body: chunks };
  yield {
    detail: { kind: 'chunked' },
    cost: 3,
    body: `${body.length.toString(16)}\r\n${text}\r\n0\r\n\r\n`,
  };
}

/** What a compressed body grows into, as far as the budget has room for it. */
function inflatedWithin(
  body: Uint8Array,
  text: string | undefined,
  { budget, message, options: { brotli }, isBrotli }: Evidence,
): Uint8Array | undefined {
  // Brotli has no beginning of its own; what is text is none, and neither is what another mistake made of the body.
  const mayBeBrotli = isBrotli || (text === undefined && !isCompressed(body));
  const byBrotli = body === message.body && mayBeBrotli ? brotli : undefined;
  if (!byBrotli && !isCompressed(body)) return undefined;
  for (const limitBytes of [largestInflated, largestInflated / 16, largestInflated / 256]) {
    if (!budget.affordsBody(limitBytes)) continue;
    const inflated = byBrotli ? unbrotli(byBrotli, body, limitBytes) : decompress(body, limitBytes);
    // Its own length is taken when it is handed out; what grew past the limit has cost as much.
    if (!inflated) budget.wroteBody(Math.min(limitBytes, 1032 * body.length));
    return inflated;
  }
  return undefined;
}

function unbrotli(
  brotli: NonNullable<Evidence['options']['brotli']>,
  body: Uint8Array,
  maxOutputLength: number,
): Uint8Array | undefined {
  try {
    return brotli(body, { maxOutputLength });
  } catch {
    return undefined;
  }
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

function percentDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}

/** Removes chunk framing, `aws-chunked` (with signatures in the size lines) or HTTP's own. */
function unchunk(body: Uint8Array): Uint8Array | undefined {
  const pieces: Uint8Array[] = [];
  let at = 0;
  while (at < body.length) {
    const end = body.indexOf(10, at);
    if (end < 0) return undefined;
    const size = /^([0-9a-f]+)(?:;[^\r]*)?\r?$/i.exec(textOf(body.subarray(at, end)) ?? '')?.[1];
    if (size === undefined) return undefined;
    const length = Number.parseInt(size, 16);
    if (length === 0) break;
    pieces.push(body.subarray(end + 1, end + 1 + length));
    at = end + 1 + length + 2;
  }
  return pieces.length === 0 ? undefined : concatBytes(pieces);
}
