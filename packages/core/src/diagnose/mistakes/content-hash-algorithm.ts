import { hash } from '#digest';
import type { HashAlgorithm } from '../../digest/algorithms.ts';
import { digestSpellings } from '../digest-spellings.ts';
import { contentHashMends } from '../mends/digest.ts';
import type { MistakeClass, ValueMove } from '../mistake-class.ts';
import type { Evidence } from '../evidence.ts';

const algorithms: readonly HashAlgorithm[] = ['sha256', 'md5', 'sha1', 'sha512'];

/** The right body under another hash function, or no hash at all. */
export const contentHashAlgorithm: MistakeClass = {
  id: 'content-hash/algorithm',
  rank: 330,
  needs: 'content hash',
  writesHash: true,
  values: (slot, evidence) => (slot.source.from === 'content-hash' ? otherHashes(evidence) : []),
  speaksOf: (find, { scheme: { contentHash } }) =>
    find.kind === 'content hash' && find.reading.algorithm !== contentHash?.algorithm
      ? find.reading.algorithm
      : undefined,
  say: (detail, { evidence }) =>
    `The content hash is made with ${detail}; the scheme uses ${evidence.scheme.contentHash?.algorithm ?? 'another'}.`,
  mends: ({ scheme }) =>
    contentHashMends(scheme.contentHash?.algorithm ?? 'sha256', scheme.contentHash?.encoding ?? 'base64'),
};

function* otherHashes(evidence: Evidence): Generator<ValueMove> {
  const rule = evidence.scheme.contentHash;
  const { body } = evidence;
  if (!rule || !body) return;
  for (const algorithm of algorithms) {
    if (algorithm === rule.algorithm) continue;
    if (!evidence.budget.affordsBody(body.length) || !evidence.budget.hashBody(body.length)) return;
    for (const { label, text } of digestSpellings(hash(algorithm, body)).slice(0, 9)) {
      const plain = label === (rule.encoding === 'hex' ? 'hexadecimal' : 'base64');
      yield { detail: plain ? algorithm : `${algorithm}, as ${label}`, cost: plain ? 1 : 2, value: text };
    }
  }
  if (body.length === 0) return;
  yield { detail: 'no hash function: the body itself stands in its place', cost: 2, value: evidence.bodyText ?? body };
}
