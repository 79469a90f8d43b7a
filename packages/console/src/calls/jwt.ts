/** A JSON Web Token, opened up. Nothing about it was verified. */
export interface OpenedJwt {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  readonly signature: string;
}

/** Opens a compact JWT; `undefined` for what is none. */
export function openJwt(token: string): OpenedJwt | undefined {
  const [header, claims, signature, ...others] = token.split('.');
  if (header === undefined || claims === undefined || signature === undefined || others.length > 0) return undefined;
  try {
    return { header: jsonOf(header), claims: jsonOf(claims), signature };
  } catch {
    return undefined;
  }
}

function jsonOf(part: string): Record<string, unknown> {
  const binary = atob(part.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  const value = JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError('it is not a JSON object');
  return value as Record<string, unknown>;
}
