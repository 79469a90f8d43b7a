import { bytesOf, decodeHex } from '../../canonical/byte-encoding.ts';
import { hashOf } from '../../digest/algorithms.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { RightKey } from '../reading/right-key.ts';
import { latin1 } from '../text/charsets.ts';
import { decodeLenientBase64 } from '../text/lenient-base64.ts';
import { secretText } from '../text/secret-text.ts';
import { speakerOf } from './candidates.ts';
import { cheapestFirst } from './cheapest-first.ts';
import { hmacIdentity } from './hmac-identity.ts';
import { macWith, type KeyCandidate } from './key-candidates.ts';
import type { Detail, KeyBytesMove, MistakeClass, Step } from './mistake-class.ts';
import { MoveGroup } from './move-group.ts';

/** A text that may have stood in the key's place, with what makes bytes of it. */
interface KeyText {
  readonly text: string;
  readonly cost: number;
  readonly steps: readonly Step[];
  /** It is no key of this kind at all, so that its bytes as they are count as no further mistake. */
  readonly isNoKey: boolean;
  /** Whether it is read in the unusual ways too. */
  readonly anyReading: boolean;
  /** Made when a reading is first asked for. */
  readings?: MoveGroup<KeyBytesMove>;
}

/** One story of how a key came about. */
interface Story {
  readonly bytes: Uint8Array;
  readonly cost: number;
  readonly steps: readonly Step[];
}

/** Stories within some costs, of the first texts (the right key's own is the first of all), and of no more steps. */
interface Wanted {
  readonly above: number;
  readonly upTo: number;
  readonly mostTexts?: number;
  readonly mostSteps?: number;
}

const all = Number.POSITIVE_INFINITY;

/**
 * The keys that may have been used, of usual texts or of rare ones, made as far as a search asks for them: the likely ones
 * are few, and most searches end with them. Equal keys are one candidate, and the right one is not among them.
 */
export class KeysByCost {
  readonly #right: RightKey;
  readonly #evidence: Evidence;
  readonly #classes: readonly MistakeClass[];
  readonly #kind: 'keyTexts' | 'rareKeyTexts';
  readonly #encodingClass: MistakeClass | undefined;
  /** What tells the keys apart that are known, the right one among them. */
  #known: Set<string> | undefined;
  #list: readonly KeyCandidate[] = [];
  #texts: readonly KeyText[] | undefined;
  #madeUpTo = -1;

  constructor(
    right: RightKey,
    evidence: Evidence,
    classes: readonly MistakeClass[],
    kind: 'keyTexts' | 'rareKeyTexts',
  ) {
    this.#right = right;
    this.#evidence = evidence;
    this.#classes = classes;
    this.#kind = kind;
    this.#encodingClass = classes.find(({ keyBytes }) => keyBytes);
  }

  /** How many were made so far. */
  get made(): number {
    return this.#list.length;
  }

  /** Those that cost at most so much, and those made before, cheapest first. */
  upTo(cost: number): readonly KeyCandidate[] {
    if (cost > this.#madeUpTo) {
      this.#make({ above: this.#madeUpTo, upTo: cost });
      this.#madeUpTo = cost;
    }
    return this.#list;
  }

  /** The same, but of those that cost more than others made before only other readings of the right key's own text. */
  readingsUpTo(cost: number): readonly KeyCandidate[] {
    if (cost > this.#madeUpTo) this.#make({ above: this.#madeUpTo, upTo: cost, mostTexts: 1 });
    return this.#list;
  }

  #make(wanted: Wanted): void {
    const stories = cheapestFirst(this.#stories(wanted));
    this.#list = [...this.#list, ...stories.flatMap((story) => this.#candidateOf(story) ?? [])];
  }

  /** The candidate of a key that was not known; of two that HMAC cannot tell apart it is the likelier. */
  #candidateOf(story: Story): KeyCandidate | undefined {
    // What HMAC takes for the right key is the right key.
    this.#known ??= new Set([this.#identityOf(this.#right.bytes)]);
    const { bytes, cost, steps } = story;
    if (this.#known.size === this.#known.add(this.#identityOf(bytes)).size) return undefined;
    const tiesOf = (): KeyCandidate['ties'] => this.#tiesOf(story);
    return {
      cost,
      steps,
      bytes,
      mac: macWith(this.#right, bytes),
      get ties() {
        return tiesOf();
      },
    };
  }

  /** Only HMAC has keys that it cannot tell apart. */
  #identityOf(key: Uint8Array): string {
    const { isSuffix, derive } = this.#right;
    return isSuffix || derive ? latin1(key) : hmacIdentity(hashOf(this.#evidence.scheme.mac.algorithm), key);
  }

  /** The other stories of a key. Those with more mistakes than the best one are stories of nobody, and not made. */
  #tiesOf(best: Story): KeyCandidate['ties'] {
    const told = this.#stories({ above: -1, upTo: all, mostSteps: best.steps.length });
    const same = [...told].filter(({ bytes }) => isSame(bytes, best.bytes));
    return cheapestFirst(same)
      .slice(1)
      .map(({ steps }) => steps);
  }

  *#stories({ above, upTo, mostTexts = all, mostSteps = all }: Wanted): Generator<Story> {
    const { encoding } = this.#evidence.scheme.key;
    for (const one of this.#everyText().slice(0, mostTexts)) {
      const { text, cost, steps, isNoKey } = one;
      if (cost > above && cost <= upTo && steps.length <= mostSteps) {
        if (isNoKey) yield { bytes: bytesOf(text), cost, steps };
        yield { bytes: decodeAs(text, encoding), cost, steps };
      }
      if (steps.length >= mostSteps) continue;
      for (const move of this.#readingsOf(one, above - cost, upTo - cost)) {
        const step = this.#step(this.#encodingClass as MistakeClass, move.detail, move.bytes);
        yield { bytes: move.bytes, cost: cost + move.cost, steps: [...steps, step] };
      }
    }
  }

  /** Other readings of a text within these costs; the usual ones (cost 1) come before all others. */
  #readingsOf(one: KeyText, above: number, upTo: number): readonly KeyBytesMove[] {
    if (upTo < 1 || (above >= 1 && !one.anyReading)) return [];
    const { text } = one;
    const group = (one.readings ??= new MoveGroup(this.#encodingClass?.keyBytes?.(text, this.#evidence) ?? []));
    const made = group.all(one.anyReading && upTo > 1 ? all : 1);
    return made.filter(({ cost }) => cost > above && cost <= upTo);
  }

  #everyText(): readonly KeyText[] {
    return (this.#texts ??= [...this.#textsOf()]);
  }

  *#textsOf(): Generator<KeyText> {
    const { text } = this.#right;
    const isUsual = this.#kind === 'keyTexts';
    const asItIs = { isNoKey: false, anyReading: true };
    if (isUsual) yield { text, cost: 0, steps: [], ...asItIs };
    const given = secretText(this.#evidence.credential.secret);
    for (const mistake of this.#classes) {
      for (const own of new Set([text, given])) {
        for (const move of mistake[this.#kind]?.(own, this.#evidence) ?? []) {
          const steps = [this.#step(mistake, move.detail, move.text)];
          const { noKey = false, anyReading = false } = move;
          yield { text: move.text, cost: move.cost, steps, isNoKey: noKey, anyReading };
        }
      }
    }
    if (given === text || !isUsual) return;
    const speaker = speakerOf({ kind: 'key as given' }, this.#evidence, this.#classes);
    if (!speaker) return;
    yield { text: given, cost: 1, steps: [this.#step(speaker.mistake, speaker.detail, given)], ...asItIs };
  }

  /** Raw key material, which the wording turns into fingerprints: nothing of a key is ever shown. */
  #step(mistake: MistakeClass, detail: Detail, yours: string | Uint8Array): Step {
    return { mistake, detail, part: 'key', yours, expected: this.#right.bytes };
  }
}

function decodeAs(text: string, encoding: Evidence['scheme']['key']['encoding']): Uint8Array {
  if (encoding === 'utf8') return bytesOf(text);
  if (encoding === 'whsec') return decodeLenientBase64(text.replace(/^whsec_/, ''));
  return encoding === 'base64' ? decodeLenientBase64(text) : (decodeHex(text) ?? bytesOf(text));
}

function isSame(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  for (let at = 0; at < right.length; at++) if (left[at] !== right[at]) return false;
  return true;
}
