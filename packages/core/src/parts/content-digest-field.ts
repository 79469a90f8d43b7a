import { hashText } from '#digest';
import { encodeBase64 } from '../canonical/byte-encoding.ts';
import { parseDictionary, type Item } from '../canonical/structured-fields.ts';
import { isContentDigest, type ContentDigest } from '../content-digest.ts';
import type { HashAlgorithm } from '../digest/algorithms.ts';
import type { Refusal } from '../errors.ts';
import { headerValues, type Message } from '../message.ts';

/** The hashes that RFC 9530 registers as good, by the names that it gives them. */
const algorithms: Readonly<Record<string, HashAlgorithm>> = { 'sha-256': 'sha256', 'sha-512': 'sha512' };

/** Writes `Content-Digest` (RFC 9530 §2) of a body. */
export function contentDigestText(body: Uint8Array | ContentDigest): string {
  const algorithm = body instanceof Uint8Array ? 'sha256' : body.algorithm;
  return `sha-${algorithm.slice(3)}=:${digestOf(algorithm, body)}:`;
}

/**
 * Why the body is not the one whose digest is signed: a covered `Content-Digest` is compared with the bytes that arrived,
 * by every hash in it that is known.
 */
export function contentDigestProblem(covered: readonly Item[], message: Message): Refusal | undefined {
  const mine = covered.filter(({ item }) => item.value === 'content-digest');
  if (mine.length === 0) return undefined;
  const parsed = parseDictionary(headerValues(message.headers, 'content-digest').join(', '));
  if ('problem' in parsed)
    return {
      code: 'header/malformed',
      summary: `the signed header "content-digest" is no dictionary: ${parsed.problem}`,
    };
  // Where one member alone is signed, the others prove nothing.
  const isWhole = mine.some(({ parameters }) => !parameters.has('key'));
  const keys = new Set(mine.map(({ parameters }) => parameters.get('key')?.value));
  let compared = 0;
  for (const [name, member] of parsed.value) {
    const algorithm = Object.hasOwn(algorithms, name) ? algorithms[name] : undefined;
    if (algorithm === undefined || !(isWhole || keys.has(name)) || !canHash(algorithm, message.body)) continue;
    if (!('item' in member) || member.item.kind !== 'bytes')
      return { code: 'header/malformed', summary: `content-digest: ${name} is no byte sequence` };
    const sent = encodeBase64(member.item.value);
    const computed = digestOf(algorithm, message.body);
    // Anyone can compute this hash from the body, so its comparison gives nothing away.
    if (sent !== computed)
      return {
        code: 'content-hash/mismatch',
        summary: `content-digest says ${name}=:${sent}:, and the body that arrived hashes to ${computed}`,
      };
    compared += 1;
  }
  if (compared > 0) return undefined;
  return {
    code: 'content-hash/missing',
    summary: 'content-digest has no hash that can be computed of this body; expected sha-256 or sha-512',
  };
}

function digestOf(algorithm: HashAlgorithm, body: Uint8Array | ContentDigest): string {
  return body instanceof Uint8Array ? hashText(algorithm, body, 'base64') : encodeBase64(body.digest);
}

/** SHA-512 is not loaded everywhere, and a streamed body was hashed in one way. */
function canHash(algorithm: HashAlgorithm, body: Uint8Array | ContentDigest): boolean {
  if (isContentDigest(body)) return body.algorithm === algorithm;
  try {
    return algorithm === 'sha256' || hashText(algorithm, '', 'hex') !== '';
  } catch {
    return false;
  }
}
