import { explained } from './explained.ts';
import type { Edited, Judgement } from './judgement.ts';
import type { Evidence } from './reading/evidence.ts';
import { isDoubtfulSignature } from './reading/foreign-authorization.ts';
import type { DigestReading } from './reading/received-signature.ts';
import type { RightKey } from './reading/right-key.ts';
import { missingOptions } from './report/missing-options.ts';
import { rightString } from './right-string.ts';
import { bodyAsSent, signedAsSent } from './search/body-as-sent.ts';
import type { BodyGroups } from './search/body-groups.ts';
import { searchContentHash, type ContentHashResult } from './search/content-hash-search.ts';
import { damagedSignature, type DamagedSignature } from './search/damaged-signature.ts';
import { lint, wholeAnswer } from './search/lints.ts';
import type { MistakeClass } from './search/mistake-class.ts';
import type { SignatureSearch } from './search/search.ts';
import type { StatedString } from './search/stated-string.ts';
import { searchUrlHash } from './search/url-hash-search.ts';
import { unexplained } from './unexplained.ts';
import { withoutSignature } from './without-signature.ts';

/** Everything that the search for one signature goes by. */
export interface Case {
  readonly evidence: Evidence;
  readonly classes: readonly MistakeClass[];
  readonly bodies: BodyGroups;
  readonly right: RightKey;
  readonly readings: readonly DigestReading[];
  readonly search: SignatureSearch;
  readonly stated: () => StatedString | undefined;
}

/** The order of work: lint, recompute, content hash, single mistakes, pairs, honest negative. */
export function judgeSignature(one: Case): Judgement | Edited {
  const { evidence, classes, bodies, right, readings, search } = one;
  const lints = lint(evidence, classes);
  const fields = evidence.authorization?.fields;
  if (!fields) return withoutSignature(evidence, classes, lints);

  const alone = lints.blocking.find(({ mistake, isAlone }) => isAlone || mistake.finding === 'alone');
  if (alone) return explained(evidence, classes, { blocking: [alone], solutions: [], hash: undefined });

  let solutions = search.recompute();
  const { sent, computed } = evidence.contentHash ?? {};
  const isRight = solutions.length > 0 && (sent ?? computed) === computed;
  const asSent = isRight && !mayBeEdited(evidence) ? undefined : bodyAsSent(evidence, right, readings);
  if (asSent) return { evidence, sentBody: asSent };

  const hash = searchContentHash(evidence, classes, bodies);
  const hashed = signedAsSent(hash?.steps ?? [], evidence);
  if (hashed) return { evidence, sentBody: hashed };
  const blocking = [...lints.blocking, ...(hash?.steps ?? []), ...searchUrlHash(evidence, classes)];
  const stated = one.stated();
  const isWhole = solutions[0]?.reading.extent === 'whole';
  const damage = isWhole ? undefined : damagedSignature(evidence, classes, right);
  // What somebody shortened with dots was not cut.
  if (damage?.isUndone && solutions.length > 0) return damaged(damage, classes, hash);
  // What can be no digest is nothing to search for, and what is hardly a signature has to be right as it stands.
  const isDoubtful = isDoubtfulSignature(evidence.foreign, fields);
  const canSearch = readings.length > 0 && !isDoubtful;
  if (solutions.length === 0 && canSearch) solutions = search.searchSingles();
  if (solutions.length === 0 && stated?.proof) solutions = [stated.proof];
  if (solutions.length === 0) {
    const other = wholeAnswer(evidence, classes);
    if (other) return explained(evidence, classes, { blocking: [other], solutions: [], hash: undefined });
  }
  if (solutions.length === 0 && isDoubtful) {
    const unsigned = { ...evidence, authorization: undefined };
    return withoutSignature(unsigned, classes, lint(unsigned, classes));
  }
  // What is left of the right signature is no coincidence: no two mistakes together can give it as well.
  if (solutions.length === 0 && damage) return damaged(damage, classes, hash);
  if (solutions.length === 0 && canSearch && evidence.budget.mistakes > 1) solutions = search.searchPairs();
  if (solutions.length > 0) {
    return explained(evidence, classes, { blocking, solutions, hash }, lints.beside, right.clean);
  }
  if (stated?.equal) return rightString(evidence, classes, right, { blocking, hash, extent: search.extent });
  const missing = canSearch ? missingOptions(evidence, hash) : [];
  return unexplained(evidence, classes, { blocking, hash, extent: search.extent, missing });
}

/** A signature in the body that is nearly as it should be may have been edited with the body, at whose end it stands. */
function mayBeEdited({ scheme, authorization }: Evidence): boolean {
  return scheme.authorization.parameter !== undefined && (authorization?.slips.length ?? 0) > 0;
}

function damaged(
  { step, evidence }: DamagedSignature,
  classes: readonly MistakeClass[],
  hash: ContentHashResult | undefined,
): Judgement | Edited {
  const lints = lint(evidence, classes);
  const blocking = [...lints.blocking, ...(hash?.steps ?? []), step];
  return explained(evidence, classes, { blocking, solutions: [], hash }, lints.beside);
}
