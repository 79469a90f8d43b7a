import { decodeBase64, decodeBase64Url, decodeHex, textOfUtf8 } from '../../canonical/byte-encoding.ts';
import { coordinateLength } from '../../keys/curve-points.ts';
import { rawOfDer } from '../../keys/signature-text.ts';
import { keyKindOf, type PublicKeyScheme } from '../../public-key-scheme.ts';

/** A signature that was written in another way than the scheme has it, and how. */
export interface SignatureSpelling {
  readonly bytes: Uint8Array;
  /** Completing "the signature was written …". */
  readonly how: string;
}

const encodings: readonly (readonly [name: string, decode: (text: string) => Uint8Array | undefined])[] = [
  ['in base64', decodeBase64],
  ['in base64url', decodeBase64Url],
  ['in hexadecimal', decodeHex],
];

/** What a signature's text may be by other encodings and forms, those of the right length for the scheme's keys only. */
export function signatureSpellings(scheme: PublicKeyScheme, text: string): readonly SignatureSpelling[] {
  const found: SignatureSpelling[] = [];
  for (const [how, decode] of encodings) {
    const bytes = decode(text);
    if (!bytes) continue;
    found.push(...formsOf(scheme, bytes, how));
    const inner = textOfUtf8(bytes);
    if (inner === undefined) continue;
    for (const [innerHow, innerDecode] of encodings) {
      const twice = innerDecode(inner);
      if (twice) found.push(...formsOf(scheme, twice, `${innerHow}, and that once more ${how}`));
    }
  }
  return found;
}

function formsOf(scheme: PublicKeyScheme, bytes: Uint8Array, how: string): SignatureSpelling[] {
  const kind = keyKindOf(scheme);
  if (kind === 'ed25519') return bytes.length === 64 ? [{ bytes, how }] : [];
  if (kind === 'rsa') return bytes.length >= 256 ? [{ bytes, how }] : [];
  const length = coordinateLength[kind];
  const raw = rawOfDer(bytes, length);
  if (raw) return [{ bytes: raw, how: `as DER ${how}` }];
  return bytes.length === 2 * length ? [{ bytes, how: `as its two numbers behind each other ${how}, not as DER` }] : [];
}
