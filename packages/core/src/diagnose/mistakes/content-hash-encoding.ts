import { hash } from '#digest';
import { encodeBytes } from '../../canonical/byte-encoding.ts';
import { isContentDigest } from '../../message.ts';
import { digestSpellings, inWords } from '../text/digest-spellings.ts';
import { printedSpellings } from '../text/printed-digest.ts';
import { contentHashFixes } from '../fixes/digest.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';
import type { Slot } from '../reading/layout.ts';
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
  values: (slot, evidence) =>
    slot.source.from === 'content-hash' ? spellings(evidence) : slot.source.from === 'body-digest' ? texts(slot) : [],
  speaksOf: (find, { scheme: { contentHash } }) =>
    find.kind === 'content hash' && find.reading.encoding !== contentHash?.encoding
      ? { kind: 'encoding', encoding: inWords(find.reading.encoding) }
      : undefined,
  say: (detail, { yours, expected, evidence }) =>
    evidence.scheme.contentHash
      ? `The content hash is right but written as ${detail.encoding}: ${yours} instead of ${evidence.scheme.contentHash.encoding} (${expected}).`
      : `The hash of the body is right but written as ${detail.encoding} (${yours}): its bytes are signed as they are, and no text of them.`,
  fixes: ({ scheme }) => contentHashFixes(scheme),
};

/** The texts of a hash whose bytes are signed. */
function* texts({ value }: Slot): Generator<ValueMove<Written>> {
  if (typeof value === 'string') return;
  for (const { label, text } of digestSpellings(value))
    yield { detail: { kind: 'encoding', encoding: label }, cost: 1, value: text };
}

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
