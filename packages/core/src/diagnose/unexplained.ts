import { noteCatalog } from './catalog.ts';
import type { DiagnosisNote, MissingOption } from './diagnosis.ts';
import type { Judgement } from './judgement.ts';
import type { Evidence } from './reading/evidence.ts';
import { speaksForItsService } from './reading/known-service.ts';
import { explainStep } from './report/explain.ts';
import { isOpen } from './report/missing-options.ts';
import { negativeNotes, notesOf } from './report/notes.ts';
import type { ContentHashResult } from './search/content-hash-search.ts';
import { foundInVain } from './search/lints.ts';
import type { MistakeClass, Step } from './search/mistake-class.ts';
import type { SearchExtent } from './search/move-lists.ts';

/** What the request itself shows is a part of the answer, and more is wrong. */
function partNote(blocking: readonly Step[]): DiagnosisNote[] {
  if (blocking.length === 0) return [];
  const ids = [...new Set(blocking.map(({ mistake }) => mistake.id))].join(' and ');
  const summary = `This is a part of the answer: with ${ids} assumed, the signature is still not explained. Several further mistakes at once are left, or another key.`;
  return [{ id: 'search/part', summary }];
}

interface Vain {
  readonly blocking: readonly Step[];
  readonly hash: ContentHashResult | undefined;
  readonly extent: SearchExtent;
  readonly missing: readonly MissingOption[];
}

export function unexplained(evidence: Evidence, classes: readonly MistakeClass[], vain: Vain): Judgement {
  const { blocking, hash, extent, missing } = vain;
  const isOwn = speaksForItsService(evidence);
  // What services settle differently is no mistake of a request that may be for another one.
  const certain = blocking.filter(({ mistake }) => isOwn || !mistake.variesByService);
  const steps = [...certain, ...foundInVain(evidence, classes)];
  const mistakes = steps.map((step) => explainStep(step, evidence));
  const notes = [
    ...partNote(certain),
    ...negativeNotes(evidence, classes, hash, extent, isOpen(missing)),
    ...notesOf(evidence, classes, noteCatalog, { verdict: 'unexplained', steps }),
  ];
  return { verdict: 'unexplained', mistakes, alternatives: [], notes, missing };
}
