import type { Step } from '../search/mistake-class.ts';
import type { MistakeId, Verdict } from '../diagnosis.ts';
import type { Evidence } from '../reading/evidence.ts';

/** What has been found so far, when notes are written. */
export interface Outcome {
  readonly evidence: Evidence;
  readonly verdict: Verdict;
  /** The mistakes, before they are put into words. */
  readonly steps: readonly Step[];
}

/** Something to look at besides the signature. Never searched for. */
export interface NoteClass {
  readonly id: MistakeId;
  /** One or two sentences, or `undefined` where it does not apply. */
  readonly note: (outcome: Outcome) => string | undefined;
}
