import { hashOf } from '../digest/algorithms.ts';
import { catalog } from './catalog.ts';
import type { YourString } from './diagnosis.ts';
import { judgeSignature, type Case } from './judge-signature.ts';
import type { Edited, Judgement } from './judgement.ts';
import type { Evidence } from './reading/evidence.ts';
import { digestReadings } from './reading/received-signature.ts';
import { rightKey } from './reading/right-key.ts';
import { restoredBodyNote } from './report/edited-file.ts';
import { explainStep } from './report/explain.ts';
import { withSentBody } from './search/body-as-sent.ts';
import { BodyGroups } from './search/body-groups.ts';
import { classesFor } from './search/candidates.ts';
import { SignatureSearch } from './search/search.ts';
import { explainStatedSignature, type StatedSignature } from './search/stated-signature.ts';
import { compareStatedString, type StatedString } from './search/stated-string.ts';

/** Judges the request, the one that was sent where its file was edited since, and also what the user's own code made of it. */
export function judge(evidence: Evidence): Judgement {
  const one = caseOf(evidence);
  const answer = judgeSignature(one);
  const judged = 'sentBody' in answer ? judgeSent(answer) : answer;
  // The request as it was sent was judged with all of it.
  if (judged.yourString) return judged;
  const string = one.stated();
  const { classes, bodies, right, search } = one;
  const asked = { evidence, classes, bodies, moves: search.moves, right };
  const own = yourString(evidence, string, explainStatedSignature(asked, string?.text));
  return own ? { ...judged, yourString: own, notes: [...judged.notes, ...(string?.notes ?? [])] } : judged;
}

function caseOf(evidence: Evidence): Case {
  const classes = classesFor(evidence, catalog);
  const bodies = new BodyGroups(evidence, classes);
  const right = rightKey(evidence);
  const { mac } = evidence.scheme;
  const readings = receivedSignatures(evidence).flatMap((text) =>
    digestReadings(text, hashOf(mac.algorithm), mac.encoding),
  );
  const search = new SignatureSearch(evidence, classes, bodies, right, readings);
  const stated = once(() => compareStatedString(evidence, classes, search.moves, right, readings));
  return { evidence, classes, bodies, right, readings, search, stated };
}

/** More keys than a provider signs with at a time. */
const mostSignatures = 8;

/** The signature, and those beside it where a scheme takes several: any of them may be the one of the key at hand. */
function receivedSignatures({ authorization }: Evidence): readonly string[] {
  if (!authorization) return [];
  const { signature, otherSignatures = [] } = authorization.fields;
  return [signature, ...otherSignatures].slice(0, mostSignatures);
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Judges the request as it was sent: what happened to the file afterwards is a note, and no mistake. */
function judgeSent({ evidence, sentBody }: Edited): Judgement {
  const judged = judge(withSentBody(evidence, sentBody));
  // A body that was restored better says itself what was done.
  if (judged.notes.some(({ id }) => id === 'input/edited')) return judged;
  return { ...judged, notes: [restoredBodyNote(evidence, sentBody), ...judged.notes] };
}

/** What the user's own code does otherwise: to the string, then with it. */
function yourString(
  evidence: Evidence,
  string: StatedString | undefined,
  signature: StatedSignature | undefined,
): YourString | undefined {
  if (!string && !signature) return undefined;
  const steps = [...(string?.steps ?? []), ...(signature?.steps ?? [])];
  return {
    equal: (string?.equal ?? true) && (signature?.equal ?? true),
    mistakes: steps.map((step) => explainStep(step, evidence, 'own string')),
  };
}
