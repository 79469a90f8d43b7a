import { textOf, visible } from './visible.ts';

/** What a JWT says of itself, not verified. */
export interface TokenClaims {
  readonly issuer?: string;
  readonly audience?: string;
  readonly expiresAtMs?: number;
}

/** Longer ones are not looked into. */
const longest = 16_384;

/** Reads the claims of a JWT; `undefined` when the text is none. */
export function claimsOf(token: string): TokenClaims | undefined {
  const payload = token.split('.', 3)[1];
  if (payload === undefined || token.length > longest) return undefined;
  try {
    const binary = atob(payload.replaceAll('-', '+').replaceAll('_', '/'));
    const text = textOf(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
    const { iss, aud, exp } = JSON.parse(text ?? '') as Readonly<Record<string, unknown>>;
    return {
      ...(typeof iss === 'string' && { issuer: shown(iss) }),
      ...(typeof aud === 'string' && { audience: shown(aud) }),
      ...(typeof exp === 'number' && { expiresAtMs: exp * 1000 }),
    };
  } catch {
    return undefined;
  }
}

function shown(text: string): string {
  return visible(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
