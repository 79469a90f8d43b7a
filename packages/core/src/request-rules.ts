import type { ContentHashRule } from './canonical/content-hash.ts';
import { digestEncodings, digestNames } from './digest/algorithms.ts';
import { once } from './canonical/once.ts';
import './canonical/timestamp.ts';
import type { Message } from './message.ts';
import { movableBoundary } from './parts/boundaries.ts';
import './parts/further-headers.ts';
import { noncePart, partProblems } from './parts/part-problems.ts';
import type { PartRule } from './parts/part-rule.ts';
import { rowOf, type PartSource } from './parts/sources.ts';
import {
  authorizationMembers,
  fieldsOf,
  keyHeaderMembers,
  templateFields,
  type AuthorizationRule,
} from './places/authorization.ts';
import './places/carriage.ts';
import { componentsMembers, type ComponentsRule } from './places/components-rule.ts';
import { dateMembers, type DateRule } from './places/date.ts';
import { signedHeadersMembers, type SignedHeadersRule } from './places/signed-headers.ts';
import {
  anObject,
  anyText,
  headerName,
  isObject,
  list,
  memberProblems,
  optionalList,
  optionalObject,
  optionalTexts,
  optionalWords,
  texts,
  words,
  type Members,
} from './rule-members.ts';

export type { ContentHashRule } from './canonical/content-hash.ts';
export type { TargetForm } from './canonical/request-target.ts';
export type { DateFormat } from './canonical/timestamp.ts';
export type { PartRule } from './parts/part-rule.ts';
export type { PartSource } from './parts/sources.ts';
export type { AuthorizationRule } from './places/authorization.ts';
export type { ComponentsRule, SignatureInputOptions, SignatureParameter } from './places/components-rule.ts';
export type { DateRule } from './places/date.ts';
export type { SignedHeadersRule } from './places/signed-headers.ts';

/** A scheme without its keys and algorithms: what its requests sign, and where that stands in them. */
export interface RequestRules {
  /** One id everywhere: file, subpath, command line, vectors folder, documentation anchor. */
  readonly id: string;
  /** What people call it. */
  readonly title: string;
  /** The provider's own page. */
  readonly documentation: string;
  /** The hash of the body, when the scheme signs one (or sends one) instead of the body itself. */
  readonly contentHash?: ContentHashRule;
  /** The signed time, when there is one. */
  readonly date?: DateRule;
  /** The list of signed headers that the request declares, when the scheme has one. */
  readonly signedHeaders?: SignedHeadersRule;
  /** What signatures must cover, in schemes where each signature lists what it covers (RFC 9421). Its parts take the place of `components`. */
  readonly components?: ComponentsRule;
  /** Where the signature stands in the request, and how. */
  readonly authorization: AuthorizationRule;
  /** The string to sign: these parts, in this order, each followed by its own `after`. */
  readonly parts: readonly PartRule[];
  /** The name of the part that is unique to each request, if there is one: a header that must be sent. */
  readonly nonce?: string;
  /**
   * Why bytes of one part may be read as bytes of its neighbour, where a provider's scheme leaves that open and no
   * `excludes` can close it. Without this, `defineScheme` refuses such a scheme.
   */
  readonly ambiguous?: string;
  /**
   * Who signs, if only the provider does: a webhook, which users verify and never sign. Diagnosis then speaks to the
   * receiver.
   */
  readonly signer?: 'provider';
  /**
   * Known deviations of real clients, which verification can tolerate. Read them with `knownDeviations`, which also has
   * those of the built-in schemes.
   */
  readonly deviations?: readonly Deviation[];
  /**
   * What the provider's public API looks like: hints for recognition and diagnosis. Read them with `providerHints`, which
   * also has those of the built-in schemes.
   */
  readonly provider?: ProviderHints;
}

/** A known deviation of a real client: one part, written differently. */
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

/** What a provider's public API looks like. */
export interface ProviderHints {
  /** Route templates of the public API with their parameters' names, for example `/calling/callConnections/{callConnectionId}:play`. */
  readonly routes: readonly string[];
  /** Paths that the provider's documentation used in its examples at some time, with the source of that knowledge. */
  readonly documentedPaths?: readonly { readonly path: string; readonly source: string }[];
  /** Endings of the provider's public hosts, for example `.communication.azure.com`. */
  readonly hosts: readonly string[];
  /** Query parameters that identify the provider's requests, for example `api-version`. */
  readonly queryParameters?: readonly string[];
  /** Values that those parameters have or had, newest first: versions of the API. */
  readonly queryValues?: Readonly<Record<string, readonly string[]>>;
  /** Names of fields in its requests and answers; people name their variables after them. */
  readonly fields?: readonly string[];
  /**
   * The objects in the bodies of its requests: of each, the names of its members in the order of the API's documents,
   * separated by spaces.
   */
  readonly requestObjects?: readonly string[];
  /** Whether the provider signs its callbacks with the same scheme: those go to any host and path. */
  readonly signsCallbacks?: boolean;
  /** What the provider takes in place of a signature. */
  readonly alsoTakes?: AlternativeAuthentication;
  /** Further APIs of the provider, which do not take the scheme's signatures. */
  readonly otherApis?: readonly OtherApi[];
}

/** What a provider takes in place of a signature, each in a sentence. */
export interface AlternativeAuthentication {
  /** On Basic authentication with the key id as user name and the secret as password; absent where it is not taken. */
  readonly basic?: string;
  /** What bearer tokens the provider has, and where they are taken. */
  readonly bearer: string;
  /** The source of that knowledge. */
  readonly source: string;
}

/** An API that does not take the scheme's signatures, although its keys and hosts look alike. */
export interface OtherApi {
  readonly name: string;
  /** Endings of its hosts, or whole ones. */
  readonly hosts: readonly string[];
  /** The beginning of its paths, where it shares a host with APIs that take the signature. */
  readonly path?: string;
  /** What it takes, completing "it takes …". */
  readonly takes: string;
  /** The source of that knowledge. */
  readonly source: string;
}

/** The members of those rules, of whatever scheme. @internal */
export const requestMembers: Members<RequestRules> = {
  id: words,
  title: words,
  documentation: words,
  contentHash: optionalObject,
  date: optionalObject,
  signedHeaders: optionalObject,
  components: optionalObject,
  authorization: anObject,
  parts: list,
  nonce: optionalWords,
  ambiguous: optionalWords,
  signer: { wanted: "'provider'", fits: (value) => value === 'provider', optional: true },
  deviations: optionalList,
  provider: optionalObject,
};

function contentHashMembers(): Members<ContentHashRule> {
  const header = { ...headerName, optional: true as const };
  const digest = { algorithm: digestNames, encoding: digestEncodings };
  return {
    ...digest,
    header,
    parameter: optionalWords,
    claim: optionalWords,
    empty: ['hashed', 'blank', 'optional'] satisfies ContentHashRule['empty'][],
  };
}

const deviationMembers: Members<Deviation> = {
  id: words,
  summary: anyText,
  part: anyText,
  rewrite: { wanted: 'a function', fits: (value) => typeof value === 'function' },
};

const providerMembers: Members<ProviderHints> = {
  routes: texts,
  documentedPaths: { wanted: 'a list of paths, each with its source', fits: Array.isArray, optional: true },
  hosts: texts,
  queryParameters: optionalTexts,
  queryValues: optionalObject,
  fields: optionalTexts,
  requestObjects: optionalTexts,
  signsCallbacks: { wanted: 'true or false', fits: (value) => typeof value === 'boolean', optional: true },
  alsoTakes: optionalObject,
  otherApis: optionalList,
};

/**
 * What is inconsistent in those rules.
 *
 * @param keyProblems what is wrong with the scheme's keys, which is told before what depends on it
 * @internal
 */
export function* requestProblems(scheme: RequestRules, keyProblems: Iterable<string>): Generator<string> {
  if (typeof scheme?.id !== 'string' || !/^[a-z][a-z0-9-]*$/.test(scheme.id))
    yield 'an id is lower-case letters, digits and hyphens';
  yield* keyProblems;
  yield* ruleProblems(scheme);
  yield* partProblems(scheme);
  const { parts, nonce, authorization, signedHeaders, date } = scheme;
  const isBeside = fieldsOf(authorization.template).includes('date');
  const isDeclared = scheme.components !== undefined;
  const datePlaces = [
    date?.headers.length !== 0,
    date?.parameter !== undefined,
    date?.claim !== undefined,
    isBeside || isDeclared,
  ];
  if (date && datePlaces.filter(Boolean).length !== 1)
    yield '`date.headers` is empty: a date stands in a header, in `date.parameter`, in a claim of a token (`date.claim`), or as {date} beside the signature';
  if (date?.claim !== undefined && date.format !== 'epoch-seconds')
    yield 'a claim of a token is a date in the format epoch-seconds';
  if (signedHeaders && [signedHeaders.accepted, ...signedHeaders.accepted].some(({ length }) => length === 0))
    yield '`signedHeaders.accepted` is empty';
  for (const accepted of signedHeaders?.accepted ?? []) {
    if (date && !date.headers.some((header) => accepted.includes(header)))
      yield `the accepted list "${accepted.join(';')}" names no date header`;
  }
  yield* templateProblems(scheme);
  if (scheme.components) yield* componentsProblems(scheme);
  for (const { id, part } of scheme.deviations ?? []) {
    if (!parts.some(({ name }) => name === part))
      yield `deviation "${id}" changes part "${part}", which does not exist`;
  }
  if (nonce !== undefined && !noncePart(parts, nonce))
    yield `\`nonce\` names "${nonce}", which is no part from a header that must be sent`;
  const boundary = scheme.ambiguous === undefined && movableBoundary(scheme);
  if (boundary) {
    const [one, other] = boundary;
    yield `bytes can move between the parts "${one}" and "${other}" and sign alike: let one exclude what separates them`;
  }
}

function* ruleProblems(scheme: RequestRules): Generator<string> {
  const { authorization, contentHash, date, signedHeaders, provider, deviations = [] } = scheme;
  yield* memberProblems('authorization', authorization, authorizationMembers);
  const { header, parameter, keyHeader } = authorization;
  if ((header === '') !== (parameter !== undefined))
    yield '`authorization.header` must be the name of a header, or empty beside `authorization.parameter`';
  if (keyHeader) yield* memberProblems('authorization.keyHeader', keyHeader, keyHeaderMembers);
  if (keyHeader && (keyHeader.header === '') !== ((keyHeader.claim ?? keyHeader.tokenHeader) !== undefined))
    yield '`authorization.keyHeader.header` must be the name of a header, or empty beside its `claim` or `tokenHeader`';
  if (contentHash) yield* memberProblems('contentHash', contentHash, contentHashMembers());
  if (date) yield* memberProblems('date', date, dateMembers);
  if (signedHeaders) yield* memberProblems('signedHeaders', signedHeaders, signedHeadersMembers);
  if (scheme.components) yield* memberProblems('components', scheme.components, componentsMembers);
  if (provider) yield* memberProblems('provider', provider, providerMembers);
  for (const deviation of deviations) {
    if (!isObject(deviation)) yield '`deviations: each` must be an object';
    yield* memberProblems('deviations', deviation, deviationMembers);
  }
}

function* componentsProblems(scheme: RequestRules): Generator<string> {
  if (scheme.date?.format !== 'epoch-seconds' || scheme.date.headers.length > 0)
    yield '`components` needs `date` of the format epoch-seconds without headers: it is the parameter created';
  const from = scheme.parts.map(({ source }) => source.from);
  if (from.join() !== 'components,signature-params')
    yield '`components` needs two parts, from "components" and from "signature-params"';
}

function* templateProblems(scheme: RequestRules): Generator<string> {
  const { authorization, signedHeaders, date, contentHash, parts } = scheme;
  const { template } = authorization;
  const hasList = signedHeaders !== undefined;
  const fields = fieldsOf(template);
  const own = parts.flatMap(({ source }) => rowOf(source).fieldsOf?.(source) ?? []);
  const known: readonly string[] = [...templateFields, ...own];
  for (const field of fields) {
    if (!known.includes(field)) {
      const there = known.map((name) => `{${name}}`).join(', ');
      yield `the authorization template has an unknown field {${field}}; its fields are ${there}`;
    }
  }
  if (!fields.includes('signature')) yield 'the authorization template has no {signature}';
  if (fields.includes('date') && !date) yield '{date} in the template needs `date`';
  for (const field of own) if (!fields.includes(field)) yield `the authorization template has no {${field}}`;
  if (new Set(fields).size < fields.length) yield 'the authorization template has a field twice';
  const isToken = parts.some(({ source }) => source.from === 'token-claims');
  const { claim, tokenHeader } = authorization.keyHeader ?? {};
  const claims = [claim, tokenHeader, date?.claim, contentHash?.claim];
  if (!isToken && claims.some((name) => name !== undefined)) yield 'claims need a token-claims part';
  if (template.includes('}{')) yield 'the authorization template has nothing between two fields';
  if (fields.includes('signedHeaders') !== hasList)
    yield '{signedHeaders} in the template and `signedHeaders` go together';
}

/** Where a part's bytes come from, in words, for example `the header content-type`. */
export function describeSource(
  source: PartSource,
  rules: Pick<RequestRules, 'contentHash' | 'date' | 'components'>,
): string {
  return rowOf(source).words(source, rules);
}

/** Whether the scheme's requests name their key. */
export const namesKey = /* @__PURE__ */ once(({ authorization }: Pick<RequestRules, 'authorization'>): boolean =>
  (authorization.keyHeader ?? authorization).template.includes('{keyId}'),
);
