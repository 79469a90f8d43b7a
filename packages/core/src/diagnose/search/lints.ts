import type { Evidence } from '../reading/evidence.ts';
import type { Finding, MistakeClass, Step } from './mistake-class.ts';

/** What the request shows without a secret. */
export interface Lints {
  /** What alone is enough for a refusal. */
  readonly blocking: readonly Step[];
  /** What is worth a note. */
  readonly beside: readonly Step[];
}

/** Runs the lints of every class that can hit the scheme. */
export function lint(evidence: Evidence, classes: readonly MistakeClass[]): Lints {
  const blocking: Step[] = [];
  const beside: Step[] = [];
  for (const mistake of classes) {
    // Its own search asks for it.
    if (mistake.finding === 'no body') continue;
    const finding = mistake.lint?.(evidence);
    if (!finding) continue;
    const list = mistake.finding === 'beside' ? beside : blocking;
    list.push({ mistake, ...finding, certainty: 'certain' });
  }
  return { blocking, beside };
}

/** What the whole request may be instead, once no single mistake explains its signature. */
export function wholeAnswer(evidence: Evidence, classes: readonly MistakeClass[]): Step | undefined {
  return stepsOf(classes, ({ beforePairs }) => beforePairs?.(evidence))[0];
}

/** What is told of a request whose signature nothing gives. */
export function foundInVain(evidence: Evidence, classes: readonly MistakeClass[]): Step[] {
  return stepsOf(classes, ({ inVain }) => inVain?.(evidence));
}

/** What is wrong besides the steps that gave the signature. */
export function besideProof(evidence: Evidence, classes: readonly MistakeClass[], steps: readonly Step[]): Step[] {
  return stepsOf(classes, (mistake) => mistake.besideProof?.(evidence, steps));
}

/** What is likelier than that the steps which gave the signature are mistakes. */
export function toldInstead(
  evidence: Evidence,
  classes: readonly MistakeClass[],
  steps: readonly Step[],
): Step | undefined {
  return stepsOf(classes, ({ instead }) => instead?.(evidence, steps))[0];
}

function stepsOf(classes: readonly MistakeClass[], ask: (mistake: MistakeClass) => Finding | undefined): Step[] {
  return classes.flatMap((mistake) => {
    const finding = ask(mistake);
    return finding ? [{ mistake, ...finding }] : [];
  });
}
