import type { HashAlgorithm, Mac } from '../digest/algorithms.ts';
import type { Mends, MistakeId } from './diagnosis.ts';
import type { Evidence } from './evidence.ts';
import type { Layout, Slot } from './layout.ts';

/** A hypothesis about what the signer did differently. */
export interface Move {
  /** What was done, as a noun phrase or clause that the class's wording takes in. */
  readonly detail: string;
  /** How far-fetched it is: 1 seen often, 2 seen, 3 plausible, 4 and more tried alone only. */
  readonly cost: number;
}

/** Another value of one part. */
export interface ValueMove extends Move {
  readonly value: string | Uint8Array;
}

/** Another body under the hash, or in the string to sign where the body itself is signed. */
export interface BodyMove extends Move {
  readonly body: string | Uint8Array;
}

/** The parts put together differently. */
export interface LayoutMove extends Move {
  readonly layout: Layout;
  /** A change of the joined string's bytes, for what concerns all of it (its charset). */
  readonly encode?: (text: string) => Uint8Array;
}

/** Another text in the key's place; how it stands for bytes is `key/encoding`'s affair. */
export interface KeyTextMove extends Move {
  readonly text: string;
  /** The text is no key of this kind at all, so that taking its bytes as they are is no further mistake. */
  readonly noKey?: true;
}

/** Another way to make bytes of a key's text. */
export interface KeyBytesMove extends Move {
  readonly bytes: Uint8Array;
}

/** Another computation in the place of HMAC(key, string). */
export interface ConstructMove extends Move {
  readonly prepare: (key: Uint8Array, algorithm: HashAlgorithm) => Pick<Mac, 'text'>;
}

/** Something seen in the request without computing a signature. */
export interface Finding {
  readonly detail: string;
  readonly part: string;
  readonly yours: string | Uint8Array;
  readonly expected: string | Uint8Array;
}

/** What a sentence may name: both values, readable and short. */
export interface Wording {
  readonly part: string;
  readonly yours: string;
  readonly expected: string;
  readonly evidence: Evidence;
}

/**
 * A class of mistake: what to look at, what to try, how to say it and how to mend it. A class fills in the axes on which
 * it moves; `matrix.ts` says which schemes it can hit.
 */
export interface MistakeClass {
  readonly id: MistakeId;
  /** Seen in the request itself; needs no secret. */
  readonly lint?: (evidence: Evidence) => Finding | undefined;
  /** Other values of one part of the string to sign. */
  readonly values?: (slot: Slot, evidence: Evidence) => Iterable<ValueMove>;
  /**
   * Other bodies, the likelier first. The next one is only asked for when the budget has room for one of the length that
   * was sent; a class that does more between two of them than to make one asks `evidence.budget` itself.
   */
  readonly bodies?: (body: Uint8Array, text: string | undefined, evidence: Evidence) => Iterable<BodyMove>;
  /** Its bodies are shorter than the one that was sent, or it asks the budget itself before each long one. */
  readonly bodiesAreShort?: true;
  readonly layouts?: (layout: Layout, evidence: Evidence) => Iterable<LayoutMove>;
  readonly keyTexts?: (text: string, evidence: Evidence) => Iterable<KeyTextMove>;
  readonly keyBytes?: (text: string, evidence: Evidence) => Iterable<KeyBytesMove>;
  readonly constructs?: (evidence: Evidence) => Iterable<ConstructMove>;
  /** One sentence of fact. */
  readonly say: (detail: string, wording: Wording) => string;
  /** The mend: the same for every scheme, or written from the scheme's own data. */
  readonly mends: Mends | ((evidence: Evidence, detail: string) => Mends);
}

/** A text that does not fit into a sentence is cut there; the whole of it stands beside the sentence. */
export function brief(text: string): string {
  return text.length > 120 ? `${text.slice(0, 80)}…${text.slice(-24)}` : text;
}

const manifoldIds: ReadonlySet<MistakeId> = new Set(['template/unresolved', 'body/reserialized', 'body/part-only']);

/** Whether a class makes so many moves that they are not made for their own sake, only to look for ties. */
export function isManifold({ id }: MistakeClass): boolean {
  return manifoldIds.has(id);
}
