import { hashText } from '#digest';
import type { Secret } from '../../secret.ts';

/** The text of a secret, for trying other readings of it. Never show what this returns. */
export function secretText(secret: Secret | string): string {
  return typeof secret === 'string' ? secret : secret.expose().text;
}

/**
 * What may be said of a key: its first four characters (when they are few of many), its length and alphabet, and eight
 * digits of its SHA-256.
 */
export function keyFingerprint(text: string): string {
  const start = text.length >= 16 ? `${text.slice(0, 4).replace(/[^!-~]/g, '·')}…, ` : '';
  return `${start}${text.length} characters, ${alphabet(text)}, SHA-256 ${hashText('sha256', text, 'hex').slice(0, 8)}…`;
}

function alphabet(text: string): string {
  if (/^[0-9a-f]+$/i.test(text)) return 'hexadecimal digits';
  if (/^[A-Za-z0-9+/]+={0,2}$/.test(text))
    return text.length % 4 === 0 ? 'base64' : 'base64 characters of no whole length';
  if (/^[A-Za-z0-9_-]+={0,2}$/.test(text)) return 'base64url characters';
  if (/^[!-~]+$/.test(text)) return 'printable ASCII';
  if (/^\s|\s$/.test(text)) return 'white space at an end';
  return 'characters beyond printable ASCII';
}

/** The same of a key's bytes: how many, and eight digits of their SHA-256. */
export function bytesFingerprint(bytes: Uint8Array): string {
  return `${bytes.length} bytes, SHA-256 ${hashText('sha256', bytes, 'hex').slice(0, 8)}…`;
}
