import type { Scheme } from '../../scheme.ts';
import type { Fixes } from '../diagnosis.ts';
import { concatenation, merged, pieceOf } from './concatenation.ts';
import { contentHashFixes, signatureFixes } from './digest.ts';
import { signedBytes } from './joined-bytes.ts';
import { assigned, type Remarks } from './statement.ts';

/** Code that puts a scheme's string to sign together; where bytes stand in it, the code that signs them. */
export function stringToSignFixes(scheme: Pick<Scheme, 'parts' | 'mac'>, remarks: Remarks = {}): Fixes {
  if (signedBytes(scheme)) return signatureFixes(scheme, remarks);
  const pieces = scheme.parts.flatMap((part) => [{ text: part.before ?? '' }, pieceOf(part), { text: part.after }]);
  // Where the parts' hash is signed they have a name of their own.
  const name = scheme.parts.some(({ source }) => source.from === 'canonical-path')
    ? 'canonicalRequest'
    : 'stringToSign';
  return assigned(name, 'text', concatenation(merged(pieces)), remarks);
}

/** Code that signs the body that is sent: its hash, or where a scheme has none, the string to sign with the body in it. */
export function bodyFixes(scheme: Scheme, remarks?: Remarks): Fixes {
  return scheme.contentHash ? contentHashFixes(scheme, remarks) : stringToSignFixes(scheme, remarks);
}
