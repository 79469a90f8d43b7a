import { once } from '../canonical/once.ts';
import type { ContentHashRule } from '../canonical/content-hash.ts';
import type { DateRule } from './date-rule.ts';
import type { DerivedKeyRule } from './derived-key.ts';
import type { AuthorizationFields, AuthorizationRule } from './authorization.ts';
import { writeAuthorization } from './authorization.ts';
import type { Mac, MacAlgorithm, MacChoice, MacRule } from '../digest/algorithms.ts';
import { CountersignError } from '../errors.ts';
import type { ComponentsRule, SignatureInputOptions } from './components-rule.ts';
import type { SignedHeadersRule } from './signed-headers-rule.ts';
import type { Header, Message } from '../message.ts';

/** A signed date, and the header that it is written to where it has one of its own. */
export interface WrittenDate {
  readonly header: string | undefined;
  readonly text: string;
}

/** What signing adds to a request. */
export interface Additions {
  readonly headers: Header[];
  readonly parameters: Header[];
}

/** What the rules that only some schemes have do in signing. */
export interface Writers {
  date(rule: DateRule, given: Date | string | undefined, wanted: string | undefined): WrittenDate;
  /** The list of signed headers, which names the date's. */
  signedHeaders(rule: SignedHeadersRule, dateHeader: string | undefined): string | undefined;
  /** Headers to sign beyond the scheme's own. */
  further(scheme: ListingScheme, list: string | undefined, given: readonly string[]): FurtherHeaders;
  /** What the key signs with. */
  mac(scheme: ChoosingScheme, key: { readonly mac?: string }): MacRule;
  /** What writes the scheme's own fields beside the signature. */
  fields(scheme: FieldsScheme): WriteFields;
  /** What signs: the secret, or a key that is derived from it. */
  derived(scheme: DerivingScheme, secret: SigningSecret, given: DerivedFor, algorithm: MacAlgorithm): Mac;
  /** What else is shown of what was signed. */
  shown(
    scheme: { readonly id: string } & Partial<DerivingScheme>,
    given: DerivedFor,
    parts: readonly unknown[],
  ): DerivedStrings | undefined;
  /** Where the signature goes. */
  carry(rule: AuthorizationRule, fields: AuthorizationFields, additions: Additions): void;
}

/** The values with the scheme's own fields beside the signature, of which some may be given. */
export type WriteFields = <Values extends FieldValues>(
  message: Message,
  mac: SigningRule | undefined,
  values: Values,
) => Values;

/** What of a message a key is derived for. */
export interface DerivedFor {
  /** The date's text. */
  readonly date: string;
  /** The fields beside the signature. */
  readonly fields?: Readonly<Record<string, string>> | undefined;
}

/** A secret, as far as a key is derived from it. */
export interface SigningSecret {
  expose(): { readonly bytes: Uint8Array };
  mac(algorithm: MacAlgorithm): Mac;
}

/** What of a scheme says how its key is derived. */
export interface DerivingScheme {
  readonly key: { readonly derived?: DerivedKeyRule };
}

/** The two strings of a signature with a derived key. */
export interface DerivedStrings {
  readonly canonicalRequest: Uint8Array;
  readonly stringToSign: Uint8Array;
}

/** What a key signs with, a secret or a private one. */
export interface SigningRule {
  readonly algorithm: string;
}

/** What of a scheme says what its keys sign with. */
export interface ChoosingScheme {
  readonly id: string;
  readonly mac: MacChoice;
}

/** What signing has made when the scheme's own fields are written, some of which may be given. */
export interface FieldValues {
  readonly date: string;
  readonly contentHash: string;
  readonly keyId?: string | undefined;
  readonly fields?: Readonly<Record<string, string>> | undefined;
  readonly signatureInput?: SignatureInputOptions | undefined;
}

/** What of a scheme its own fields depend on. */
export interface FieldsScheme {
  readonly id: string;
  readonly parts: readonly { readonly source: { readonly from: string } }[];
  readonly contentHash?: ContentHashRule;
  readonly date?: DateRule;
  readonly components?: ComponentsRule;
  readonly authorization: AuthorizationRule;
}

/** What of a scheme its further headers depend on. */
export interface ListingScheme {
  readonly id: string;
  readonly parts: readonly unknown[];
  readonly signedHeaders?: SignedHeadersRule;
}

/** What is signed with headers beyond a scheme's own. */
export interface FurtherHeaders {
  /** The whole list of signed headers. */
  readonly list: string | undefined;
  /** All parts of the string to sign. */
  readonly parts: readonly unknown[];
}

/** @throws CountersignError `header/further` */
export function refuseFurther({ id }: ListingScheme, _list: unknown, names: readonly string[]): never {
  throw new CountersignError('header/further', `${id} cannot sign ${String(names)} as well`);
}

/** Tells which file a scheme has to import. */
export function notLoaded(): never {
  throw new TypeError('not loaded: use defineScheme');
}

/**
 * The files of those rules enter them here when they are imported, which each scheme with such a rule does: so nobody
 * carries what his scheme does not do.
 */
export const writers: Writers = {
  date: notLoaded,
  signedHeaders: notLoaded,
  mac: ({ mac }) => mac,
  further: refuseFurther,
  fields: () => (_message, _mac, values) => values,
  derived: (_scheme, secret, _given, algorithm) => secret.mac(algorithm),
  shown: () => undefined,
  carry: (rule, fields, { headers }) => {
    headers.push([rule.header, writeAuthorization(rule, fields)]);
  },
};

/** What writes a scheme's own fields, found once. */
export const fieldsWriter = /* @__PURE__ */ once((scheme: FieldsScheme) => writers.fields(scheme));
