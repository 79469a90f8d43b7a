import { noteCatalog } from './catalog.ts';
import type { DiagnosisNote, Mistake, Verdict } from './diagnosis.ts';
import type { Edited, Judgement } from './judgement.ts';
import type { Evidence } from './reading/evidence.ts';
import { lostNotes } from './report/edited-file.ts';
import { explainBeside, explainStep } from './report/explain.ts';
import { missingForBody } from './report/missing-options.ts';
import { boundNotes, notesOf, uncleanKey } from './report/notes.ts';
import { signedAsSent } from './search/body-as-sent.ts';
import type { ContentHashResult } from './search/content-hash-search.ts';
import { besideProof, toldInstead } from './search/lints.ts';
import type { MistakeClass, Step } from './search/mistake-class.ts';
import type { Solution } from './search/solutions.ts';
import { writtenSteps } from './search/written-steps.ts';

const alternativeLimit = 8;
/** Further solutions are explained in vain: they are the same mistakes in other parts. */
const solutionLimit = 200;

interface Explanation {
  readonly blocking: readonly Step[];
  readonly solutions: readonly Solution[];
  readonly hash: ContentHashResult | undefined;
}

/**
 * What was found, best first, in words, and all that is said beside it; valid where nothing is wrong. A body that was
 * signed and is the one that was sent makes it a question about another request.
 *
 * @param beside what is no reason for a wrong signature
 * @param cleanKey false where the secret had to be cleaned before the scheme could decode it
 */
export function explained(
  evidence: Evidence,
  classes: readonly MistakeClass[],
  explanation: Explanation,
  beside: readonly Step[] = [],
  cleanKey = true,
): Judgement | Edited {
  const { blocking, solutions, hash } = explanation;
  const combine = (solution: Solution | undefined): Step[] => {
    if (!solution) return [...blocking];
    const found = combined(blocking, [...solution.steps, ...writtenSteps(solution.reading, evidence, classes)]);
    return [...found, ...besideProof(evidence, classes, found)];
  };
  const explain = (step: Step): Mistake => explainStep(step, evidence);
  let steps = combine(solutions[0]);
  const signed = signedAsSent(steps, evidence);
  if (signed) return { evidence, sentBody: signed };
  const instead = toldInstead(evidence, classes, steps);
  if (instead) {
    const notes = notesOf(evidence, classes, noteCatalog, { verdict: 'explained', steps: [instead] });
    const mistakes = [explainStep(instead, evidence)];
    return { verdict: 'explained', mistakes, alternatives: [], notes, missing: [] };
  }
  let mistakes = steps.map(explain);
  const alternatives = alternativesTo(mistakes, explanation, (found) => found.map(explain), combine);
  const verdict: Verdict = mistakes.length > 0 ? 'explained' : 'valid';
  const notes: DiagnosisNote[] = [];
  if (verdict === 'valid') {
    steps = [...beside];
    mistakes = steps.map(explain);
  } else {
    notes.push(...beside.flatMap((step) => explainBeside(step, evidence)));
  }
  if (!cleanKey) notes.push(...uncleanKey(evidence, classes));
  // Without a word on it, a hash of no body that was tried would seem to be of none that is plausible.
  if (hash?.state === 'mismatch') notes.push(...lostNotes(evidence, hash), ...boundNotes(evidence));
  notes.push(...notesOf(evidence, classes, noteCatalog, { verdict, steps }));
  const missing = hash?.state === 'mismatch' ? missingForBody(evidence) : [];
  return { verdict, mistakes, alternatives, notes, missing };
}

/** Other explanations of the same bytes, each told once: of the signature, then of the content hash. */
function alternativesTo(
  mistakes: readonly Mistake[],
  { solutions, hash }: Explanation,
  explain: (steps: readonly Step[]) => Mistake[],
  combine: (solution: Solution) => readonly Step[],
): Mistake[][] {
  const alternatives: Mistake[][] = [];
  const seen = new Set([keyOf(mistakes)]);
  for (const solution of solutions.slice(1, solutionLimit)) {
    if (alternatives.length === alternativeLimit) break;
    const alternative = explain(combine(solution));
    if (seen.has(keyOf(alternative))) continue;
    seen.add(keyOf(alternative));
    alternatives.push(alternative);
  }
  const others = mistakes.filter(({ id }) => !hash?.steps.some(({ mistake }) => mistake.id === id));
  for (const tie of hash?.ties ?? []) {
    const alternative = [...others, ...explain(tie)];
    if (!seen.has(keyOf(alternative))) alternatives.push(alternative);
    seen.add(keyOf(alternative));
  }
  return alternatives.slice(0, alternativeLimit);
}

/**
 * What the search proved takes the place of a lint's finding of the same kind, except where the lint says it better. A
 * header that was not sent cannot have been changed: what the search found for it is only how it was proved.
 */
function combined(blocking: readonly Step[], own: readonly Step[]): Step[] {
  const unsent = blocking.some(({ mistake }) => mistake.finding === 'unsent');
  const proofs = own.filter(({ mistake, part, expected }) => {
    if (unsent && expected.length === 0 && part !== 'body' && part !== 'signature') return false;
    return !(mistake.lintSaysMore && blocking.some((step) => step.mistake === mistake));
  });
  const covered = (step: Step): boolean =>
    proofs.some(({ mistake, part }) => mistake === step.mistake && (!mistake.perPart || part === step.part));
  return [...blocking.filter((step) => !covered(step)), ...proofs];
}

function keyOf(mistakes: readonly Mistake[]): string {
  return mistakes
    .map(({ id, at }) => `${id}@${at.part}`)
    .toSorted()
    .join();
}
