import { CountersignError } from '../errors.ts';
import {
  signatureAlgorithms,
  type KeyKind,
  type SignatureAlgorithm,
  type SignatureCheck,
  type SignatureMaker,
} from './signature-algorithms.ts';

/** Checks signatures under one public key, given as SubjectPublicKeyInfo. */
export function prepareCheck(algorithm: SignatureAlgorithm, publicKey: Uint8Array): SignatureCheck {
  let imported: Promise<CryptoKey> | undefined;
  return async (data, signature) => {
    imported ??= importKey('spki', publicKey, algorithm, 'verify');
    return subtle().verify(operationOf(algorithm), await imported, bufferOf(signature), bufferOf(data));
  };
}

/** Makes signatures under one private key, given as PKCS#8. */
export function prepareMaker(algorithm: SignatureAlgorithm, privateKey: Uint8Array): SignatureMaker {
  let imported: Promise<CryptoKey> | undefined;
  return async (data) => {
    imported ??= importKey('pkcs8', privateKey, algorithm, 'sign');
    return new Uint8Array(await subtle().sign(operationOf(algorithm), await imported, bufferOf(data)));
  };
}

/** The public key of a private one, as SubjectPublicKeyInfo. */
export async function publicKeyOf(kind: KeyKind, privateKey: Uint8Array): Promise<Uint8Array> {
  const algorithm = someAlgorithm[kind];
  const key = await importKey('pkcs8', privateKey, algorithm, 'sign', true);
  const { kty, crv, x, y, n, e } = await subtle().exportKey('jwk', key);
  const jwk = JSON.parse(JSON.stringify({ kty, crv, x, y, n, e })) as JsonWebKey;
  const publicKey = await subtle().importKey('jwk', jwk, importOf(algorithm), true, ['verify']);
  return new Uint8Array(await subtle().exportKey('spki', publicKey));
}

/** A new private key, as PKCS#8. */
export async function generatePrivateKey(kind: KeyKind): Promise<Uint8Array> {
  const made = { ...importOf(someAlgorithm[kind]), ...(kind === 'rsa' && rsaSize) };
  const pair = await supported(kind, () => subtle().generateKey(made, true, ['sign', 'verify']));
  return new Uint8Array(await subtle().exportKey('pkcs8', (pair as CryptoKeyPair).privateKey));
}

/** An algorithm of each kind, for what is the same for all of them. */
const someAlgorithm: Readonly<Record<KeyKind, SignatureAlgorithm>> = {
  ed25519: 'ed25519',
  'ec-p256': 'ecdsa-p256-sha256',
  'ec-p384': 'ecdsa-p384-sha384',
  rsa: 'rsa-v1_5-sha256',
};

const rsaSize = { modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };

/** What WebCrypto wants to know when a key is imported. */
function importOf(algorithm: SignatureAlgorithm): { readonly name: string; readonly hash?: string } {
  const { kind, hash, saltLength } = signatureAlgorithms[algorithm];
  if (kind === 'ed25519') return { name: 'Ed25519' };
  if (kind !== 'rsa') return { name: 'ECDSA', namedCurve: kind === 'ec-p256' ? 'P-256' : 'P-384' } as { name: string };
  return { name: saltLength === undefined ? 'RSASSA-PKCS1-v1_5' : 'RSA-PSS', hash: webHash(hash) };
}

/** What it wants to know when a key is used. */
function operationOf(algorithm: SignatureAlgorithm): { readonly name: string; readonly hash?: string } {
  const { kind, hash, saltLength } = signatureAlgorithms[algorithm];
  const { name } = importOf(algorithm);
  if (kind === 'ec-p256' || kind === 'ec-p384') return { name, hash: webHash(hash) };
  return saltLength === undefined ? { name } : ({ name, saltLength } as { name: string });
}

function webHash(hash = ''): string {
  return hash.replace('sha', 'SHA-');
}

async function importKey(
  format: 'spki' | 'pkcs8',
  key: Uint8Array,
  algorithm: SignatureAlgorithm,
  use: 'sign' | 'verify',
  extractable = false,
): Promise<CryptoKey> {
  const { kind } = signatureAlgorithms[algorithm];
  return supported(kind, () => subtle().importKey(format, bufferOf(key), importOf(algorithm), extractable, [use]));
}

/** WebCrypto takes no view of memory that might be shared. */
function bufferOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : Uint8Array.from(bytes);
}

function subtle(): SubtleCrypto {
  const found = (globalThis as { readonly crypto?: { readonly subtle?: SubtleCrypto } }).crypto?.subtle;
  if (found) return found;
  throw new CountersignError('key/unsupported', 'this runtime has no WebCrypto; a web page has it over https only');
}

/** Ed25519 came to WebCrypto late (Chromium 137, Safari 17, Firefox 129, Node 18.4). */
async function supported<Value>(kind: KeyKind, operation: () => Promise<Value>): Promise<Value> {
  try {
    return await operation();
  } catch (error) {
    if ((error as { readonly name?: unknown } | undefined)?.name !== 'NotSupportedError') throw error;
    throw new CountersignError('key/unsupported', `the WebCrypto of this runtime has no keys of the kind ${kind}`);
  }
}
