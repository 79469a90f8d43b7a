import {
  constants,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import {
  signatureAlgorithms,
  type KeyKind,
  type SignatureAlgorithm,
  type SignatureCheck,
  type SignatureMaker,
} from './signature-algorithms.ts';

/** Checks signatures under one public key, given as SubjectPublicKeyInfo. */
export function prepareCheck(algorithm: SignatureAlgorithm, publicKey: Uint8Array): SignatureCheck {
  const { hash, ...options } = optionsOf(algorithm);
  const key = createPublicKey({ key: Buffer.from(publicKey), format: 'der', type: 'spki' });
  return (data, signature) => verify(hash, data, { key, ...options }, signature);
}

/** Makes signatures under one private key, given as PKCS#8. */
export function prepareMaker(algorithm: SignatureAlgorithm, privateKey: Uint8Array): SignatureMaker {
  const { hash, ...options } = optionsOf(algorithm);
  const key = readPrivateKey(privateKey);
  return (data) => sign(hash, data, { key, ...options });
}

function optionsOf(algorithm: SignatureAlgorithm): {
  readonly hash: string | null;
  readonly padding?: number;
  readonly saltLength?: number;
  readonly dsaEncoding: 'ieee-p1363';
} {
  const { kind, hash = null, saltLength } = signatureAlgorithms[algorithm];
  const dsaEncoding = 'ieee-p1363';
  if (kind !== 'rsa') return { hash, dsaEncoding };
  if (saltLength === undefined) return { hash, dsaEncoding, padding: constants.RSA_PKCS1_PADDING };
  return { hash, dsaEncoding, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength };
}

function readPrivateKey(privateKey: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.from(privateKey), format: 'der', type: 'pkcs8' });
}

/** The public key of a private one, as SubjectPublicKeyInfo. */
export async function publicKeyOf(_kind: KeyKind, privateKey: Uint8Array): Promise<Uint8Array> {
  return createPublicKey(readPrivateKey(privateKey)).export({ format: 'der', type: 'spki' });
}

/** A new private key, as PKCS#8. */
export async function generatePrivateKey(kind: KeyKind): Promise<Uint8Array> {
  return generate(kind).export({ format: 'der', type: 'pkcs8' });
}

function generate(kind: KeyKind): KeyObject {
  if (kind === 'ed25519') return generateKeyPairSync('ed25519').privateKey;
  if (kind === 'rsa') return generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  return generateKeyPairSync('ec', { namedCurve: kind === 'ec-p256' ? 'P-256' : 'P-384' }).privateKey;
}
