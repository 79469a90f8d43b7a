import { noteCatalog } from './catalog.ts';
import type { Judgement } from './judgement.ts';
import { explainStep } from './report/explain.ts';
import { negativeNotes, notesOf } from './report/notes.ts';
import type { Evidence } from './reading/evidence.ts';
import type { RightKey } from './reading/right-key.ts';
import type { ContentHashResult } from './search/content-hash-search.ts';
import type { MistakeClass, Step } from './search/mistake-class.ts';
import type { SearchExtent } from './search/move-lists.ts';
import { rightStringSteps } from './search/stated-string.ts';

interface SearchedInVain {
  readonly blocking: readonly Step[];
  readonly hash: ContentHashResult | undefined;
  readonly extent: SearchExtent;
}

/** The signer's own string to sign is right, and no search explains its signature: the fault is in what was made of it. */
export function rightString(
  evidence: Evidence,
  classes: readonly MistakeClass[],
  right: RightKey,
  { blocking, hash, extent }: SearchedInVain,
): Judgement {
  const steps = [...blocking, ...rightStringSteps(evidence, classes, right)];
  return {
    verdict: 'explained',
    mistakes: steps.map((step) => explainStep(step, evidence)),
    alternatives: [],
    notes: [
      ...notesOf(evidence, classes, noteCatalog, { verdict: 'explained', steps }),
      ...negativeNotes(evidence, classes, hash, extent, false),
    ],
    missing: [],
  };
}
