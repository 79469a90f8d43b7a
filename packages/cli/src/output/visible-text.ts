/**
 * Bytes as people can read them, without losing one: line feeds, carriage returns, tabs and backslashes as escapes,
 * spaces as middle dots where `dots` is set, everything else unprintable in hex.
 */
export function visibleText(bytes: Uint8Array, { dots = false }: { readonly dots?: boolean } = {}): string {
  const text = decode(bytes);
  if (text === undefined) return [...bytes].map(visibleByte).join('');
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replace(
      /[\0-\x1f\x7f-\xa0\xad\u200b-\u200f\u2028\u2029\ufeff\xb7]|\p{Cs}/gu, // eslint-disable-line no-control-regex
      (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
    )
    .replaceAll(' ', dots ? '·' : ' ');
}

function visibleByte(byte: number): string {
  return byte > 32 && byte < 127 ? String.fromCharCode(byte) : `\\x${byte.toString(16).padStart(2, '0')}`;
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Bytes as text where they are UTF-8, else in base64: how JSON carries a body or a string to sign. */
export function textOrBase64(bytes: Uint8Array): { readonly text: string } | { readonly base64: string } {
  const text = decode(bytes);
  return text === undefined ? { base64: Buffer.from(bytes).toString('base64') } : { text };
}
