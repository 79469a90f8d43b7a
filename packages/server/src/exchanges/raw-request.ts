import type { Exchange } from './exchange.ts';

/**
 * An exchange's request as a raw HTTP/1.1 file, byte for byte: the request line, every header line in its order and
 * spelling, an empty line, the body. `verify` and `diagnose` read it. Keys of the server in it are masked: such an
 * exchange says `redacted`.
 */
export function rawRequest(exchange: Exchange): Uint8Array {
  const { method, target, headers, body } = exchange.request;
  const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  const head = exchange.head ?? Buffer.from(`${method} ${target} HTTP/1.1\r\n${lines}\r\n`);
  if (!(body instanceof Uint8Array)) throw new TypeError(`exchange ${exchange.id} has only the digest of its body`);
  return Buffer.concat([head, body]);
}
