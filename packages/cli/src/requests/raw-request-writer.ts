import type { PreparedRequest } from './prepare-request.ts';
import { wireHeaders } from './prepare-request.ts';

/** The request as the bytes of HTTP/1.1, such as `verify` and `diagnose` read and a socket takes. */
export function writeRawRequest(message: PreparedRequest['message']): Uint8Array {
  const lines = wireHeaders(message).map(([name, value]) => `${name}: ${value}\r\n`);
  const head = `${message.method} ${message.target} HTTP/1.1\r\n${lines.join('')}\r\n`;
  return Buffer.concat([Buffer.from(head, 'utf8'), message.body]);
}
