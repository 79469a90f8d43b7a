import '#digest/md5';
import '#digest/sha1';
import '#digest/sha512';
import { checkBody } from '../content-digest.ts';
import type { Message } from '../message.ts';
import type { Scheme } from '../scheme.ts';
import { hashOf } from '../digest/algorithms.ts';
import { macOf } from '../places/mac-choice.ts';
import { BodyGroups } from './search/body-groups.ts';
import { catalog, noteCatalog } from './catalog.ts';
import { bodyAsSent, signedAsSent, withSentBody, type SentBody } from './search/body-as-sent.ts';
import { classesFor } from './search/candidates.ts';
import { damagedSignature, type DamagedSignature } from './search/damaged-signature.ts';
import { searchContentHash, type ContentHashResult } from './search/content-hash-search.ts';
import type {
  DiagnoseOptions,
  Diagnosis,
  DiagnosisCredential,
  DiagnosisNote,
  MissingOption,
  Mistake,
  Verdict,
  YourString,
} from './diagnosis.ts';
import { readEvidence, type Evidence } from './reading/evidence.ts';
import { atPublicUrl } from './reading/public-addresses.ts';
import { restoredBodyNote, lostNotes } from './report/edited-file.ts';
import { explainBeside, explainStep } from './report/explain.ts';
import { besideProof, foundInVain, lint, toldInstead, wholeAnswer, type Lints } from './search/lints.ts';
import type { MistakeClass, Step } from './search/mistake-class.ts';
import { isOpen, missingForBody, missingOptions } from './report/missing-options.ts';
import { boundNotes, negativeNotes, notesOf, uncleanKey } from './report/notes.ts';
import { languageOf } from './reading/client.ts';
import { declaredScheme } from './reading/declared-signature.ts';
import { isReceived } from './reading/direction.ts';
import { configuredCredential } from './reading/basic-credential.ts';
import { speaksForItsService } from './reading/known-service.ts';
import { isDoubtfulSignature } from './reading/foreign-authorization.ts';
import { readPresigned } from './reading/presigned.ts';
import { otherApi } from './reading/other-api.ts';
import { digestReadings, type DigestReading } from './reading/received-signature.ts';
import { redactor } from './report/redaction.ts';
import { rightKey, type RightKey } from './reading/right-key.ts';
import { searchUrlHash } from './search/url-hash-search.ts';
import { SearchBudget } from './reading/search-budget.ts';
import type { SearchExtent } from './search/move-lists.ts';
import { SignatureSearch } from './search/search.ts';
import type { Solution } from './search/solutions.ts';
import { explainStatedSignature, type StatedSignature } from './search/stated-signature.ts';
import { compareStatedString, rightStringSteps, type StatedString } from './search/stated-string.ts';
import { writtenSteps } from './search/written-steps.ts';

export type {
  Certainty,
  Diagnosis,
  DiagnoseOptions,
  DiagnosisBudget,
  DiagnosisCredential,
  DiagnosisNote,
  FixLanguage,
  Fixes,
  MissingOption,
  Mistake,
  MistakeId,
  Place,
  Verdict,
  YourString,
} from './diagnosis.ts';

export { mistakeIds } from './diagnosis.ts';
export type { InputOption, OptionWords } from '../option-words.ts';

/**
 * Finds out why a signed request was rejected. Plausible mistakes are tried until one reproduces the received signature
 * exactly: an equal MAC under a hypothesis is a proof.
 *
 * Synchronous, bounded by `options.budget` (a million candidates by default), and divisible over workers with `options.shard`. Nothing in
 * the result holds a key, and the expected signature is cut to six characters unless `revealExpected` asks for it.
 *
 * @param credential the key that the signature should have been made with; its secret may be a text that the scheme
 * cannot decode, which is then part of what is diagnosed
 * @param message the request as it was received, byte for byte
 * @throws TypeError when its body is neither bytes nor a digest of `contentHasher`
 */
export function diagnose(
  scheme: Scheme,
  credential: DiagnosisCredential,
  message: Message,
  options: DiagnoseOptions = {},
): Diagnosis {
  checkBody(message.body);
  const startedMs = performance.now();
  const budget = new SearchBudget(startedMs, options.budget ?? {}, options.shard);
  // From here on the scheme signs as the key does.
  const presigned = readPresigned(scheme, message);
  const sent = presigned?.message ?? message;
  const declared = declaredScheme(presigned?.scheme ?? scheme, sent);
  const own: Scheme =
    credential.mac === undefined ? declared : { ...declared, mac: { ...declared.mac, ...macOf(declared, credential) } };
  const evidence = readEvidence(own, credential, atPublicUrl(own, sent, options), options, budget);
  const found = judge(evidence);
  const safe = redactor(credential, options);
  const result: Diagnosis = {
    scheme: scheme.id,
    ...found,
    tried: budget.tried,
    elapsedMs: Math.round(performance.now() - startedMs),
    // Of a request that the user receives, it is the provider's agent.
    ...(evidence.client && !isReceived(evidence) && { language: languageOf(evidence.client) }),
  };
  return safe(result);
}

type Judgement = Pick<Diagnosis, 'verdict' | 'mistakes' | 'alternatives' | 'notes' | 'missing' | 'yourString'>;

/** Everything that the search for one signature goes by. */
interface Case {
  readonly evidence: Evidence;
  readonly classes: readonly MistakeClass[];
  readonly bodies: BodyGroups;
  readonly right: RightKey;
  readonly readings: readonly DigestReading[];
  readonly search: SignatureSearch;
  readonly stated: () => StatedString | undefined;
}

/** Judges the request and also what the user's own code made of it. */
function judge(evidence: Evidence): Judgement {
  const classes = classesFor(evidence, catalog);
  const bodies = new BodyGroups(evidence, classes);
  const right = rightKey(evidence);
  const { mac } = evidence.scheme;
  const readings = receivedSignatures(evidence).flatMap((text) =>
    digestReadings(text, hashOf(mac.algorithm), mac.encoding),
  );
  const search = new SignatureSearch(evidence, classes, bodies, right, readings);
  const stated = once(() => compareStatedString(evidence, classes, search.moves, right, readings));
  const judged = judgeSignature({ evidence, classes, bodies, right, readings, search, stated });
  // The request as it was sent, whose file holds another, was judged with all of it.
  if (judged.yourString) return judged;
  const string = stated();
  const asked = { evidence, classes, bodies, moves: search.moves, right };
  const own = yourString(evidence, string, explainStatedSignature(asked, string?.text));
  return own ? { ...judged, yourString: own, notes: [...judged.notes, ...(string?.notes ?? [])] } : judged;
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

/** The order of work: lint, recompute, content hash, single mistakes, pairs, honest negative. */
function judgeSignature({ evidence, classes, bodies, right, readings, search, stated: compared }: Case): Judgement {
  const lints = lint(evidence, classes);
  const fields = evidence.authorization?.fields;
  if (!fields) return withoutSignature(evidence, classes, lints);

  const alone = lints.blocking.find(({ mistake }) => mistake.finding === 'alone');
  if (alone) return explained(evidence, classes, { blocking: [alone], solutions: [], hash: undefined });

  let solutions = search.recompute();
  const { sent, computed } = evidence.contentHash ?? {};
  const isRight = solutions.length > 0 && (sent ?? computed) === computed;
  const asSent = isRight && !mayBeEdited(evidence) ? undefined : bodyAsSent(evidence, right, readings);
  if (asSent) return judgeSent(evidence, asSent);

  const hash = searchContentHash(evidence, classes, bodies);
  const hashed = signedAsSent(hash?.steps ?? [], evidence);
  if (hashed) return judgeSent(evidence, hashed);
  const blocking = [...lints.blocking, ...(hash?.steps ?? []), ...searchUrlHash(evidence, classes)];
  const stated = compared();
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
  if (stated?.equal) {
    const steps = [...blocking, ...rightStringSteps(evidence, classes, right)];
    return {
      verdict: 'explained',
      mistakes: steps.map((step) => explainStep(step, evidence)),
      alternatives: [],
      notes: [
        ...notesOf(evidence, classes, noteCatalog, { verdict: 'explained', steps }),
        ...negativeNotes(evidence, classes, hash, search.extent, false),
      ],
      missing: [],
    };
  }
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
): Judgement {
  const lints = lint(evidence, classes);
  const blocking = [...lints.blocking, ...(hash?.steps ?? []), step];
  return explained(evidence, classes, { blocking, solutions: [], hash }, lints.beside);
}

/** Judges the request as it was sent: what happened to the file afterwards is a note, and no mistake. */
function judgeSent(evidence: Evidence, sent: SentBody): Judgement {
  const judged = judge(withSentBody(evidence, sent));
  // A body that was restored better says itself what was done.
  if (judged.notes.some(({ id }) => id === 'input/edited')) return judged;
  return { ...judged, notes: [restoredBodyNote(evidence, sent), ...judged.notes] };
}

/** Nothing is signed: that is the fault, and no other class has anything to say of what is not there. */
function withoutSignature(evidence: Evidence, classes: readonly MistakeClass[], lints: Lints): Judgement {
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

const alternativeLimit = 8;
/** Further solutions are explained in vain: they are the same mistakes in other parts. */
const solutionLimit = 200;

interface Explanation {
  readonly blocking: readonly Step[];
  readonly solutions: readonly Solution[];
  readonly hash: ContentHashResult | undefined;
}

function explained(
  evidence: Evidence,
  classes: readonly MistakeClass[],
  explanation: Explanation,
  beside: readonly Step[] = [],
  cleanKey = true,
): Judgement {
  const { blocking, solutions, hash } = explanation;
  const combine = (solution: Solution | undefined): Step[] => {
    if (!solution) return [...blocking];
    const found = combined(blocking, [...solution.steps, ...writtenSteps(solution.reading, evidence, classes)]);
    return [...found, ...besideProof(evidence, classes, found)];
  };
  const explain = (step: Step): Mistake => explainStep(step, evidence);
  let steps = combine(solutions[0]);
  const signed = signedAsSent(steps, evidence);
  if (signed) return judgeSent(evidence, signed);
  const instead = toldInstead(evidence, classes, steps);
  if (instead) {
    const notes = notesOf(evidence, classes, noteCatalog, { verdict: 'explained', steps: [instead] });
    const mistakes = [explainStep(instead, evidence)];
    return { verdict: 'explained', mistakes, alternatives: [], notes, missing: [] };
  }
  let mistakes = steps.map(explain);
  const alternatives: Mistake[][] = [];
  const seen = new Set([keyOf(mistakes)]);
  for (const solution of solutions.slice(1, solutionLimit)) {
    if (alternatives.length === alternativeLimit) break;
    const alternative = combine(solution).map(explain);
    if (seen.has(keyOf(alternative))) continue;
    seen.add(keyOf(alternative));
    alternatives.push(alternative);
  }
  for (const tie of hash?.ties ?? []) {
    const alternative = [
      ...mistakes.filter(({ id }) => !hash?.steps.some(({ mistake }) => mistake.id === id)),
      ...tie.map(explain),
    ];
    if (!seen.has(keyOf(alternative))) alternatives.push(alternative);
    seen.add(keyOf(alternative));
  }
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
  return { verdict, mistakes, alternatives: alternatives.slice(0, alternativeLimit), notes, missing };
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

function unexplained(evidence: Evidence, classes: readonly MistakeClass[], vain: Vain): Judgement {
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
