import { contentHashFixes } from '../fixes/digest.ts';
import { type Departure, sayDeparture } from '../search/departure.ts';
import { hash } from '#digest';
import { encodeBytes } from '../../canonical/byte-encoding.ts';
import type { MistakeClass } from '../search/mistake-class.ts';

type Mismatch =
  /** A blank header beside an empty body, whose hash is `ofNothing`. */
  | { readonly kind: 'blank'; readonly header: string; readonly ofNothing: string }
  | { readonly kind: 'other'; readonly header: string; readonly sent: string; readonly computed: string };

/** The header's hash belongs to a body that nobody sent. The answer only when no class of `body/*` finds that body. */
export const contentHashMismatch: MistakeClass<Mismatch | Departure> = {
  id: 'content-hash/mismatch',
  rank: 350,
  needs: 'content-hash header',
  finding: 'no body',
  lint: ({ contentHash, scheme, body }) => {
    const { sent, computed, header } = contentHash ?? {};
    if (header === undefined || sent === undefined || computed === undefined || sent === computed) return undefined;
    const rule = scheme.contentHash;
    const ofNothing = rule ? encodeBytes(hash(rule.algorithm, ''), rule.encoding) : '';
    // A blank hash beside an empty body says the same thing as the hash of nothing.
    const detail: Mismatch =
      body?.length === 0 && sent === ''
        ? { kind: 'blank', header, ofNothing }
        : { kind: 'other', header, sent, computed };
    return { detail, part: 'content-hash', yours: sent, expected: computed };
  },
  speaksOf: (find) => (find.kind === 'departure' && find.subject === 'content-hash' ? find : undefined),
  say: (detail) =>
    detail.kind === 'departure'
      ? sayDeparture(detail)
      : `The content hash is of another body than the one that was sent: ${inWords(detail)}.`,
  fixes: ({ scheme }) => contentHashFixes(scheme, 'of the very body that is sent'),
};

function inWords(detail: Mismatch): string {
  switch (detail.kind) {
    case 'blank':
      return `${detail.header} is blank; the hash of an empty body (${detail.ofNothing}) belongs there`;
    case 'other':
      return `${detail.header} says ${detail.sent}; the body that was sent hashes to ${detail.computed}`;
  }
}
