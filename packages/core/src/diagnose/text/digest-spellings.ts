import { encodeBase64, encodeHex, utf8 } from '../../canonical/byte-encoding.ts';
import { withoutEnd } from '../../canonical/trimming.ts';

/** The encoding of a digest as a sentence names it. */
export function inWords(encoding: string): string {
  return encoding === 'hex' ? 'hexadecimal' : encoding;
}

/** A digest in every encoding that people confuse. */
export function digestSpellings(digest: Uint8Array): { readonly label: string; readonly text: string }[] {
  const base64 = encodeBase64(digest);
  const hex = encodeHex(digest);
  const url = base64.replaceAll('+', '-').replaceAll('/', '_');
  return [
    { label: 'base64', text: base64 },
    { label: 'hexadecimal', text: hex },
    { label: 'upper-case hexadecimal', text: hex.toUpperCase() },
    { label: 'base64 of the hexadecimal text', text: encodeBase64(utf8.encode(hex)) },
    { label: 'base64 of the upper-case hexadecimal text', text: encodeBase64(utf8.encode(hex.toUpperCase())) },
    { label: 'base64url', text: url },
    { label: 'base64url without padding', text: withoutEnd(url, '=') },
    { label: 'base64 without its padding', text: withoutEnd(base64, '=') },
    { label: 'hexadecimal of the base64 text', text: encodeHex(utf8.encode(base64)) },
    { label: 'base64 of the base64 text', text: encodeBase64(utf8.encode(base64)) },
    { label: 'URL-encoded base64', text: encodeURIComponent(base64) },
    { label: 'hexadecimal with hyphens (BitConverter)', text: hex.toUpperCase().replace(/..(?=.)/g, '$&-') },
    { label: 'hexadecimal with colons', text: hex.replace(/..(?=.)/g, '$&:') },
    { label: 'hexadecimal without leading zeros', text: Array.from(digest, (byte) => byte.toString(16)).join('') },
    { label: 'base64 with a newline at its end', text: `${base64}\n` },
    { label: 'a Python bytes literal', text: `b'${base64}'` },
    { label: 'a list of numbers', text: digest.join(',') },
    { label: 'raw bytes read as Latin-1', text: Array.from(digest, (byte) => String.fromCharCode(byte)).join('') },
  ];
}
