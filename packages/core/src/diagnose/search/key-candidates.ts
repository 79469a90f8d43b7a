import { prepareMac } from '#digest';
import type { HashAlgorithm, Mac } from '../../digest/algorithms.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { RightKey } from '../reading/right-key.ts';
import type { MistakeClass, Step } from './mistake-class.ts';

/** A key and the computation it goes into. */
export interface KeyCandidate {
  readonly cost: number;
  readonly steps: readonly Step[];
  /** Other stories that give the very same bytes; they may be looked for when they are asked for. */
  readonly ties: readonly (readonly Step[])[];
  /** The key itself; absent where another computation stands in HMAC's place. */
  readonly bytes?: Uint8Array;
  mac(algorithm: HashAlgorithm): Pick<Mac, 'text'>;
}

/** The right key, as a candidate among the others. */
export function rightCandidate(right: RightKey): KeyCandidate {
  return { cost: 0, steps: [], ties: [], bytes: right.bytes, mac: macWith(right, right.bytes) };
}

/** What the scheme computes with a key that stands in the right one's place; prepared once, when it is first asked for. */
export function macWith(
  { isSuffix, derive }: Pick<RightKey, 'isSuffix' | 'derive'>,
  bytes: Uint8Array,
): KeyCandidate['mac'] {
  const macs: Partial<Record<HashAlgorithm, Mac>> = {};
  const prepare = (algorithm: HashAlgorithm): Mac =>
    derive?.(bytes, algorithm) ?? prepareMac(isSuffix && algorithm === 'md5' ? 'md5-suffix' : algorithm, bytes);
  return (algorithm) => (macs[algorithm] ??= prepare(algorithm));
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
