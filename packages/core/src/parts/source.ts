import type { ContentHashRule } from '../canonical/content-hash.ts';
import type { Refusal } from '../errors.ts';
import type { Message } from '../message.ts';
import type { ComponentsRule } from '../places/components-rule.ts';
import type { DateRule } from '../places/date.ts';
import type { Members } from '../rule-members.ts';

/** A part of one message's string to sign: a `PartRule`, of which no more is known here. */
export interface DeclaredPart {
  readonly name: string;
  readonly source: { readonly from: string };
  readonly before?: string;
  readonly after: string;
}

/** What the parts need besides the message: values that signing makes and verification reads. */
export interface SignedValues {
  /** The date's text, verbatim. */
  readonly date: string;
  /** The header that it stands in, or that signing will write it to, where it has one of its own. */
  readonly dateHeader?: string | undefined;
  /** The content hash's text. */
  readonly contentHash: string;
  /** Further fields of the header that carries the signature, as their texts stand there. */
  readonly fields?: Readonly<Record<string, string>> | undefined;
  /** The parts, where the message says what they are, or signs further headers behind the scheme's own. */
  readonly parts?: readonly DeclaredPart[] | undefined;
  /** The public id of the key, where requests name it. */
  readonly keyId?: string | undefined;
}

/** The same for a request that was rejected: what it says, and what stands for what it lacks. */
export interface ReceivedValues extends SignedValues {
  readonly host: string;
  /** Text where the body is text; empty where only its digest is known. */
  readonly body: string | Uint8Array;
}

/** The rules of a scheme that sources may need. */
export interface SourceRules {
  /** The hash of the body, when the scheme signs one (or sends one) instead of the body itself. */
  readonly contentHash?: ContentHashRule;
  /** The signed time, when there is one. */
  readonly date?: DateRule;
  /** What signatures must cover, where each says itself what it covers. */
  readonly components?: ComponentsRule;
}

/** What of a request a part signs: it says which mistakes can hit the scheme. */
export type Subject =
  | 'method'
  | 'target'
  | 'path'
  | 'query'
  | 'parameters'
  | 'host'
  | 'header'
  | 'headers'
  | 'resource'
  | 'date'
  | 'body'
  | 'body-digest'
  | 'content-hash'
  | 'token'
  | 'literal'
  | 'URL';

/**
 * Takes a part's value from a message; text stands for its UTF-8 bytes. All that signing asks, so it stands apart from the
 * rest of the row.
 *
 * @param name the part's, for errors
 */
export type ReadSource<Source> = (
  source: Source,
  message: Message,
  values: SignedValues,
  name: string,
) => string | Uint8Array;

/** Everything else that is to be known of a source: what verification, diagnosis, `--explain` and `defineScheme` ask. */
export interface SourceRow<Source> {
  /** What stands in the source beside `from`. */
  readonly members: Omit<Members<Source>, 'from'>;
  /** The rule without which a scheme cannot have such a part, and which is of no use without one. */
  readonly needs?: keyof SourceRules;
  /** Whether such a part signs what a rule says stands somewhere else in the request, in place of a part of its own. */
  signsRule?(source: Source, rules: SourceRules, rule: keyof SourceRules): boolean;
  /** The fields of the authorization template that such a part stands in. */
  fieldsOf?(source: Source): readonly string[];
  /** The value, where it is the same in every message. */
  constant?(source: Source): string;
  /** Whether the value may hold a character; `undefined` where it is of one length. By it parts are told apart. */
  holds(source: Source, rules: SourceRules): RegExp | undefined;
  /** Where the value comes from, in words. */
  words(source: Source, rules: SourceRules): string;
  /** What the part signs, for diagnosis, the nearest first. */
  signs(source: Source, rules: SourceRules): readonly Subject[];
  /** What a variable for the value is called in a fix, where that is not what the source is called. */
  variable?(source: Source): string;
  /** The header that the part covers, lower case. `dateHeader` is the one that carries the signed date. */
  headerOf?(source: Source, rules: SourceRules, dateHeader: string | undefined): string | undefined;
  /** The headers that the part covers, lower case, where which they are depends on the message. */
  headersOf?(source: Source, message: Message, values: SignedValues): readonly string[];
  /** Whether a header that it covers may be there more than once. */
  readonly takesRepeats?: true;
  /** Why a received message cannot be verified by this part. */
  check?(source: Source, message: Message, values: SignedValues): Refusal | undefined;
  /** Why a message cannot have been signed by a key that is used with such an algorithm, of a MAC or of a pair of keys. */
  checkAlgorithm?(source: Source, values: SignedValues, algorithm: string): Refusal | undefined;
  /** Whether what stands in its fields can be of the scheme at all, by which a received request is recognized. */
  fits?(source: Source, fields: Readonly<Record<string, string>>, rules: SourceRules): boolean;
  /** Whether such a part may be a scheme's nonce: text that must be sent. */
  isNonce?(source: Source): boolean;
  /** The nonce, where it is not the whole part. */
  nonceOf?(source: Source, values: SignedValues): string | undefined;
  /** The value for diagnosis, where `read` would be too strict. */
  received?(source: Source, message: Message, values: ReceivedValues): string | Uint8Array;
}
