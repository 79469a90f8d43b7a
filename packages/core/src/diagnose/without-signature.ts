import { noteCatalog } from './catalog.ts';
import type { Verdict } from './diagnosis.ts';
import type { Judgement } from './judgement.ts';
import { configuredCredential } from './reading/basic-credential.ts';
import type { Evidence } from './reading/evidence.ts';
import { otherApi } from './reading/other-api.ts';
import { explainStep } from './report/explain.ts';
import { notesOf } from './report/notes.ts';
import type { Lints } from './search/lints.ts';
import type { MistakeClass } from './search/mistake-class.ts';

/** Nothing is signed: that is the fault, and no other class has anything to say of what is not there. */
export function withoutSignature(evidence: Evidence, classes: readonly MistakeClass[], lints: Lints): Judgement {
  const { foreign, provider } = evidence;
  const takesBasic = foreign?.kind === 'basic' && provider?.alsoTakes?.basic !== undefined;
  const other = lints.blocking.find(({ mistake }) => mistake.finding === 'unsigned');
  const first = other ?? lints.blocking[0];
  // What is no signature is no mistake where it may be what is wanted.
  const steps = takesBasic || (foreign && otherApi(evidence)) || !first ? [] : [first];
  const verdict: Verdict =
    takesBasic && configuredCredential(evidence)
      ? 'valid'
      : other && foreign?.kind === 'signature'
        ? 'explained'
        : 'malformed';
  const mistakes = steps.map((step) => explainStep(step, evidence));
  const notes = notesOf(evidence, classes, noteCatalog, { verdict, steps });
  return { verdict, mistakes, alternatives: [], notes, missing: [] };
}
