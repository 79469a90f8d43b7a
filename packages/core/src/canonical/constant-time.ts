import { utf8 } from './byte-encoding.ts';

/** Room for the longest text of a digest: SHA-512 in hexadecimal. */
const room = new Uint8Array(128);

/**
 * Whether a received digest's text equals the expected one, in time that depends on the lengths only. The expected text's
 * length is fixed by the scheme and public.
 */
export function equalInConstantTime(received: string, expected: string): boolean {
  const { length } = expected;
  if (received.length !== length) return false;
  // What was received is a piece of a header, which V8 looks up anew for each character; bytes of it are read at once.
  const bytes = length > room.length ? new Uint8Array(length) : room;
  let difference = utf8.encodeInto(received, bytes).written ^ length;
  for (let at = 0; at < length; at++) difference |= (bytes[at] as number) ^ expected.charCodeAt(at);
  return difference === 0;
}
