import type { IncomingMessage } from 'node:http';
import { headFromIncoming } from '@countersign/core/receive';
import type { ReceivedRequest } from '../contract/received-request.ts';
import type { ByteBudget } from '../bounded/byte-budget.ts';
import { ownTurns } from '../threads/own-turn.ts';
import { originForm } from './request-target.ts';

/** How much of an oversized body is read and thrown away, so that its sender gets to read the 413. */
const drainLimitBytes = 16 * 1024 * 1024;
const noBytes = new Uint8Array(0);
const beyondAscii = /[\u0080-\u00ff]/;

/** What becomes of bodies that are too long, or too many at a time. */
export interface BodyLimits {
  /** How much of a body is kept. */
  readonly bodyLimitBytes: number;
  /** What the bodies of all requests that are being read may hold together. */
  readonly underWay: ByteBudget;
}

/**
 * Reads a request into a `Message`: target and headers from Node's raw fields, the body byte for byte, whatever its
 * content type. What went wrong is in `body`. A long body comes in a turn of the event loop of its own.
 *
 * @param target the request target as Node received it, before any rewriting for the router
 * @param take called once with the request, and at once if it has no body: promises would take as long as the rest
 */
export function receiveMessage(
  request: IncomingMessage,
  target: string,
  limits: BodyLimits,
  take: (received: ReceivedRequest) => void,
): void {
  bodyOf(request, limits, (bytes, state, heldBytes) => {
    ownTurns.begin(bytes.length, () => {
      limits.underWay.giveBack(heldBytes);
      take(receivedRequest(request, target, bytes, state));
    });
  });
}

function receivedRequest(
  request: IncomingMessage,
  target: string,
  bytes: Uint8Array,
  state: ReceivedRequest['body'],
): ReceivedRequest {
  const method = request.method ?? 'GET';
  const { rawHeaders } = request;
  const read = headFromIncoming({ method, url: originForm(target), rawHeaders });
  // Member by member, as everything that each request makes: behind a spread V8 makes a hidden class for each one.
  const message = { method: read.method, target: read.target, headers: read.headers, body: bytes };
  const head = oddHead(method, target, rawHeaders);
  return head ? { message, body: state, head } : { message, body: state };
}

function hasBody(request: IncomingMessage): boolean {
  const { 'content-length': length, 'transfer-encoding': coding } = request.headers;
  return coding !== undefined || (length !== undefined && length !== '0');
}

/** @param heldBytes what the body has taken from the budget */
type TakeBody = (bytes: Uint8Array, state: ReceivedRequest['body'], heldBytes: number) => void;

function bodyOf(request: IncomingMessage, limits: BodyLimits, take: TakeBody): void {
  if (!hasBody(request)) return take(noBytes, 'whole', 0);
  // A body that announces more than this is not drained: the connection is closed.
  const drained = limits.bodyLimitBytes + drainLimitBytes;
  if (Number(request.headers['content-length']) > drained) return take(noBytes, 'cut', 0);
  readBody(request, limits, take);
}

function readBody(request: IncomingMessage, { bodyLimitBytes, underWay }: BodyLimits, take: TakeBody): void {
  const chunks: Buffer[] = [];
  let kept = 0;
  let discarded = 0;
  let isCrowded = false;
  let isSettled = false;
  const finish = (state: ReceivedRequest['body']): void => {
    if (isSettled) return;
    isSettled = true;
    if (isCrowded) return take(noBytes, state === 'aborted' ? state : 'crowded', 0);
    take(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, kept), state, kept);
  };
  const onData = (chunk: Buffer): void => {
    if (isSettled) return;
    const room = isCrowded ? 0 : bodyLimitBytes - kept;
    const part = chunk.length <= room ? chunk : chunk.subarray(0, room);
    if (part.length > 0 && !underWay.take(part.length)) {
      isCrowded = true;
      chunks.length = 0;
      underWay.giveBack(kept);
      kept = 0;
      return;
    }
    if (part.length > 0) chunks.push(part);
    kept += part.length;
    discarded += chunk.length - part.length;
    if (discarded > drainLimitBytes) finish('cut');
  };
  const onEnd = (): void => finish(discarded > 0 ? 'cut' : 'whole');
  const onAbort = (): void => finish('aborted');
  // Node reports a connection that breaks as an error only to those who listen for it; `close` comes in any case.
  request.on('data', onData).on('end', onEnd).on('close', onAbort);
}

function headLines(rawHeaders: readonly string[]): string {
  let lines = '';
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    lines += `${rawHeaders[index]}: ${rawHeaders[index + 1]}\r\n`;
  }
  return lines;
}

/** The bytes of a head, which Node gives as Latin-1 characters, if they are not the UTF-8 that a message's text stands for. */
function oddHead(method: string, target: string, rawHeaders: readonly string[]): Uint8Array | undefined {
  if (!beyondAscii.test(target) && !rawHeaders.some((text) => beyondAscii.test(text))) return undefined;
  const bytes = Buffer.from(`${method} ${target} HTTP/1.1\r\n${headLines(rawHeaders)}\r\n`, 'latin1');
  return Buffer.from(bytes.toString('utf8'), 'utf8').equals(bytes) ? undefined : bytes;
}
