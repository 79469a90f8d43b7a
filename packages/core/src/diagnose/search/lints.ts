import type { Step } from './candidates.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { MistakeClass } from './mistake-class.ts';

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
  const last: Step[] = [];
  const beside: Step[] = [];
  for (const mistake of classes) {
    // Its own search asks for it.
    if (mistake.finding === 'no body') continue;
    const finding = mistake.lint?.(evidence);
    if (!finding) continue;
    const list = mistake.finding === 'beside' ? beside : mistake.finding === 'last' ? last : blocking;
    list.push({ mistake, ...finding, certainty: 'certain' });
  }
  return { blocking: [...blocking, ...last], beside };
}

/** What the whole request may be instead, once no single mistake explains its signature. */
export function wholeAnswer(evidence: Evidence, classes: readonly MistakeClass[]): Step | undefined {
  for (const mistake of classes) {
    const finding = mistake.beforePairs?.(evidence);
    if (finding) return { mistake, ...finding };
  }
  return undefined;
}
