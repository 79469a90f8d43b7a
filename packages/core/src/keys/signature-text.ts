import {
  decodeBase64,
  decodeBase64Url,
  decodeHex,
  encodeBase64,
  encodeBase64Url,
  encodeHex,
} from '../canonical/byte-encoding.ts';
import { concatBytes } from '../canonical/concat-bytes.ts';
import type { KeyKind } from '../digest/signature-algorithms.ts';
import { coordinateLength } from './curve-points.ts';
import { derTag, readSequence, readUnsigned, writeDer, writeUnsigned } from './der.ts';

/** How the bytes of a signature stand in a request. */
export interface SignatureWriting {
  readonly encoding: 'base64' | 'base64url' | 'hex';
  readonly form?: 'der' | 'p1363';
}

/** Why a signature's text cannot be one, completing "the signature is …". */
export interface UnreadableSignature {
  readonly problem: string;
}

/** The bytes of a signature, ECDSA as its two numbers behind each other, from its text; strictly, so that it has one spelling. */
export function readSignature(
  kind: KeyKind,
  { encoding, form }: SignatureWriting,
  text: string,
): Uint8Array | UnreadableSignature {
  const bytes = decoders[encoding](text);
  if (!bytes) return { problem: `not ${encoding}` };
  if (kind === 'ed25519') return bytes.length === 64 ? bytes : lengthProblem(bytes, 64);
  if (kind === 'rsa') return bytes;
  const length = coordinateLength[kind];
  if (form === 'der') return rawOfDer(bytes, length) ?? { problem: 'not the two numbers of ECDSA in DER' };
  return bytes.length === 2 * length ? bytes : lengthProblem(bytes, 2 * length);
}

function lengthProblem({ length }: Uint8Array, wanted: number): UnreadableSignature {
  return { problem: `${length} bytes long; it has to be ${wanted}` };
}

const decoders = { base64: decodeBase64, base64url: decodeBase64Url, hex: decodeHex };

/** The text of a signature. */
export function writeSignature(kind: KeyKind, { encoding, form }: SignatureWriting, signature: Uint8Array): string {
  const isDer = form === 'der' && (kind === 'ec-p256' || kind === 'ec-p384');
  return encoders[encoding](isDer ? derOfRaw(signature) : signature);
}

const encoders = { base64: encodeBase64, base64url: encodeBase64Url, hex: encodeHex };

/** The two numbers of an ECDSA signature behind each other, each of a length, from DER; `undefined` where it is not that. */
export function rawOfDer(der: Uint8Array, length: number): Uint8Array | undefined {
  const [first, second, more] = readSequence(der) ?? [];
  if (!first || !second || more) return undefined;
  const [r, s] = [readUnsigned(first), readUnsigned(second)];
  if (!r || !s || r.length > length || s.length > length) return undefined;
  return concatBytes([new Uint8Array(length - r.length), r, new Uint8Array(length - s.length), s]);
}

/** The same as DER (RFC 3279 §2.2.3). */
export function derOfRaw(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  return writeDer(derTag.sequence, writeUnsigned(raw.subarray(0, half)), writeUnsigned(raw.subarray(half)));
}
