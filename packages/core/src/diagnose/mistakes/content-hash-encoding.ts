import { hash } from '#digest';
import { encodeBytes } from '../../canonical/byte-encoding.ts';
import { isContentDigest } from '../../message.ts';
import { digestSpellings, inWords } from '../text/digest-spellings.ts';
import { printedSpellings } from '../text/printed-digest.ts';
import { contentHashFixes } from '../fixes/digest.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';
import type { Evidence } from '../reading/evidence.ts';

interface Written {
  readonly kind: 'encoding';
  readonly encoding: string;
}

/** The right hash of the body, written in another encoding. */
export const contentHashEncoding: MistakeClass<Written> = {
  id: 'content-hash/encoding',
  rank: 320,
  needs: 'content hash',
  variesByService: true,
  writesHash: true,
  phase: 'early',
  values: (slot, evidence) => (slot.source.from === 'content-hash' ? spellings(evidence) : []),
  speaksOf: (find, { scheme: { contentHash } }) =>
    find.kind === 'content hash' && find.reading.encoding !== contentHash?.encoding
      ? { kind: 'encoding', encoding: inWords(find.reading.encoding) }
      : undefined,
  say: (detail, { yours, expected, evidence }) =>
    `The content hash is right but written as ${detail.encoding}: ${yours} instead of ${evidence.scheme.contentHash?.encoding ?? 'base64'} (${expected}).`,
  fixes: ({ scheme }) => contentHashFixes(scheme),
};

function* spellings(evidence: Evidence): Generator<ValueMove<Written>> {
  const rule = evidence.scheme.contentHash;
  const { body } = evidence.message;
  if (!rule || (isContentDigest(body) && body.algorithm !== rule.algorithm)) return;
  if (!isContentDigest(body) && !evidence.budget.hashBody(body.length)) return;
  const bytes = isContentDigest(body) ? body.digest : hash(rule.algorithm, body);
  const own = encodeBytes(bytes, rule.encoding);
  for (const { label, text } of digestSpellings(bytes)) {
    if (text !== own) yield { detail: { kind: 'encoding', encoding: label }, cost: 1, value: text };
  }
  for (const { label, text, cost } of printedSpellings(bytes, rule.algorithm, 'all'))
    yield { detail: { kind: 'encoding', encoding: label }, cost, value: text };
  yield {
    detail: { kind: 'encoding', encoding: 'the hash of its own text' },
    cost: 3,
    value: encodeBytes(hash(rule.algorithm, own), rule.encoding),
  };
}
