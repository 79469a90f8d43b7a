const chunk = 8192;

/**
 * Bytes as a text of one character each (U+0000 to U+00FF), so that lines can be taken apart and put together without a byte
 * of a body being lost that is no UTF-8.
 */
export function byteText(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += chunk) text += String.fromCharCode(...bytes.subarray(at, at + chunk));
  return text;
}

/** The bytes of such a text. */
export function bytesOfText(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at++) bytes[at] = text.charCodeAt(at);
  return bytes;
}
