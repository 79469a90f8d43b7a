import { prepareMac } from '#digest';
import { decodeHex } from '../../canonical/byte-encoding.ts';
import type { HashAlgorithm, Mac } from '../../digest/algorithms.ts';
import { speakerOf } from './candidates.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { Detail, MistakeClass, Step } from './mistake-class.ts';
import { decodeLenientBase64 } from '../text/lenient-base64.ts';
import type { RightKey } from '../reading/right-key.ts';
import { secretText } from '../text/secret-text.ts';
import { bytesOf } from '../text/visible.ts';

/** A key and the computation it goes into. */
export interface KeyCandidate {
  readonly cost: number;
  readonly steps: readonly Step[];
  /** The key itself; absent where another computation stands in HMAC's place. */
  readonly bytes?: Uint8Array;
  mac(algorithm: HashAlgorithm): Pick<Mac, 'text'>;
}

/** Every key that may have been used, cheapest first; the right one is not among them. */
export function keyCandidates(right: RightKey, evidence: Evidence, classes: readonly MistakeClass[]): KeyCandidate[] {
  const { scheme } = evidence;
  const found = new Map<string, KeyCandidate>();
  found.set(identity(right.bytes), rightCandidate(right));
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
    const known = found.get(key);
    if (!known || known.cost > cost) found.set(key, keyCandidate(bytes, cost, steps));
  };
  const read = (text: string, cost: number, steps: readonly Step[], all: boolean): void => {
    add(decodeAs(text, scheme.key.encoding), cost, steps);
    const encodingClass = classes.find(({ keyBytes }) => keyBytes);
    for (const move of encodingClass?.keyBytes?.(text, evidence) ?? []) {
      if (encodingClass && (all || move.cost === 1))
        add(move.bytes, cost + move.cost, [...steps, step(encodingClass, move.detail, move.bytes)]);
    }
  };
  read(right.text, 0, [], true);
  const given = secretText(evidence.credential.secret);
  for (const mistake of classes) {
    for (const text of new Set([right.text, given])) {
      for (const move of mistake.keyTexts?.(text, evidence) ?? []) {
        const steps = [step(mistake, move.detail, move.text)];
        if (move.noKey) add(bytesOf(move.text), move.cost, steps);
        read(move.text, move.cost, steps, move.anyReading === true);
      }
    }
  }
  if (given !== right.text) {
    const speaker = speakerOf({ kind: 'key as given' }, evidence, classes);
    if (speaker) read(given, 1, [step(speaker.mistake, speaker.detail, given)], true);
  }
  found.delete(identity(right.bytes));
  return [...found.values()].toSorted((left, right_) => left.cost - right_.cost);
}

function decodeAs(text: string, encoding: Evidence['scheme']['key']['encoding']): Uint8Array {
  if (encoding === 'utf8') return bytesOf(text);
  return encoding === 'base64' ? decodeLenientBase64(text) : (decodeHex(text) ?? bytesOf(text));
}

/** The right key, as a candidate among the others. */
export function rightCandidate(right: RightKey): KeyCandidate {
  return keyCandidate(right.bytes, 0, []);
}

function keyCandidate(bytes: Uint8Array, cost: number, steps: readonly Step[]): KeyCandidate {
  const macs: Partial<Record<HashAlgorithm, Mac>> = {};
  return { cost, steps, bytes, mac: (algorithm) => (macs[algorithm] ??= prepareMac(algorithm, bytes)) };
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
      return { cost, steps: [step], mac: (algorithm) => (macs[algorithm] ??= prepare(key, algorithm)) };
    }),
  );
}

/** Equal bytes, equal text: for a map's key only. */
function identity(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 4096));
}
