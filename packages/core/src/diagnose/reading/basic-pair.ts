/** User name and password of Basic authentication. */
export interface BasicPair {
  readonly user: string;
  readonly password: string;
}

/** Longer ones are no pair of a key and its secret. */
const longest = 4096;

/** Reads the base64 text of `user:password`; `undefined` when it is none. */
export function basicPair(encoded: string): BasicPair | undefined {
  if (encoded.length > longest || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(encoded)) return undefined;
  const decoded = decodedBase64(encoded.replaceAll('-', '+').replaceAll('_', '/'));
  const [, user, password] = /^([^:]*):(.*)$/s.exec(decoded) ?? [];
  return user === undefined || password === undefined ? undefined : { user, password };
}

function decodedBase64(text: string): string {
  try {
    return atob(text);
  } catch {
    return '';
  }
}
