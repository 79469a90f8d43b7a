import { contentHashFixes } from '../fixes/digest.ts';
import { type Departure, sayDeparture } from '../search/departure.ts';
import { hash } from '#digest';
import { encodeBytes } from '../../canonical/byte-encoding.ts';
import { isReceived } from '../reading/direction.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { MistakeClass } from '../search/mistake-class.ts';

type Mismatch =
  /** A blank hash beside an empty body, whose hash is `ofNothing`. */
  | { readonly kind: 'blank'; readonly place: string; readonly ofNothing: string }
  | { readonly kind: 'other'; readonly place: string; readonly sent: string; readonly computed: string };

/** The hash that was sent belongs to a body that nobody sent. The answer only when no class of `body/*` finds that body. */
export const contentHashMismatch: MistakeClass<Mismatch | Departure> = {
  id: 'content-hash/mismatch',
  rank: 350,
  needs: 'content hash that is sent',
  finding: 'no body',
  lint: ({ contentHash, scheme, body }) => {
    const { sent, computed } = contentHash ?? {};
    const rule = scheme.contentHash;
    const place =
      rule?.header ?? rule?.parameter ?? (rule?.claim === undefined ? undefined : `the claim ${rule.claim}`);
    if (place === undefined || sent === undefined || computed === undefined || sent === computed) return undefined;
    const ofNothing = rule ? encodeBytes(hash(rule.algorithm, ''), rule.encoding) : '';
    // A blank hash beside an empty body says the same thing as the hash of nothing.
    const detail: Mismatch =
      body?.length === 0 && sent === ''
        ? { kind: 'blank', place, ofNothing }
        : { kind: 'other', place, sent, computed };
    return { detail, part: 'content-hash', yours: sent, expected: computed };
  },
  speaksOf: (find) => (find.kind === 'departure' && find.subject === 'content-hash' ? find : undefined),
  say: (detail, { evidence }) =>
    detail.kind === 'departure'
      ? sayDeparture(detail)
      : `The content hash is of another body than the one that ${arrived(evidence)}: ${inWords(detail, evidence)}.`,
  fixes: ({ scheme }) => contentHashFixes(scheme, 'of the very body that is sent'),
};

/** Of a webhook nobody but its sender knows what was sent. */
function arrived(evidence: Evidence): string {
  return isReceived(evidence) ? 'your server got' : 'was sent';
}

function inWords(detail: Mismatch, evidence: Evidence): string {
  switch (detail.kind) {
    case 'blank':
      return `${detail.place} is blank; the hash of an empty body (${detail.ofNothing}) belongs there`;
    case 'other':
      return `${detail.place} says ${detail.sent}; the body that ${arrived(evidence)} hashes to ${detail.computed}`;
  }
}
