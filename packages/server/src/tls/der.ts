/** The few forms of ASN.1's Distinguished Encoding Rules (X.690) that a certificate is made of. */

/** An element: its tag, its length in the shortest form, its content. */
function element(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const body = Buffer.concat(content);
  if (body.length < 0x80) return Buffer.concat([Uint8Array.of(tag, body.length), body]);
  const length = body.length < 0x100 ? [0x81, body.length] : [0x82, body.length >> 8, body.length & 0xff];
  return Buffer.concat([Uint8Array.of(tag, ...length), body]);
}

export const sequence = (...members: readonly Uint8Array[]): Uint8Array => element(0x30, ...members);
export const setOf = (member: Uint8Array): Uint8Array => element(0x31, member);
export const utf8String = (text: string): Uint8Array => element(0x0c, Buffer.from(text));
export const octetString = (bytes: Uint8Array): Uint8Array => element(0x04, bytes);
export const derBoolean = (value: boolean): Uint8Array => element(0x01, Uint8Array.of(value ? 0xff : 0));

/** A number, big-endian; positive, so a zero is put before a leading one bit. */
export function derInteger(bytes: Uint8Array): Uint8Array {
  return element(0x02, (bytes[0] ?? 0) & 0x80 ? Buffer.concat([Uint8Array.of(0), bytes]) : bytes);
}

/** Bits, of which the last `unused` of the last byte do not count. */
export function bitString(bytes: Uint8Array, unused = 0): Uint8Array {
  return element(0x03, Uint8Array.of(unused), bytes);
}

/** An object identifier in dotted form. */
export function objectIdentifier(dotted: string): Uint8Array {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes = [40 * first + second, ...rest].flatMap((arc) => {
    const base128 = [arc & 0x7f];
    for (let left = arc >>> 7; left > 0; left >>>= 7) base128.unshift(0x80 | (left & 0x7f));
    return base128;
  });
  return element(0x06, Uint8Array.from(bytes));
}

/** A time, as RFC 5280 wants it: two-digit years until 2049. */
export function time(date: Date): Uint8Array {
  const digits = date.toISOString().replaceAll(/[-:T]|\.\d+/g, '');
  return date.getUTCFullYear() < 2050
    ? element(0x17, Buffer.from(digits.slice(2)))
    : element(0x18, Buffer.from(digits));
}

/** A member that is told by its place, `[n]`; `constructed` when it wraps elements and not bytes. */
export function tagged(n: number, content: Uint8Array, constructed = true): Uint8Array {
  return element(0x80 | (constructed ? 0x20 : 0) | n, content);
}
