import { importJWK, importPKCS8, type CryptoKey, type JWK } from 'jose';

/** A private key: its PEM (PKCS #8, `-----BEGIN PRIVATE KEY-----`), or as a JSON Web Key. */
export type SigningKey = string | JWK;

/**
 * The key for an algorithm of tokens.
 *
 * @throws TypeError saying what was given in the place of a private key; nothing of it is shown
 */
export async function importSigningKey(key: SigningKey, algorithm: 'RS256' | 'PS256'): Promise<CryptoKey> {
  const problem = typeof key === 'string' ? pemProblem(key) : jwkProblem(key);
  if (problem !== undefined) throw new TypeError(`privateKey ${problem}`);
  try {
    return typeof key === 'string'
      ? await importPKCS8(key, algorithm)
      : ((await importJWK(key, algorithm)) as CryptoKey);
  } catch {
    // The error of the engine may hold what it could not read.
    throw new TypeError(`privateKey cannot be read as a private RSA key for ${algorithm}`);
  }
}

function pemProblem(key: string): string | undefined {
  if (key.trim() === '') return 'is empty: it must be a private key in PEM';
  const [, label] = /-----BEGIN ([A-Z0-9 ]+)-----/.exec(key) ?? [];
  if (label === 'PRIVATE KEY') return undefined;
  if (label === undefined)
    return 'is no PEM: it must begin with -----BEGIN PRIVATE KEY-----; the name of its file is not the key';
  if (label === 'RSA PRIVATE KEY') return 'is in PKCS #1: convert it with openssl pkcs8 -topk8 -nocrypt -in key.pem';
  if (label === 'ENCRYPTED PRIVATE KEY') return 'is encrypted: decrypt it with openssl pkcs8 -in key.pem';
  return label.endsWith('PUBLIC KEY') || label === 'CERTIFICATE'
    ? 'is a public key: signing takes the private one'
    : 'is a key of another kind: it must be a private RSA key in PKCS #8';
}

function jwkProblem(key: unknown): string | undefined {
  if (typeof key !== 'object' || key === null) return 'is not set: it must be a private key in PEM, or a JSON Web Key';
  const { kty, d } = key as JWK;
  if (kty !== 'RSA') return 'is a key of another kind: it must be a private RSA key';
  return d === undefined ? 'is a public key: signing takes the private one' : undefined;
}
