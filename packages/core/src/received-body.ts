import { isContentDigest, type ContentDigest } from './content-digest.ts';
import type { Header } from './message.ts';

/** What a server may hand over as a request's body; `undefined` is the body of a request that has none. */
export type IncomingBody = Uint8Array | ArrayBuffer | ContentDigest | undefined;

const advice =
  'hand over the raw bytes as they arrived, before any parser: express.raw({ type: () => true, inflate: false }), ' +
  'Fastify’s buffer parser, or what you read yourself';

/**
 * Why what was handed over cannot be the body that arrived, and what to do; `undefined` when it can. That is the server's
 * own fault and none of the sender's: a server hands over as many bytes as the request announces.
 */
export function bodyProblem(headers: readonly Header[], body: unknown): string | undefined {
  if (body instanceof Uint8Array && isAnnounced(headers, String(body.length))) return undefined;
  const announced = announcedBody(headers);
  if (body === undefined || body === null) {
    if (!announced.some) return undefined;
    return `the request has a body (${announced.some}), but none was handed over, because nobody read it or a parser did; ${advice}`;
  }
  if (!(body instanceof Uint8Array || body instanceof ArrayBuffer || isContentDigest(body))) {
    return `the body must be the raw bytes as they arrived, but this is ${kindOf(body)}, parsed or decoded before; ${advice}`;
  }
  const length = body instanceof ArrayBuffer ? body.byteLength : body.length;
  if (announced.length === undefined || announced.length === length) return undefined;
  const why = announced.contentEncoding
    ? `its Content-Encoding (${announced.contentEncoding}) was undone before; switch that off (inflate: false)`
    : 'it was changed, cut or replaced before';
  return `the request announces ${announced.length} bytes of body, but ${length} were handed over: ${why}; ${advice}`;
}

/** A body without a problem, as a message holds it. */
export function messageBody(body: IncomingBody): Uint8Array | ContentDigest {
  if (body === undefined || body === null) return new Uint8Array(0);
  return body instanceof ArrayBuffer ? new Uint8Array(body) : body;
}

/** Whether the headers announce a body of just this length, or say nothing of one: the usual case, without a closer look. */
function isAnnounced(headers: readonly Header[], length: string): boolean {
  for (const [name, value] of headers) {
    if (name.length === 14 && value !== length && name.toLowerCase() === 'content-length') return false;
    if (name.length === 17 && name.toLowerCase() === 'transfer-encoding') return false;
  }
  return true;
}

interface AnnouncedBody {
  /** The header that says that there is a body. */
  some: string | undefined;
  /** Its length in bytes, where one plain Content-Length says it. */
  length: number | undefined;
  contentEncoding: string | undefined;
}

function announcedBody(headers: readonly Header[]): AnnouncedBody {
  const announced: AnnouncedBody = { some: undefined, length: undefined, contentEncoding: undefined };
  let lengths = 0;
  let isChunked = false;
  for (const [name, value] of headers) {
    // Their lengths spare the lower-casing of every other name.
    if (name.length !== 14 && name.length !== 16 && name.length !== 17) continue;
    switch (name.toLowerCase()) {
      case 'content-length':
        lengths += 1;
        if (/^\d+$/.test(value)) announced.length = Number(value);
        if (/[1-9]/.test(value)) announced.some ??= `Content-Length: ${value}`;
        break;
      case 'transfer-encoding':
        isChunked = true;
        announced.some ??= `Transfer-Encoding: ${value}`;
        break;
      case 'content-encoding':
        announced.contentEncoding ??= value;
    }
  }
  if (lengths > 1 || isChunked) announced.length = undefined;
  return announced;
}

function kindOf(body: unknown): string {
  if (typeof body === 'string') return 'text';
  if (Array.isArray(body)) return 'an array';
  if (ArrayBuffer.isView(body)) return 'another view of a buffer than a Uint8Array';
  return typeof body === 'object' ? 'an object' : `a ${typeof body}`;
}
