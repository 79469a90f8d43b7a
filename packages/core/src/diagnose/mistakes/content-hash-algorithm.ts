import { hash } from '#digest';
import type { HashAlgorithm } from '../../digest/algorithms.ts';
import { digestSpellings } from '../text/digest-spellings.ts';
import { contentHashFixes } from '../fixes/digest.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { Scheme } from '../../scheme.ts';

const algorithms: readonly HashAlgorithm[] = ['sha256', 'md5', 'sha1', 'sha512'];

type Hash =
  | { readonly kind: 'algorithm'; readonly algorithm: HashAlgorithm; readonly encoding?: string }
  | { readonly kind: 'none' };

/** The right body under another hash function, or no hash at all. */
export const contentHashAlgorithm: MistakeClass<Hash> = {
  id: 'content-hash/algorithm',
  rank: 330,
  needs: 'content hash',
  variesByService: true,
  writesHash: true,
  phase: 'early',
  values: ({ source }, evidence) =>
    source.from === 'content-hash'
      ? otherHashes(evidence)
      : source.from === 'body-digest'
        ? otherDigests(source.algorithm, evidence)
        : [],
  speaksOf: (find, { scheme: { contentHash } }) =>
    find.kind === 'content hash' && find.reading.algorithm !== contentHash?.algorithm
      ? { kind: 'algorithm', algorithm: find.reading.algorithm }
      : undefined,
  say: (detail, { evidence }) =>
    `The content hash is made with ${named(detail)}; the scheme uses ${ownAlgorithm(evidence.scheme)}.`,
  fixes: ({ scheme }) => contentHashFixes(scheme),
};

function ownAlgorithm({ contentHash, parts }: Scheme): string {
  if (contentHash) return contentHash.algorithm;
  const digest = parts.map(({ source }) => source).find((source) => source.from === 'body-digest');
  return digest?.algorithm ?? 'another';
}

/** Where the bytes of the hash are signed: those of another hash, or the body. */
function* otherDigests(own: HashAlgorithm, { body, bodyText, budget }: Evidence): Generator<ValueMove<Hash>> {
  if (!body || body.length === 0) return;
  yield { detail: { kind: 'none' }, cost: 1, value: bodyText ?? body };
  for (const algorithm of algorithms) {
    if (algorithm === own) continue;
    if (!budget.affordsBody(body.length) || !budget.hashBody(body.length)) return;
    yield { detail: { kind: 'algorithm', algorithm }, cost: 2, value: hash(algorithm, body) };
  }
}

function* otherHashes(evidence: Evidence): Generator<ValueMove<Hash>> {
  const rule = evidence.scheme.contentHash;
  const { body } = evidence;
  if (!rule || !body) return;
  for (const algorithm of algorithms) {
    if (algorithm === rule.algorithm) continue;
    if (!evidence.budget.affordsBody(body.length) || !evidence.budget.hashBody(body.length)) return;
    for (const { label, text } of digestSpellings(hash(algorithm, body)).slice(0, 9)) {
      const plain = label === (rule.encoding === 'hex' ? 'hexadecimal' : 'base64');
      yield {
        detail: { kind: 'algorithm', algorithm, ...(!plain && { encoding: label }) },
        cost: plain ? 1 : 2,
        value: text,
      };
    }
  }
  if (body.length === 0) return;
  yield { detail: { kind: 'none' }, cost: 2, value: evidence.bodyText ?? body };
}

function named(detail: Hash): string {
  if (detail.kind === 'none') return 'no hash function: the body itself stands in its place';
  return detail.encoding === undefined ? detail.algorithm : `${detail.algorithm}, as ${detail.encoding}`;
}
