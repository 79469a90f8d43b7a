import type { HashAlgorithm, Mac } from '../../digest/algorithms.ts';
import type { Departure } from './departure.ts';
import type { Certainty, Fixes, MistakeId } from '../diagnosis.ts';
import type { Client } from '../reading/client.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { Layout, Slot } from '../reading/layout.ts';
import type { Requirement } from './matrix.ts';
import type { DigestReading } from '../reading/received-signature.ts';
import type { RightKey } from '../reading/right-key.ts';
import type { DamagedText } from '../text/damaged-text.ts';

/**
 * What was done, as a kind with its values. Each class has its own kinds; nobody but its `say`, `sayBeside` and `fixes`
 * puts them into words, and no code reads those.
 */
export interface Detail {
  readonly kind: string;
}

/** A hypothesis about what the signer did differently. */
export interface Move<Of extends Detail = Detail> {
  readonly detail: Of;
  /** How far-fetched it is: 1 seen often, 2 seen, 3 plausible, 4 and more tried alone only. */
  readonly cost: number;
}

/** Another value of one part. */
export interface ValueMove<Of extends Detail = Detail> extends Move<Of> {
  readonly value: string | Uint8Array;
}

/** Another body under the hash, or in the string to sign where the body itself is signed. */
export interface BodyMove<Of extends Detail = Detail> extends Move<Of> {
  readonly body: string | Uint8Array;
}

/** The parts put together differently. */
export interface LayoutMove<Of extends Detail = Detail> extends Move<Of> {
  readonly layout: Layout;
  /** A change of the joined string's bytes, for what concerns all of it (its charset). */
  readonly encode?: (text: string) => Uint8Array;
}

/** Another text in the key's place; how it stands for bytes is `key/encoding`'s affair. */
export interface KeyTextMove<Of extends Detail = Detail> extends Move<Of> {
  readonly text: string;
  /** The text is no key of this kind at all, so that taking its bytes as they are is no further mistake. */
  readonly noKey?: true;
  /** So likely a key that it is read in the unusual ways too. */
  readonly anyReading?: true;
}

/** Another way to make bytes of a key's text. */
export interface KeyBytesMove<Of extends Detail = Detail> extends Move<Of> {
  readonly bytes: Uint8Array;
}

/** Another computation in the place of HMAC(key, string). */
export interface ConstructMove<Of extends Detail = Detail> extends Move<Of> {
  readonly prepare: (key: Uint8Array, algorithm: HashAlgorithm) => Pick<Mac, 'text'>;
}

/** Something seen in the request without computing a signature. */
export interface Finding<Of extends Detail = Detail> {
  readonly detail: Of;
  readonly part: string;
  readonly yours: string | Uint8Array;
  readonly expected: string | Uint8Array;
  /** How sure it is where it is found in another way than by a lint. */
  readonly certainty?: Exclude<Certainty, 'proven'>;
  /** It is the whole answer, though what the class's lint finds is not in general: nothing else is looked at. */
  readonly isAlone?: true;
}

/** One mistake of an explanation, before it is worded. */
export interface Step {
  readonly mistake: MistakeClass;
  readonly detail: Detail;
  /** The part of the string to sign, or `key`, `body`, `signature`, `authorization`, `string-to-sign`. */
  readonly part: string;
  readonly yours: string | Uint8Array;
  readonly expected: string | Uint8Array;
  /** How sure it is where no value was recomputed under it and found equal; else it is proven. */
  readonly certainty?: Exclude<Certainty, 'proven'>;
  /** Where the two part, when one of them is not shown whole; else their first difference. */
  readonly offset?: number;
  /** Found by a lint, and the whole answer. */
  readonly isAlone?: true;
}

/** What a sentence may name: both values, readable and short, and byte for byte. */
export interface Wording {
  readonly part: string;
  readonly yours: string;
  readonly expected: string;
  /** Of a key, its fingerprint again. */
  readonly exact: { readonly yours: string | Uint8Array; readonly expected: string | Uint8Array };
  readonly evidence: Evidence;
}

/**
 * What the finding of a lint does to the rest of the diagnosis; without a word on it, it is enough for a refusal.
 *
 * - `alone`: it is the whole answer, nothing else is looked at.
 * - `unsigned`: it is the whole answer where there is no signature to judge.
 * - `unsent`: a signed header is not there. It says nothing where nothing is signed, and where it stands, what the search
 *   found for a blank value is only how that was proved.
 * - `no body`: asked for when no other body was found that belongs to the content hash that was sent.
 * - `beside`: no reason for a wrong signature; said of a right one, and as a note beside an explanation.
 */
export type FindingRole = 'alone' | 'unsigned' | 'unsent' | 'no body' | 'beside';

/** What the diagnosis found without a class's moves. One class puts it into words. */
export type Find =
  | { readonly kind: 'signature'; readonly reading: DigestReading }
  | { readonly kind: 'content hash'; readonly reading: Pick<DigestReading, 'algorithm' | 'encoding'> }
  /** A claim with the hash of no URL that was found. */
  | { readonly kind: 'url hash'; readonly claim: string }
  | Departure
  /** Something that belongs to no part stands behind the last one. */
  | { readonly kind: 'text behind'; readonly text: string }
  /** The string of the signer or receiver is unlike the right one; its first line (from 1) that is another. */
  | { readonly kind: 'other line'; readonly line: number; readonly yours: string; readonly expected: string }
  /** The signer's own string to sign is right, and its signature is not. */
  | { readonly kind: 'right string' }
  /** The signature is nearly the right one, which has this length. */
  | { readonly kind: 'damaged signature'; readonly damaged: DamagedText; readonly length: number }
  /** The secret given is none that the scheme can decode as it stands: the text may have been used all the same. */
  | { readonly kind: 'key as given' };

/** A method, so that a class of its own kinds is a class of any. */
interface FixesFor<Of extends Detail> {
  write(evidence: Evidence, detail: Of): Fixes;
}

/**
 * A class of mistake: what to look at, what to try, when to try it, how to say it and how to fix it. A class fills in
 * the axes on which it moves, and everything that the search has to know about it stands in it.
 */
export interface MistakeClass<Of extends Detail = Detail> {
  readonly id: MistakeId;
  /**
   * How specific it is, the lower the more; no two are equal. Where two classes give the same bytes, the one of lower
   * rank is the answer and the other an alternative; where they are tried one by one, it is tried first.
   */
  readonly rank: number;
  /** What a scheme must have so that it can be hit. */
  readonly needs: Requirement;

  /**
   * When its values are tried alone: `early` with those that are few or cheap to make, even where they are other bodies;
   * `late` after all of them, because they are very many. Else other bodies come after all that is not one.
   */
  readonly phase?: 'early' | 'late';
  /** The clients that are known for it: there its likeliest moves are tried before all others. */
  readonly usualFrom?: readonly Client[];
  /** It makes so many moves that they are not made for their own sake where only ties are looked for. */
  readonly manifold?: true;
  /** Its layouts concern the whole string to sign, so that they are tried on top of another change of the layout. */
  readonly wholeString?: true;
  /**
   * Its role where two mistakes vary one part: `first` when nothing is gained by trying it on top of another; `usual first`
   * when only its usual moves (cost 1) are worth a second. Else it is tried in both places.
   */
  readonly inPairs?: 'first' | 'usual first';
  /** The classes whose bodies it can change once more. None by default. */
  readonly stacksOn?: 'any' | readonly MistakeId[];
  /** Its bodies come the usual ones first and are too many: as a second change it ends with the first unusual one. */
  readonly usualBodiesFirst?: true;
  /** Two of it in two parts are two mistakes. */
  readonly perPart?: true;

  /** Seen in the request itself; needs no secret. */
  readonly lint?: (evidence: Evidence) => Finding<Of> | undefined;
  readonly finding?: FindingRole;
  /** Its lint says it better than what the search proved. */
  readonly lintSaysMore?: true;
  /** Asked when no single mistake gives the signature. A finding is the whole answer: no pairs are searched. */
  readonly beforePairs?: (evidence: Evidence) => Finding<Of> | undefined;
  /** Asked when nothing gives the signature: what is told then of the request. */
  readonly inVain?: (evidence: Evidence) => Finding<Of> | undefined;
  /** Asked when the steps gave the signature: what is wrong besides them. */
  readonly besideProof?: (evidence: Evidence, steps: readonly Step[]) => Finding<Of> | undefined;
  /** Asked when the steps gave the signature: what is likelier than that all of them are mistakes, and told in their place. */
  readonly instead?: (evidence: Evidence, steps: readonly Step[]) => Finding<Of> | undefined;
  /** Services whose requests look alike settle it in different ways. */
  readonly variesByService?: true;

  /** Other values of one part of the string to sign. */
  readonly values?: (slot: Slot, evidence: Evidence) => Iterable<ValueMove<Of>>;
  /**
   * Those of its values that may be this text; the others may be left out. Asked where only ties are looked for, of a
   * class whose values take long to make.
   */
  readonly valuesLike?: (wanted: string, slot: Slot, evidence: Evidence) => Iterable<ValueMove<Of>>;
  /** Its values for a content hash are other texts for the hash of the very body that was sent. */
  readonly writesHash?: true;
  /**
   * Other bodies, the likelier first. The next one is only asked for when the budget has room for one of the length that
   * was sent; a class that does more between two of them than to make one asks `evidence.budget` itself.
   */
  readonly bodies?: (body: Uint8Array, text: string | undefined, evidence: Evidence) => Iterable<BodyMove<Of>>;
  /** Its bodies are shorter than the one that was sent, or it asks the budget itself before each long one. */
  readonly bodiesAreShort?: true;
  readonly layouts?: (layout: Layout, evidence: Evidence) => Iterable<LayoutMove<Of>>;
  readonly keyTexts?: (text: string, evidence: Evidence) => Iterable<KeyTextMove<Of>>;
  /** Texts in the key's place that are many and seldom: made late, and tried alone. */
  readonly rareKeyTexts?: (text: string, evidence: Evidence) => Iterable<KeyTextMove<Of>>;
  /** Other readings of a key's text, the usual ones (cost 1) before all others. */
  readonly keyBytes?: (text: string, evidence: Evidence) => Iterable<KeyBytesMove<Of>>;
  readonly constructs?: (evidence: Evidence) => Iterable<ConstructMove<Of>>;

  /** Its detail for what was found without it; `undefined` where it is not the one that speaks of it. */
  readonly speaksOf?: (find: Find, evidence: Evidence) => Of | undefined;
  /** One sentence of fact. */
  say(detail: Of, wording: Wording): string;
  /** What was done to the value, in brackets, for sentences that do not speak to whoever signs. */
  what?(detail: Of): string | undefined;
  /** The same as a note beside an explanation, for a class whose finding is `beside`. */
  sayBeside?(detail: Of, evidence: Evidence): string;
  /** What it adds besides any verdict. */
  readonly notes?: (evidence: Evidence) => Iterable<string>;
  /** What it says of the key where the search was in vain. */
  readonly noteInVain?: (evidence: Evidence, key: RightKey) => string | undefined;
  /** What it says of a secret that had to be cleaned before the scheme could decode it. */
  readonly noteUnclean?: (evidence: Evidence) => string;
  /** The fix: the same for every scheme, or written from the scheme's own data. */
  readonly fixes: Fixes | FixesFor<Of>['write'];
}
