import { hash, hashText, prepareMac } from '#digest';
import {
  bytesOf,
  decodeBase64,
  decodeBase64Url,
  decodeHex,
  encodeBase64,
  encodeHex,
  utf8,
} from '../../canonical/byte-encoding.ts';
import type { PublicKey } from '../../keys/public-key.ts';
import { keyFileNames } from '../text/key-file-names.ts';
import type { OwnMistake } from './own-mistake.ts';

/** Other bytes that may have been signed, and what that was. */
export interface OtherBytes {
  readonly bytes: Uint8Array;
  readonly mistake: OwnMistake;
}

/** The string hashed before it was signed: the algorithm hashes by itself, so its hash was signed. */
export function* hashedFirst(string: Uint8Array, algorithm: string): Generator<OtherBytes> {
  for (const name of ['sha256', 'sha512', 'sha1'] as const) {
    const digest = hash(name, string);
    const forms = [
      ['', digest],
      [' in hexadecimal', utf8.encode(encodeHex(digest))],
      [' in base64', utf8.encode(hashText(name, string, 'base64'))],
    ] as const;
    for (const [form, bytes] of forms) {
      yield {
        bytes,
        mistake: {
          id: 'digest/algorithm',
          summary: `What was signed is the ${name.toUpperCase()} of the string${form}, not the string: ${algorithm} hashes by itself, so it was hashed twice.`,
          yours: `${algorithm} over ${name}(string)${form}`,
          expected: `${algorithm} over the string`,
          fix: 'give the string itself to the function that signs or verifies, not its hash',
        },
      };
    }
  }
}

/**
 * An HMAC in the place of the signature, under something that is no secret: the public key's text or bytes, or the name of the
 * private key's file.
 */
export function hmacInstead(string: Uint8Array, received: string, key: PublicKey): OwnMistake | undefined {
  const digest = [decodeBase64(received), decodeBase64Url(received), decodeHex(received)].find(
    (bytes) => bytes && (bytes.length === 32 || bytes.length === 64 || bytes.length === 20),
  );
  if (!digest) return undefined;
  const algorithm = digest.length === 32 ? 'sha256' : digest.length === 64 ? 'sha512' : 'sha1';
  const wanted = encodeHex(digest);
  for (const { bytes, what } of hmacKeys(key)) {
    if (prepareMac(algorithm, bytes).text(string, 'hex') !== wanted) continue;
    return {
      id: 'digest/algorithm',
      summary: `It is an HMAC-${algorithm.toUpperCase()} with ${what} as its key, and no signature: whoever knows that can make it.`,
      yours: `HMAC-${algorithm.toUpperCase()} under ${what}`,
      expected: 'a signature by the private key',
      fix: 'sign with the private key itself, by the algorithm of the scheme; a public key and a file name are no secrets',
    };
  }
  return undefined;
}

function* hmacKeys(key: PublicKey): Generator<{ readonly bytes: Uint8Array; readonly what: string }> {
  const spki = key.spki();
  const pem = key.pem();
  const texts = [
    pem,
    pem.trimEnd(),
    encodeBase64(spki),
    ...(key.kind === 'ed25519' ? ['', 'whpk_'].map((prefix) => prefix + encodeBase64(spki.slice(-32))) : []),
  ];
  for (const text of texts) yield { bytes: bytesOf(text), what: 'the text of the public key' };
  yield { bytes: spki, what: 'the bytes of the public key' };
  if (key.kind === 'ed25519') yield { bytes: spki.slice(-32), what: 'the bytes of the public key' };
  for (const name of keyFileNames) yield { bytes: bytesOf(name), what: `the name of a file (${JSON.stringify(name)})` };
}
