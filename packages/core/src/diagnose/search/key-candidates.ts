import { prepareMac } from '#digest';
import { bytesOf, decodeHex } from '../../canonical/byte-encoding.ts';
import { hashOf, type HashAlgorithm, type Mac } from '../../digest/algorithms.ts';
import { speakerOf } from './candidates.ts';
import { hmacIdentity } from './hmac-identity.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { Detail, MistakeClass, Step } from './mistake-class.ts';
import { decodeLenientBase64 } from '../text/lenient-base64.ts';
import type { RightKey } from '../reading/right-key.ts';
import { secretText } from '../text/secret-text.ts';

/** A key and the computation it goes into. */
export interface KeyCandidate {
  readonly cost: number;
  readonly steps: readonly Step[];
  /** Other stories that give the very same bytes. */
  readonly ties: readonly (readonly Step[])[];
  /** The key itself; absent where another computation stands in HMAC's place. */
  readonly bytes?: Uint8Array;
  mac(algorithm: HashAlgorithm): Pick<Mac, 'text'>;
}

/** The keys that may have been used, of usual texts or of rare ones, cheapest first; the right one is not among them. */
export function keyCandidates(
  right: RightKey,
  evidence: Evidence,
  classes: readonly MistakeClass[],
  texts: 'keyTexts' | 'rareKeyTexts',
): KeyCandidate[] {
  const { scheme } = evidence;
  const algorithm = hashOf(scheme.mac.algorithm);
  const found = new Map<string, Stories>();
  // Only HMAC has keys that it cannot tell apart.
  const identity = (key: Uint8Array): string =>
    right.isSuffix || right.derive ? String.fromCharCode(...key) : hmacIdentity(algorithm, key);
  const own = identity(right.bytes);
  // Raw key material, which the wording turns into fingerprints: nothing of a key is ever shown.
  const step = (mistake: MistakeClass, detail: Detail, yours: string | Uint8Array): Step => ({
    mistake,
    detail,
    part: 'key',
    yours,
    expected: right.bytes,
  });
  const add = (bytes: Uint8Array, cost: number, steps: readonly Step[]): void => {
    const key = identity(bytes);
    // What HMAC takes for the right key is the right key.
    if (key === own) return;
    const known = found.get(key);
    if (known && isSame(known.bytes, bytes)) known.told.push({ cost, steps });
    else if (!known || lowestCost(known) > cost) found.set(key, { bytes, told: [{ cost, steps }] });
  };
  const read = (text: string, cost: number, steps: readonly Step[], all: boolean): void => {
    add(decodeAs(text, scheme.key.encoding), cost, steps);
    const encodingClass = classes.find(({ keyBytes }) => keyBytes);
    for (const move of encodingClass?.keyBytes?.(text, evidence) ?? []) {
      if (!all && move.cost > 1) break;
      if (encodingClass) add(move.bytes, cost + move.cost, [...steps, step(encodingClass, move.detail, move.bytes)]);
    }
  };
  if (texts === 'keyTexts') read(right.text, 0, [], true);
  const given = secretText(evidence.credential.secret);
  for (const mistake of classes) {
    for (const text of new Set([right.text, given])) {
      for (const move of mistake[texts]?.(text, evidence) ?? []) {
        const steps = [step(mistake, move.detail, move.text)];
        if (move.noKey) add(bytesOf(move.text), move.cost, steps);
        read(move.text, move.cost, steps, move.anyReading === true);
      }
    }
  }
  if (given !== right.text && texts === 'keyTexts') {
    const speaker = speakerOf({ kind: 'key as given' }, evidence, classes);
    if (speaker) read(given, 1, [step(speaker.mistake, speaker.detail, given)], true);
  }
  return [...found.values()]
    .map((stories) => likeliestFirst(stories, right))
    .toSorted((left, right_) => left.cost - right_.cost);
}

/** The stories of one key, as they were thought of. */
interface Stories {
  readonly bytes: Uint8Array;
  readonly told: { readonly cost: number; readonly steps: readonly Step[] }[];
}

function lowestCost({ told }: Stories): number {
  return Math.min(...told.map(({ cost }) => cost));
}

/** One candidate for all stories of a key. Those with more mistakes than the best one are stories of nobody. */
function likeliestFirst({ bytes, told }: Stories, { isSuffix, derive }: RightKey): KeyCandidate {
  const sorted = told.toSorted((left, right) => left.cost - right.cost);
  const [{ cost, steps }, ...others] = sorted as [Stories['told'][number], ...Stories['told']];
  const ties = others.map((other) => other.steps).filter((other) => other.length <= steps.length);
  return keyCandidate({ bytes, isSuffix, derive }, cost, steps, ties);
}

function decodeAs(text: string, encoding: Evidence['scheme']['key']['encoding']): Uint8Array {
  if (encoding === 'utf8') return bytesOf(text);
  if (encoding === 'whsec') return decodeLenientBase64(text.replace(/^whsec_/, ''));
  return encoding === 'base64' ? decodeLenientBase64(text) : (decodeHex(text) ?? bytesOf(text));
}

/** The right key, as a candidate among the others. */
export function rightCandidate(right: RightKey): KeyCandidate {
  return keyCandidate(right, 0, [], []);
}

function keyCandidate(
  { bytes, isSuffix, derive }: Pick<RightKey, 'bytes' | 'isSuffix' | 'derive'>,
  cost: number,
  steps: readonly Step[],
  ties: KeyCandidate['ties'],
): KeyCandidate {
  const macs: Partial<Record<HashAlgorithm, Mac>> = {};
  const prepare = (algorithm: HashAlgorithm): Mac =>
    derive?.(bytes, algorithm) ?? prepareMac(isSuffix && algorithm === 'md5' ? 'md5-suffix' : algorithm, bytes);
  return { cost, steps, ties, bytes, mac: (algorithm) => (macs[algorithm] ??= prepare(algorithm)) };
}

/** Other computations with a key, in the place of HMAC. */
export function constructCandidates(
  key: Uint8Array,
  evidence: Evidence,
  classes: readonly MistakeClass[],
): KeyCandidate[] {
  return classes.flatMap((mistake) =>
    [...(mistake.constructs?.(evidence) ?? [])].map(({ cost, detail, prepare }): KeyCandidate => {
      const step: Step = { mistake, detail, part: 'signature', yours: '', expected: '' };
      const macs: Partial<Record<HashAlgorithm, Pick<Mac, 'text'>>> = {};
      return { cost, steps: [step], ties: [], mac: (algorithm) => (macs[algorithm] ??= prepare(key, algorithm)) };
    }),
  );
}

function isSame(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && left.every((byte, at) => byte === right[at]);
}
