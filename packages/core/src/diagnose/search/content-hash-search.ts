import { hash, hashText } from '#digest';
import { encodeBytes } from '../../canonical/byte-encoding.ts';
import type { HashAlgorithm } from '../../digest/algorithms.ts';
import type { BodyCandidate, BodyGroups } from './body-groups.ts';
import { isLost } from '../reading/body-origin.ts';
import { speakersOf } from './candidates.ts';
import { digestSpellings } from '../text/digest-spellings.ts';
import { printedSpellings } from '../text/printed-digest.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { MistakeClass, Step } from './mistake-class.ts';
import { digestReadings, type DigestReading } from '../reading/received-signature.ts';
import { sameBytesKey } from '../text/visible.ts';

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
  bodies: BodyGroups,
): ContentHashResult | undefined {
  const { scheme, contentHash } = evidence;
  const rule = scheme.contentHash;
  if (!rule || contentHash?.sent === undefined || contentHash.computed === undefined) return undefined;
  const { sent, computed } = contentHash;
  if (sent === computed) return { state: 'right', steps: [], ties: [] };
  const slot = evidence.layout.find(({ source }) => source.from === 'content-hash');
  const part = slot?.name ?? 'content-hash';

  for (const mistake of classes.filter(({ writesHash }) => writesHash)) {
    const values = slot ? mistake.values?.({ ...slot, value: computed }, evidence) : undefined;
    for (const { value, detail } of values ?? []) {
      if (value === sent)
        return { state: 'explained', steps: [{ mistake, detail, part, yours: sent, expected: computed }], ties: [] };
    }
  }
  const readings = digestReadings(sent, rule.algorithm, rule.encoding).filter(({ extent }) => extent === 'whole');
  const found = searchBodies(evidence, bodies, readings);
  if (found) {
    const written = writtenSteps(found.reading, evidence, classes, { part, yours: sent, expected: computed });
    return {
      state: 'explained',
      steps: [...found.body.steps, ...written],
      ties: found.ties.map((tie) => [...tie, ...written]),
    };
  }
  // The body of the hash may be the one that an edited file lost.
  if (isLost(evidence.origin, evidence.bodyText)) return { state: 'mismatch', steps: [], ties: [] };
  const mistake = classes.find(({ finding }) => finding === 'no body');
  const finding = mistake?.lint?.(evidence);
  return {
    state: 'mismatch',
    steps: mistake && finding ? [{ mistake, ...finding, part, certainty: 'certain' }] : [],
    ties: [],
  };
}

interface FoundBody {
  readonly body: BodyCandidate;
  readonly reading: DigestReading;
  readonly ties: readonly (readonly Step[])[];
}

/** Body moves against the hash alone: usual ones of every class, then far-fetched ones, then two at once. */
function searchBodies(
  evidence: Evidence,
  bodies: BodyGroups,
  readings: readonly DigestReading[],
): FoundBody | undefined {
  if (readings.length === 0 || !evidence.body) return undefined;
  const { budget } = evidence;
  const algorithms = [...new Set(readings.map(({ algorithm }) => algorithm))];
  const fits = (body: string | Uint8Array): DigestReading | undefined => {
    for (const algorithm of algorithms) {
      if (!budget.hashBody(body.length)) return undefined;
      const digest = hashText(algorithm, body, 'base64');
      const reading = readings.find((one) => one.algorithm === algorithm && one.base64 === digest);
      if (reading) return reading;
    }
    return undefined;
  };
  const exact = fits(evidence.body);
  if (exact) return { body: { body: evidence.body, cost: 0, steps: [] }, reading: exact, ties: [] };
  for (const { cost, atMost = all, early = false, late = true } of bodyPasses) {
    for (const mistake of bodies.classes) {
      if (early && mistake.phase !== 'early') continue;
      if (!late && mistake.phase === 'late') continue;
      for (const body of bodies.next(mistake, cost, atMost)) {
        const reading = fits(body.body);
        if (reading) return { body, reading, ties: tiesOf(body, bodies, evidence) };
      }
    }
  }
  let count = 0;
  for (const body of bodies.pairs()) {
    const reading = fits(body.body);
    if (reading) return { body, reading, ties: [] };
    // The MAC has to be searched as well.
    if (++count > pairLimit || budget.spent) return undefined;
  }
  return undefined;
}

const all = Number.POSITIVE_INFINITY;
/** What is cheap to make, then of each class what is seen most, then the rest by its cost. */
const bodyPasses: readonly {
  readonly cost: number;
  readonly atMost?: number;
  readonly early?: true;
  readonly late?: false;
}[] = [
  { cost: all, early: true },
  { cost: 1, atMost: 6 },
  { cost: 1 },
  { cost: 2 },
  { cost: all, late: false },
  { cost: all },
];

const pairLimit = 50_000;

/** Other classes that make the same bytes. */
function tiesOf(found: BodyCandidate, bodies: BodyGroups, { isLong }: Evidence): (readonly Step[])[] {
  const key = sameBytesKey(found.body);
  return bodies.classes
    .filter((mistake) => found.steps.every((step) => step.mistake !== mistake))
    .flatMap((mistake) =>
      (isLong || mistake.manifold ? bodies.made(mistake) : bodies.all(mistake)).filter(
        ({ body }) => sameBytesKey(body) === key,
      ),
    )
    .map(({ steps }) => steps);
}

/** Steps for a hash that is written otherwise or made with another function. */
function writtenSteps(
  reading: Pick<DigestReading, 'algorithm' | 'encoding'>,
  evidence: Evidence,
  classes: readonly MistakeClass[],
  place: Omit<Step, 'mistake' | 'detail'>,
): Step[] {
  return speakersOf({ kind: 'content hash', reading }, evidence, classes).map((speaker) => ({ ...speaker, ...place }));
}

const otherAlgorithms: readonly HashAlgorithm[] = ['sha256', 'md5', 'sha1', 'sha512'];

/** The hashes of another body as they may stand in the string to sign; with no classes, only the one by the rule. */
export function writtenHashes(
  body: BodyCandidate,
  evidence: Evidence,
  classes: readonly MistakeClass[],
): { value: string; steps: Step[] }[] {
  const { scheme, contentHash } = evidence;
  const rule = scheme.contentHash;
  if (!rule) return [];
  if (classes.length === 0) return [{ value: encodeBytes(hash(rule.algorithm, body.body), rule.encoding), steps: [] }];
  const hashes: { value: string; steps: Step[] }[] = [];
  const expected = contentHash?.computed ?? '';
  for (const algorithm of otherAlgorithms) {
    for (const { label, text } of digestSpellings(hash(algorithm, body.body)).slice(0, 9)) {
      const encoding = label === 'hexadecimal' ? 'hex' : label;
      const place = { part: 'content-hash', yours: text, expected };
      const steps = writtenSteps({ algorithm, encoding }, evidence, classes, place);
      // Two departures of the hash on top of one of the body are three mistakes.
      if (steps.length === 1) hashes.push({ value: text, steps });
    }
  }
  // Of a pipeline that adds a newline to the body and hands on what a tool printed.
  for (const { label, text } of printedSpellings(hash(rule.algorithm, body.body), rule.algorithm, 'usual')) {
    const place = { part: 'content-hash', yours: text, expected };
    hashes.push({
      value: text,
      steps: writtenSteps({ algorithm: rule.algorithm, encoding: label }, evidence, classes, place),
    });
  }
  return hashes;
}
