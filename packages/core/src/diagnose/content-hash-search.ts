import { hash } from '#digest';
import { encodeBase64, encodeBytes } from '../canonical/byte-encoding.ts';
import type { HashAlgorithm } from '../digest/algorithms.ts';
import { bodyCandidates, bodyPairs, classOf, type BodyCandidate, type Step } from './candidates.ts';
import { digestSpellings } from './digest-spellings.ts';
import type { Evidence } from './evidence.ts';
import type { MistakeClass } from './mistake-class.ts';
import { digestReadings, type DigestReading } from './received-signature.ts';
import type { SearchBudget } from './search-budget.ts';

/** What is known of the content hash that the request carries. */
export interface ContentHashResult {
  /** `right`, `explained` by its steps, or `mismatch`: of no body that was found. */
  readonly state: 'right' | 'explained' | 'mismatch';
  readonly steps: readonly Step[];
  readonly ties: readonly (readonly Step[])[];
}

/** Examines the hash that the request carries, on its own: no key is needed, and it tells a body fault from all others. */
export function searchContentHash(
  evidence: Evidence,
  classes: readonly MistakeClass[],
  budget: SearchBudget,
): ContentHashResult | undefined {
  const { scheme, contentHash } = evidence;
  const rule = scheme.contentHash;
  if (!rule || contentHash?.sent === undefined || contentHash.computed === undefined) return undefined;
  const { sent, computed } = contentHash;
  if (sent === computed) return { state: 'right', steps: [], ties: [] };
  const slot = evidence.layout.find(({ source }) => source.from === 'content-hash');
  const part = slot?.name ?? 'content-hash';

  for (const id of ['content-hash/encoding', 'content-hash/algorithm'] as const) {
    const mistake = classOf(id, classes);
    const values = mistake && slot ? mistake.values?.({ ...slot, value: computed }, evidence) : undefined;
    for (const { value, detail } of values ?? []) {
      if (mistake && value === sent)
        return { state: 'explained', steps: [{ mistake, detail, part, yours: sent, expected: computed }], ties: [] };
    }
  }
  const readings = digestReadings(sent, rule.algorithm, rule.encoding).filter(({ extent }) => extent === 'whole');
  const found = searchBodies(evidence, classes, readings, budget);
  if (found) {
    const written = writtenSteps(found.reading, evidence, classes, part);
    return {
      state: 'explained',
      steps: [...found.body.steps, ...written],
      ties: found.body.ties.map((tie) => [...tie, ...written]),
    };
  }
  const mistake = classOf('content-hash/mismatch', classes);
  const finding = mistake?.lint?.(evidence);
  return { state: 'mismatch', steps: mistake && finding ? [{ mistake, ...finding, part }] : [], ties: [] };
}

function searchBodies(
  evidence: Evidence,
  classes: readonly MistakeClass[],
  readings: readonly DigestReading[],
  budget: SearchBudget,
): { body: BodyCandidate; reading: DigestReading } | undefined {
  if (readings.length === 0 || !evidence.body) return undefined;
  const algorithms = [...new Set(readings.map(({ algorithm }) => algorithm))];
  const test = (body: BodyCandidate): { body: BodyCandidate; reading: DigestReading } | undefined => {
    for (const algorithm of algorithms) {
      const digest = encodeBase64(hash(algorithm, body.body));
      const reading = readings.find((one) => one.algorithm === algorithm && one.base64 === digest);
      if (reading) return { body, reading };
    }
    return undefined;
  };
  const bodies = bodyCandidates(evidence, classes);
  for (const body of bodies) {
    const found = test(body);
    if (found) return found;
    if (!budget.check()) return undefined;
  }
  let count = 0;
  for (const body of bodyPairs(bodies, evidence, classes)) {
    const found = test(body);
    if (found) return found;
    // A fifth of what the default budget can compute: the MAC has to be searched as well.
    if (++count > 100_000 || ((count & 63) === 0 && !budget.check())) return undefined;
  }
  return undefined;
}

/** Steps for a hash that is written otherwise or made with another function. */
function writtenSteps(
  reading: DigestReading,
  { scheme, contentHash }: Evidence,
  classes: readonly MistakeClass[],
  part: string,
): Step[] {
  const rule = scheme.contentHash;
  const steps: Step[] = [];
  const add = (id: 'content-hash/encoding' | 'content-hash/algorithm', detail: string): void => {
    const mistake = classOf(id, classes);
    if (mistake)
      steps.push({ mistake, detail, part, yours: contentHash?.sent ?? '', expected: contentHash?.computed ?? '' });
  };
  if (reading.encoding !== rule?.encoding)
    add('content-hash/encoding', reading.encoding === 'hex' ? 'hexadecimal' : reading.encoding);
  if (reading.algorithm !== rule?.algorithm) add('content-hash/algorithm', reading.algorithm);
  return steps;
}

const otherAlgorithms: readonly HashAlgorithm[] = ['sha256', 'md5', 'sha1', 'sha512'];

/** The hashes of another body as they may stand in the string to sign; with no classes, only the one by the rule. */
export function hashesOf(
  body: BodyCandidate,
  { scheme, contentHash }: Evidence,
  classes: readonly MistakeClass[],
): { value: string; steps: Step[] }[] {
  const rule = scheme.contentHash;
  if (!rule) return [];
  if (classes.length === 0) return [{ value: encodeBytes(hash(rule.algorithm, body.body), rule.encoding), steps: [] }];
  const hashes: { value: string; steps: Step[] }[] = [];
  const encoding = classOf('content-hash/encoding', classes);
  const algorithms = classOf('content-hash/algorithm', classes);
  const step = (mistake: MistakeClass, detail: string, value: string): Step => ({
    mistake,
    detail,
    part: 'content-hash',
    yours: value,
    expected: contentHash?.computed ?? '',
  });
  const own = rule.encoding === 'hex' ? 'hexadecimal' : 'base64';
  for (const algorithm of otherAlgorithms) {
    for (const { label, text } of digestSpellings(hash(algorithm, body.body)).slice(0, 9)) {
      const steps: Step[] = [];
      if (label !== own && encoding) steps.push(step(encoding, label, text));
      if (algorithm !== rule.algorithm && algorithms) steps.push(step(algorithms, algorithm, text));
      // Two departures of the hash on top of one of the body are three mistakes.
      if (steps.length === 1) hashes.push({ value: text, steps });
    }
  }
  return hashes;
}
