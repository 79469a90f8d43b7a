import { digestLength, type DigestEncoding, type HashAlgorithm } from './digest/algorithms.ts';
import { frozenCopy } from './frozen-copy.ts';
import { checkSeconds } from './option-checks.ts';
import type { Message } from './message.ts';
import { movableBoundary, type BoundedPart } from './part-boundaries.ts';
import { checkShape } from './scheme-shape.ts';

/**
 * A signature scheme, as data. What is data can be signed with, verified, explained and (because a search can vary it)
 * diagnosed; a scheme that someone defines tomorrow gets all of that from this one value.
 */
export interface Scheme {
  /** One id everywhere: file, subpath, command line, vectors folder, documentation anchor. */
  readonly id: string;
  /** What people call it. */
  readonly title: string;
  /** The provider's own page. */
  readonly documentation: string;
  readonly key: {
    /** How the secret's text stands for the key's bytes. */
    readonly encoding: KeyEncoding;
  };
  readonly mac: {
    readonly algorithm: HashAlgorithm;
    readonly encoding: DigestEncoding;
  };
  /** The hash of the body, when the scheme signs one (or sends one) instead of the body itself. */
  readonly contentHash?: ContentHashRule;
  /** The signed time, when there is one. */
  readonly date?: DateRule;
  /** The list of signed headers that the request declares, when the scheme has one. */
  readonly signedHeaders?: SignedHeadersRule;
  /** Where the signature stands in the request, and how. */
  readonly authorization: AuthorizationRule;
  /** The string to sign: these parts, in this order, each followed by its own `after`. */
  readonly parts: readonly PartRule[];
  /** The name of the part that makes each request another one, when there is such a part: a header that must be sent. */
  readonly nonce?: string;
  /**
   * Why bytes of one part may be read as bytes of its neighbour, where a provider's scheme leaves that open and no
   * `excludes` can close it. Without this, `defineScheme` refuses such a scheme.
   */
  readonly ambiguous?: string;
  /**
   * Known departures of real clients, which verification tolerates when it is asked to. Read them by `knownDeviations`,
   * which knows those of the built-in schemes.
   */
  readonly deviations?: readonly Deviation[];
  /**
   * What the provider's public API looks like from outside: hints for recognition and diagnosis. Read them by
   * `providerHints`, which knows those of the built-in schemes.
   */
  readonly provider?: ProviderHints;
}

/** How a secret's text stands for the key's bytes. */
export type KeyEncoding = 'base64' | 'utf8' | 'hex';

/** How a body's hash is made, written and sent. */
export interface ContentHashRule {
  readonly algorithm: HashAlgorithm;
  readonly encoding: DigestEncoding;
  /** The header that carries the hash; absent when the receiver computes it and nothing is sent. */
  readonly header?: string;
  /** What stands for an empty body: its hash, or nothing at all. */
  readonly empty: 'hashed' | 'blank';
}

/** `rfc1123`: `Mon, 27 May 2024 09:08:07 GMT`. `iso8601`: `2014-06-04T13:41:58.123Z`. `epoch-seconds`: `1717000000`. */
export type DateFormat = 'rfc1123' | 'iso8601' | 'epoch-seconds';

/** Where the signed date stands, how it is written, and how old it may be. */
export interface DateRule {
  /** Lower-case names of headers that may carry the signed date. The first is the one written by default. */
  readonly headers: readonly string[];
  readonly format: DateFormat;
  /** How far the date may be from the verifier's clock, either way, in seconds. */
  readonly toleranceSeconds: number;
}

/** Which lists of signed headers a request may declare. */
export interface SignedHeadersRule {
  /** Accepted lists, lower case, in order. The first is the one written by default. */
  readonly accepted: readonly (readonly string[])[];
  /** When further headers may follow an accepted list: what stands before each of their values in the string to sign. */
  readonly furtherSeparator?: string;
}

/** Where the signature stands in the request, and how. */
export interface AuthorizationRule {
  /** The header that carries the signature. */
  readonly header: string;
  /**
   * Its value, with the fields `{signature}`, `{keyId}` and `{signedHeaders}`; everything else stands literally.
   * For example `application {keyId}:{signature}`.
   */
  readonly template: string;
  /** Whether the leading word (up to the first space) is compared in any case. */
  readonly anyCaseWord?: boolean;
}

/** One named part of the string to sign. */
export interface PartRule {
  /** Unique in the scheme; diagnosis and traces speak of the part by it. */
  readonly name: string;
  readonly source: PartSource;
  /** Literal text before the part, for example `x-timestamp:`. */
  readonly before?: string;
  /** Literal text after the part: the separator. */
  readonly after: string;
  /**
   * Characters that the part's value may not hold, on top of line breaks and NUL: those that end the part, where bytes
   * could otherwise move from it into its neighbour. A message with such a value is refused, signing as well as verifying.
   */
  readonly excludes?: string;
}

/** Where a part's bytes come from. */
export type PartSource =
  | { readonly from: 'method' }
  | { readonly from: 'target'; readonly form: TargetForm }
  | { readonly from: 'host' }
  | { readonly from: 'header'; readonly header: string; readonly absent: 'blank' | 'refused' }
  | { readonly from: 'content-hash' }
  | { readonly from: 'date' }
  | { readonly from: 'body' }
  | { readonly from: 'literal'; readonly text: string };

/**
 * Which piece of the request target is signed, each exactly as sent: path and query, the path alone, or the query alone
 * (where `/a?` and `/a` are alike).
 */
export type TargetForm = 'as-sent' | 'path' | 'query';

/** A known departure of a real client: one part, written differently. */
export interface Deviation {
  /** For example `query-form-encoded`. */
  readonly id: string;
  /** Who does it and what happens, in a sentence. */
  readonly summary: string;
  /** The name of the part that it changes. */
  readonly part: string;
  /** The part's text as that client signs it, or `undefined` where the deviation cannot apply to this message. */
  readonly rewrite: (text: string, message: Message) => string | undefined;
}

/** What a provider's public API looks like from outside. */
export interface ProviderHints {
  /** Route templates of the public API with their parameters' names, for example `/calling/callConnections/{callConnectionId}:play`. */
  readonly routes: readonly string[];
  /** Paths that the provider's documentation used in its examples at some time, with the source of that knowledge. */
  readonly documentedPaths?: readonly { readonly path: string; readonly source: string }[];
  /** Endings of the provider's public hosts, for example `.communication.azure.com`. */
  readonly hosts: readonly string[];
}

const authorizationField = /\{(\w+)\}/g;
const partSources: readonly PartSource['from'][] = [
  'method',
  'target',
  'host',
  'header',
  'content-hash',
  'date',
  'body',
  'literal',
];
const knownFields = new Set(['signature', 'keyId', 'signedHeaders']);

/**
 * Checks a scheme of your own and returns a frozen copy of it: whoever changes the original later changes nothing. The
 * built-in ones pass the same checks in this package's tests.
 *
 * @throws TypeError naming the first inconsistency: a value that is missing or none of those there are, a duplicated part, a
 * part whose rule is missing, an unknown field of the authorization template, a deviation of a part that does not exist, two parts between which bytes can move without
 * changing what is signed (give one of them `excludes`).
 */
export function defineScheme(given: Scheme): Scheme {
  const scheme = frozenCopy(given);
  const refuse = (problem: string): never => {
    throw new TypeError(`scheme ${JSON.stringify(scheme?.id)}: ${problem}`);
  };
  if (typeof scheme?.id !== 'string' || !/^[a-z][a-z0-9-]*$/.test(scheme.id)) {
    refuse('an id is lower-case letters, digits and hyphens');
  }
  checkShape(scheme, refuse);
  const choose = (name: string, value: unknown, choices: readonly string[]): void => {
    if (!choices.includes(value as string)) refuse(`\`${name}\` must be one of ${choices.join(', ')}`);
  };
  const algorithms = Object.keys(digestLength);
  choose('key.encoding', scheme.key?.encoding, ['base64', 'utf8', 'hex']);
  choose('mac.algorithm', scheme.mac?.algorithm, algorithms);
  choose('mac.encoding', scheme.mac?.encoding, ['base64', 'hex']);
  if (scheme.contentHash) {
    choose('contentHash.algorithm', scheme.contentHash.algorithm, algorithms);
    choose('contentHash.encoding', scheme.contentHash.encoding, ['base64', 'hex']);
    choose('contentHash.empty', scheme.contentHash.empty, ['hashed', 'blank']);
  }
  if (scheme.date) {
    choose('date.format', scheme.date.format, ['rfc1123', 'iso8601', 'epoch-seconds']);
    // Of a window that is no number every date is outside or, worse, inside.
    checkSeconds(`scheme "${scheme.id}": \`date.toleranceSeconds\``, scheme.date.toleranceSeconds);
  }
  // Literal text is the same in every request: it proves nothing of this one.
  if (scheme.parts.every(({ source }) => source?.from === 'literal')) refuse('at least one part must be signed');
  const names = new Set<string>();
  for (const part of scheme.parts) {
    if (names.has(part.name)) refuse(`part "${part.name}" is named twice`);
    names.add(part.name);
    choose(`parts: source of ${part.name}`, part.source?.from, partSources);
    if (part.source.from === 'header') {
      choose(`parts: absent of ${part.name}`, part.source.absent, ['blank', 'refused']);
    }
    if (part.source.from === 'target') {
      choose(`parts: form of ${part.name}`, part.source.form, ['as-sent', 'path', 'query']);
    }
    if (part.source.from === 'content-hash' && !scheme.contentHash) refuse('a content-hash part needs `contentHash`');
    if (part.source.from === 'date' && !scheme.date) refuse('a date part needs `date`');
  }
  // What is sent but not signed proves nothing: whoever changes the body changes its hash too.
  const signs = (from: PartSource['from']): boolean => scheme.parts.some(({ source }) => source.from === from);
  if (scheme.contentHash && !signs('content-hash')) refuse('`contentHash` is not signed: it needs a content-hash part');
  if (scheme.date && !signs('date')) refuse('`date` is not signed: it needs a date part');
  for (const list of scheme.signedHeaders?.accepted ?? []) {
    if (scheme.date && !scheme.date.headers.some((header) => list.includes(header))) {
      refuse(`the accepted list "${list.join(';')}" names no date header`);
    }
  }
  const fields = [...scheme.authorization.template.matchAll(authorizationField)].map((match) => match[1] ?? '');
  for (const field of fields)
    if (!knownFields.has(field)) refuse(`the authorization template has an unknown field {${field}}`);
  if (!fields.includes('signature')) refuse('the authorization template has no {signature}');
  if (new Set(fields).size < fields.length) refuse('the authorization template has a field twice');
  if (scheme.authorization.template.includes('}{')) refuse('the authorization template has nothing between two fields');
  if (fields.includes('signedHeaders') !== (scheme.signedHeaders !== undefined)) {
    refuse('{signedHeaders} in the template and `signedHeaders` go together');
  }
  for (const deviation of scheme.deviations ?? []) {
    if (!names.has(deviation.part))
      refuse(`deviation "${deviation.id}" changes part "${deviation.part}", which does not exist`);
  }
  if (scheme.nonce !== undefined) {
    const source = scheme.parts.find(({ name }) => name === scheme.nonce)?.source;
    if (source?.from !== 'header' || source.absent === 'blank') {
      refuse(`\`nonce\` names "${scheme.nonce}", which is no part from a header that must be sent`);
    }
  }
  const boundary = scheme.ambiguous === undefined && movableBoundary(boundedParts(scheme));
  if (boundary) {
    const [one, other] = boundary;
    refuse(
      `bytes can move between the parts "${one}" and "${other}" and sign alike: let one exclude what separates them`,
    );
  }
  return scheme;
}

/** The parts with what each may hold, as `stringToSign` and the formats of dates and hashes leave it. */
function boundedParts({ parts, contentHash, date, signedHeaders }: Scheme): BoundedPart[] {
  const bounded: BoundedPart[] = [];
  for (const { name, source, before = '', after, excludes = '' } of parts) {
    if (source.from === 'literal') {
      // Literal text is more of the separator behind the part before it.
      const last = bounded.pop();
      if (last) bounded.push({ ...last, after: last.after + before + source.text + after });
      continue;
    }
    const holds = contentOf(source, date?.format);
    const fixed = source.from === 'content-hash' && contentHash?.empty === 'hashed';
    const mayHold = (character: string): boolean => holds.test(character) && !excludes.includes(character);
    bounded.push({ name, before, after, fixed, mayHold });
  }
  const separator = signedHeaders?.furtherSeparator;
  if (separator === undefined) return bounded;
  // There may be any number of further headers, so none of them can be told from what stands before it from the right.
  return [...bounded, { name: 'further headers', before: separator, after: '', fixed: false, mayHold: () => true }];
}

/** The characters that a part's value may be made of. */
function contentOf(source: Exclude<PartSource, { from: 'literal' }>, dateFormat: DateFormat | undefined): RegExp {
  switch (source.from) {
    case 'method':
    case 'target':
      return source.from === 'target' && source.form === 'path' ? /[^\n\r\0 ?]/ : /[^\n\r\0 ]/;
    case 'host':
    case 'header':
      return /[^\n\r\0]/;
    case 'content-hash':
      return /[\w+/=]/;
    case 'date':
      return dateFormat === 'epoch-seconds' ? /\d/ : dateFormat === 'iso8601' ? /[\d:.TZ+-]/ : /[\w:, ]/;
    case 'body':
      return /[^]/;
  }
}

/** Whether the scheme's requests name their key. */
export function namesKey(scheme: Scheme): boolean {
  return scheme.authorization.template.includes('{keyId}');
}
