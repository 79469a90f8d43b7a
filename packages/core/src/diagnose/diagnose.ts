import '#digest/sha512';
import { encodeBytes } from '../canonical/byte-encoding.ts';
import type { Message } from '../message.ts';
import type { Scheme } from '../scheme.ts';
import { Secret } from '../secret.ts';
import { verify } from '../verify.ts';
import { BodyGroups } from './body-groups.ts';
import { classesFor, classOf, type Step } from './candidates.ts';
import { rightKey } from './key-candidates.ts';
import { noteCatalog } from './catalog.ts';
import { searchContentHash, type ContentHashResult } from './content-hash-search.ts';
import type {
  DiagnoseOptions,
  Diagnosis,
  DiagnosisCredential,
  DiagnosisNote,
  Mistake,
  MistakeId,
  Verdict,
} from './diagnosis.ts';
import { readEvidence, type Evidence } from './evidence.ts';
import { explainStep } from './explain.ts';
import type { MistakeClass } from './mistake-class.ts';
import { digestReadings, type DigestReading } from './received-signature.ts';
import { SearchBudget } from './search-budget.ts';
import { SignatureSearch, type SearchResult, type Solution } from './search.ts';
import { keyFingerprint, secretText } from './secret-text.ts';
import { compareStatedString } from './stated-string.ts';

export type {
  Diagnosis,
  DiagnoseOptions,
  DiagnosisCredential,
  DiagnosisNote,
  MendLanguage,
  Mends,
  Mistake,
  MistakeId,
  Place,
  Verdict,
} from './diagnosis.ts';

export { mistakeIds } from './diagnosis.ts';

/**
 * Finds out why a signed request was rejected. Plausible mistakes are tried until one reproduces the received signature
 * exactly: an equal MAC under a hypothesis is a proof.
 *
 * Synchronous, bounded by `options.budget` (2 s by default), and divisible over workers with `options.shard`. Nothing in
 * the result holds a key, and the expected signature is cut to six characters unless `revealExpected` asks for it.
 *
 * @param credential the key that the signature should have been made with; its secret may be a text that the scheme
 * cannot decode, which is then part of what is diagnosed
 * @param message the request as it was received, byte for byte
 */
export function diagnose(
  scheme: Scheme,
  credential: DiagnosisCredential,
  message: Message,
  options: DiagnoseOptions = {},
): Diagnosis {
  const startedMs = performance.now();
  const evidence = readEvidence(scheme, credential, message, options);
  const budget = new SearchBudget(startedMs, options.budget ?? {}, options.shard);
  const found = judge(evidence, budget);
  const safe = redactor(credential, options);
  const result: Diagnosis = {
    scheme: scheme.id,
    ...found,
    tried: budget.tried,
    elapsedMs: Math.round(performance.now() - startedMs),
  };
  return safe(result);
}

type Judgement = Pick<Diagnosis, 'verdict' | 'mistakes' | 'alternatives' | 'notes'>;

/** The order of work: lint, content hash, recompute, single mistakes, pairs, honest negative. */
function judge(evidence: Evidence, budget: SearchBudget): Judgement {
  const classes = classesFor(evidence);
  const lints = lint(evidence, classes);
  const signature = evidence.authorization?.fields.signature;
  if (signature === undefined) return withoutSignature(evidence, lints);

  const bodies = new BodyGroups(evidence, classes);
  const hash = searchContentHash(evidence, classes, bodies, budget);
  const blocking = [...lints.blocking, ...(hash?.steps ?? [])];
  const swapped = lints.blocking.find(({ mistake }) => mistake.id === 'key/swapped-with-message');
  if (swapped) return explained(evidence, classes, { blocking: [swapped], solutions: [], hash: undefined });

  const { mac } = evidence.scheme;
  const readings = digestReadings(signature, mac.algorithm, mac.encoding);
  const right = rightKey(evidence);
  const search = new SignatureSearch(evidence, classes, bodies, right, readings, budget);
  let result = search.recompute();
  const stated = compareStatedString(evidence, classes, right, readings);
  if (result.solutions.length === 0) result = search.searchSingles();
  if (result.solutions.length === 0) {
    const other = otherScheme(evidence, classes);
    if (other) return explained(evidence, classes, { blocking: [other], solutions: [], hash: undefined });
  }
  if (result.solutions.length === 0 && stated?.proven) {
    return explained(evidence, classes, { blocking: [...blocking, ...stated.steps], solutions: [], hash });
  }
  if (result.solutions.length === 0) result = search.searchPairs();
  if (result.solutions.length > 0) {
    return explained(evidence, classes, { blocking, solutions: result.solutions, hash }, lints.beside, right.clean);
  }
  if (stated && stated.steps.length > 0) {
    const mistakes = [...blocking, ...stated.steps].map((step) => explainStep(step, evidence, stated.proven));
    return {
      verdict: 'explained',
      mistakes,
      alternatives: [],
      notes: [...notesOf(evidence, 'explained', mistakes), ...negativeNotes(evidence, result, hash, budget)],
    };
  }
  return unexplained(evidence, blocking, hash, result, budget, stated?.note);
}

interface Lints {
  /** What alone is enough for a refusal. */
  readonly blocking: readonly Step[];
  /** What is worth a note. */
  readonly beside: readonly Step[];
}

const besideIds: ReadonlySet<MistakeId> = new Set(['date/clock-skew']);
/** Judged by the content-hash search, which finds the body that belongs to the hash. */
const searchedIds: ReadonlySet<MistakeId> = new Set(['content-hash/mismatch']);

function lint(evidence: Evidence, classes: readonly MistakeClass[]): Lints {
  const blocking: Step[] = [];
  const beside: Step[] = [];
  for (const mistake of classes) {
    if (searchedIds.has(mistake.id)) continue;
    const finding = mistake.lint?.(evidence);
    if (finding) (besideIds.has(mistake.id) ? beside : blocking).push({ mistake, ...finding });
  }
  const keyId = namedOtherKey(evidence, classes);
  return { blocking: keyId ? [...blocking, keyId] : blocking, beside };
}

/** The request names another key than the one it is judged by. */
function namedOtherKey(evidence: Evidence, classes: readonly MistakeClass[]): Step | undefined {
  const named = evidence.authorization?.fields.keyId;
  const own = evidence.credential.keyId;
  const mistake = classOf('key/other', classes);
  if (!mistake || named === undefined || own === undefined || named === own) return undefined;
  if (!evidence.scheme.authorization.template.includes('{keyId}')) return undefined;
  return {
    mistake,
    detail: `the request names the key "${named}", and the secret given belongs to "${own}"`,
    part: 'authorization',
    yours: named,
    expected: own,
  };
}

function withoutSignature(evidence: Evidence, lints: Lints): Judgement {
  const other = lints.blocking.filter(({ mistake }) => mistake.id === 'scheme/other');
  if (other.length > 0) {
    const mistakes = other.map((step) => explainStep(step, evidence, false));
    return { verdict: 'explained', mistakes, alternatives: [], notes: notesOf(evidence, 'explained', mistakes) };
  }
  const mistakes = lints.blocking.map((step) => explainStep(step, evidence, false));
  const { header, template } = evidence.scheme.authorization;
  const summary = `The request carries no signature: no ${header} header that resembles "${template}".`;
  return { verdict: 'malformed', mistakes, alternatives: [], notes: [{ id: 'header/authorization-syntax', summary }] };
}

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
  const combine = (solution: Solution | undefined): Mistake[] => {
    const own = solution ? [...solution.steps, ...writtenSteps(solution.reading, evidence, classes)] : [];
    return combined(blocking, own).map((step) => explainStep(step, evidence, true));
  };
  let mistakes = combine(solutions[0]);
  const alternatives: Mistake[][] = [];
  const seen = new Set([keyOf(mistakes)]);
  for (const solution of solutions.slice(1)) {
    const alternative = combine(solution);
    if (seen.has(keyOf(alternative))) continue;
    seen.add(keyOf(alternative));
    alternatives.push(alternative);
  }
  for (const tie of hash?.ties ?? []) {
    const alternative = [
      ...mistakes.filter(({ id }) => !hash?.steps.some(({ mistake }) => mistake.id === id)),
      ...tie.map((step) => explainStep(step, evidence, true)),
    ];
    if (!seen.has(keyOf(alternative))) alternatives.push(alternative);
    seen.add(keyOf(alternative));
  }
  const skew = beside
    .filter(({ mistake }) => mistake.id === 'date/clock-skew')
    .map((step) => explainStep(step, evidence, true));
  const verdict: Verdict = mistakes.length > 0 ? 'explained' : 'valid';
  const notes: DiagnosisNote[] = [];
  if (verdict === 'valid') mistakes = skew;
  else
    notes.push(
      ...skew.map(({ id, summary }) => ({ id, summary: summary.replace('The signature is CORRECT; ', 'Besides, ') })),
    );
  if (!cleanKey) notes.push(uncleanKey(evidence));
  notes.push(...notesOf(evidence, verdict, mistakes));
  return { verdict, mistakes, alternatives: alternatives.slice(0, 8), notes };
}

/**
 * What the search proved takes the place of a lint's finding of the same kind, except where the lint says it better. A
 * header that was not sent cannot have been changed: what the search found for it is only how it was proved.
 */
function combined(blocking: readonly Step[], own: readonly Step[]): Step[] {
  const kept = new Set<MistakeId>(['header/signed-set', 'header/authorization-syntax']);
  const unsent = blocking.some(({ mistake }) => mistake.id === 'header/signed-set');
  const proofs = own.filter(({ mistake, part, expected }) => {
    if (unsent && expected.length === 0 && part !== 'body' && part !== 'signature') return false;
    return !(kept.has(mistake.id) && blocking.some((step) => step.mistake === mistake));
  });
  const covered = (step: Step): boolean =>
    proofs.some(
      ({ mistake, part }) => mistake === step.mistake && (mistake.id !== 'template/unresolved' || part === step.part),
    );
  return [...blocking.filter((step) => !covered(step)), ...proofs];
}

function keyOf(mistakes: readonly Mistake[]): string {
  return mistakes
    .map(({ id, at }) => `${id}@${at.part}`)
    .toSorted()
    .join();
}

/** Steps for a signature that is written in another encoding, made with another function, or cut. */
function writtenSteps(reading: DigestReading, evidence: Evidence, classes: readonly MistakeClass[]): Step[] {
  const { scheme, authorization, options } = evidence;
  const { mac } = scheme;
  const received = authorization?.fields.signature ?? '';
  const steps: Step[] = [];
  const expected = (): string => {
    if (reading.extent !== 'whole' || reading.algorithm !== mac.algorithm) return `${mac.algorithm} in ${mac.encoding}`;
    const text = encodeBytes(fromBase64(reading.base64), mac.encoding);
    return options.revealExpected ? text : `${text.slice(0, 6)}…`;
  };
  const add = (id: MistakeId, detail: string): void => {
    const mistake = classOf(id, classes);
    if (mistake) steps.push({ mistake, detail, part: 'signature', yours: received, expected: expected() });
  };
  if (reading.extent !== 'whole') {
    add(
      'header/authorization-syntax',
      reading.extent === 'start'
        ? `the signature is cut after ${received.length} characters`
        : `the beginning of the signature is cut off (${received.length} characters are left)`,
    );
  } else if (reading.encoding !== mac.encoding) {
    add('digest/encoding', reading.encoding === 'hex' ? 'hexadecimal' : reading.encoding);
  }
  if (reading.algorithm !== mac.algorithm) add('digest/algorithm', reading.algorithm);
  return steps;
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** One of the library's other schemes accepts the request. */
function otherScheme(evidence: Evidence, classes: readonly MistakeClass[]): Step | undefined {
  const { options, credential, message, scheme } = evidence;
  const mistake = classOf('scheme/other', classes);
  for (const other of options.otherSchemes ?? []) {
    if (other.id === scheme.id || !mistake) continue;
    try {
      const secret =
        typeof credential.secret === 'string'
          ? new Secret(credential.secret, other.key.encoding)
          : new Secret(secretText(credential.secret), other.key.encoding);
      const keyId = evidence.credential.keyId;
      const result = verify(other, { secret, ...(keyId !== undefined && { keyId }) }, message, {
        tolerate: 'all',
        toleranceSeconds: Number.MAX_SAFE_INTEGER,
      });
      if (result.ok)
        return {
          mistake,
          detail: `it verifies as ${other.title} (${other.id}), and was judged as ${scheme.title} (${scheme.id})`,
          part: 'authorization',
          yours: other.id,
          expected: scheme.id,
        };
    } catch {
      // The secret is none of that scheme's.
    }
  }
  return undefined;
}

function unexplained(
  evidence: Evidence,
  blocking: readonly Step[],
  hash: ContentHashResult | undefined,
  result: SearchResult,
  budget: SearchBudget,
  stated: DiagnosisNote | undefined,
): Judgement {
  const hashSteps = new Set(hash?.state === 'explained' ? hash.steps : []);
  const mistakes = blocking.map((step) => explainStep(step, evidence, hashSteps.has(step)));
  const notes = [
    ...(stated ? [stated] : []),
    ...negativeNotes(evidence, result, hash, budget),
    ...notesOf(evidence, 'unexplained', mistakes),
  ];
  return { verdict: 'unexplained', mistakes, alternatives: [], notes };
}

/** What is left when nothing fits: how much was tried, which stages were fine, what the key looks like. */
function negativeNotes(
  evidence: Evidence,
  result: SearchResult,
  hash: ContentHashResult | undefined,
  budget: SearchBudget,
): DiagnosisNote[] {
  const { scheme, credential } = evidence;
  const notes: DiagnosisNote[] = [
    {
      id: 'search',
      summary: `${budget.tried} candidate signatures were computed and none is the received one${result.exhausted ? '; the budget ended the search, so a larger one may find more' : ''}. What is left is usually another key.`,
    },
  ];
  if (hash?.state === 'right')
    notes.push({ id: 'content-hash', summary: 'The content hash is right, so the body is not the fault.' });
  const text = secretText(credential.secret);
  const shape = rightKey(evidence);
  notes.push({
    id: 'key/other',
    summary: `The key given: ${keyFingerprint(text)}; ${shape.bytes.length} bytes as ${scheme.id} reads it. Compare with the key that the signer has, and name further keys if there are any.`,
  });
  if (!shape.clean) notes.push(uncleanKey(evidence));
  return notes;
}

function uncleanKey({ scheme, credential }: Evidence): DiagnosisNote {
  return {
    id: 'key/stray-characters',
    summary: `The secret given is no clean ${scheme.key.encoding} (${keyFingerprint(secretText(credential.secret))}); what sticks to it was taken off.`,
  };
}

function notesOf(evidence: Evidence, verdict: Verdict, mistakes: readonly Mistake[]): DiagnosisNote[] {
  const notes: DiagnosisNote[] = [];
  const { message, date, scheme } = evidence;
  for (const name of scheme.date?.headers ?? []) {
    const other = message.headers.find(([header]) => header.toLowerCase() === name)?.[1];
    if (date && name !== date.header && other !== undefined && other !== date.text) {
      notes.push({
        id: 'header/duplicated',
        summary: `${name} says "${other}", and the date that counts is "${date.text}" in ${date.header}.`,
      });
    }
  }
  for (const { id, note } of noteCatalog) {
    const summary = note({ evidence, verdict, mistakes });
    if (summary !== undefined) notes.push({ id, summary });
  }
  return notes;
}

/** The last line of defence: whatever the wording did, no secret's text leaves. */
function redactor(credential: DiagnosisCredential, options: DiagnoseOptions): (diagnosis: Diagnosis) => Diagnosis {
  const secrets = [credential, ...(options.alsoSecrets ?? [])]
    .map(({ secret }) => secretText(secret))
    .filter((text) => text.trim().length >= 8);
  const clean = (text: string): string =>
    secrets.reduce((shown, secret) => shown.replaceAll(secret, '[key]').replaceAll(secret.trim(), '[key]'), text);
  const mistake = (one: Mistake): Mistake => ({
    ...one,
    summary: clean(one.summary),
    yours: clean(one.yours),
    expected: clean(one.expected),
  });
  return (diagnosis) => ({
    ...diagnosis,
    mistakes: diagnosis.mistakes.map(mistake),
    alternatives: diagnosis.alternatives.map((mistakes) => mistakes.map(mistake)),
    notes: diagnosis.notes.map(({ id, summary }) => ({ id, summary: clean(summary) })),
  });
}
