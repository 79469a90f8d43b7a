import type { Header } from '@countersign/core/message';
import { textBytes } from '../bounded/weight.ts';
import type { ReceivedRequest } from '../contract/received-request.ts';
import type { Exchange } from './exchange.ts';

/** What an exchange weighs besides what its requests brought along: objects, and what makes its trace. An estimate. */
const overheadBytes = 1_024;
/** What V8 needs for an answer, and for a header, besides the texts in it. */
const responseBytes = 160;
const headerBytes = 48;

/** What is kept of a request weighs so much, in bytes. Counted by hand: to look at everything that is in it takes thrice as long. */
export function weightOfRequest({ message: { method, target, headers, body }, head }: ReceivedRequest): number {
  const texts = textBytes(method) + textBytes(target) + weightOfHeaders(headers);
  return overheadBytes + texts + body.byteLength + (head?.byteLength ?? 0);
}

/** What is kept of an answer weighs so much, in bytes. */
export function weightOfResponse({ headers, body }: NonNullable<Exchange['response']>): number {
  return responseBytes + weightOfHeaders(headers) + body.byteLength;
}

function weightOfHeaders(headers: readonly Header[]): number {
  let bytes = headers.length * headerBytes;
  for (const [name, value] of headers) bytes += textBytes(name) + textBytes(value);
  return bytes;
}
