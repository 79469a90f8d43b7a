import { decodeBase64, encodeBase64 } from './byte-encoding.ts';

/** Base64 with the alphabet for URLs and without padding (RFC 4648 §5), as JSON Web Signatures have it. */
export function encodeBase64Url(bytes: Uint8Array): string {
  return encodeBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** Decodes canonical base64url without padding; `undefined` for anything else. */
export function decodeBase64Url(text: string): Uint8Array | undefined {
  if (/[^\w-]/.test(text)) return undefined;
  const padding = '='.repeat((4 - (text.length % 4)) % 4);
  return decodeBase64(text.replaceAll('-', '+').replaceAll('_', '/') + padding);
}
