import { parseItem, type Item } from '../canonical/structured-fields.ts';
import { itemText } from '../canonical/structured-text.ts';
import { headerName, isObject, optionalFlag, optionalWords, type Members } from '../rule-members.ts';

/** The parameters that a signature may have beside its components (RFC 9421 §2.3). */
export type SignatureParameter = 'created' | 'keyid' | 'nonce' | 'expires' | 'alg' | 'tag';

/** What kind of structured field a header is, for `;sf`. */
export type StructuredFieldKind = 'item' | 'list' | 'dictionary';

/**
 * HTTP Message Signatures (RFC 9421): each request says in `Signature-Input` which of its components are signed. A sender who
 * chooses them chooses what the signature proves, so a verifier says which ones it must cover.
 */
export interface ComponentsRule {
  /**
   * The components that every signature must cover, as RFC 9421 writes them but without the quotes around the name: `@method`,
   * `content-digest`, `@query-param;name="Pet"`. `@query` is asked only of a request that has one, `content-digest` only of one
   * that has a body. What covers more counts as well: `@target-uri` covers authority, path and query, `@request-target` path
   * and query. Signing covers these where nothing else is said.
   */
  readonly required: readonly string[];
  /** The algorithm's name in the registry of RFC 9421. A request that names another one in `alg` is refused. */
  readonly algorithm: string;
  /** Of several signatures, the one with this label; signing writes it. Defaults to the only one there is, and to `sig1`. */
  readonly label?: string;
  /** Of several signatures, the one with this tag; signing writes it. */
  readonly tag?: string;
  /** The parameters that signing writes, in this order, where they have a value. Defaults to `created`, `keyid`, `nonce`, `expires`, `tag`. */
  readonly parameters?: readonly SignatureParameter[];
  /** How many characters a nonce must have at least, where each signature must have one. Signing makes one. */
  readonly nonceLength?: number;
  /** How many seconds after `created` signing lets a signature expire. */
  readonly lifetimeSeconds?: number;
  /** Whether each signature must name its key. */
  readonly namesKey?: boolean;
  /** A header that repeats the key's id: a request in which the two differ is refused. */
  readonly keyHeader?: string;
  /** Headers that are structured fields, which `;sf` may be said of, by their names in lower case; beyond those of RFCs. */
  readonly structuredFields?: Readonly<Record<string, StructuredFieldKind>>;
}

/** What else a signer may say of a signature that declares its components. */
export interface SignatureInputOptions {
  /** The components to cover, in order, as in `ComponentsRule.required`. Defaults to those required that the request has. */
  readonly components?: readonly string[];
  /** Defaults to the scheme's, else `sig1`. */
  readonly label?: string;
  readonly nonce?: string;
  /** The end of validity, in seconds since the epoch. */
  readonly expires?: number;
  readonly tag?: string;
}

/** The parameters' names, in the order in which signing writes them by default, then those it leaves out. */
export const signatureParameters: readonly SignatureParameter[] = [
  'created',
  'keyid',
  'nonce',
  'expires',
  'tag',
  'alg',
];

const optionalCount = {
  wanted: 'a number above 0',
  fits: (value: unknown) => Number.isInteger(value) && (value as number) > 0,
  optional: true,
} as const;

/** Names of headers with the kind of structured field that each is, or nothing. */
export const structuredFieldKinds = {
  wanted: 'headers, each with item, list or dictionary',
  fits: (value: unknown) =>
    isObject(value) &&
    Object.values(value as object).every((kind) => ['item', 'list', 'dictionary'].includes(kind as string)),
  optional: true,
} as const;

/** What a rule on components is made of. */
export const componentsMembers: Members<ComponentsRule> = {
  required: {
    wanted: 'a list of components such as "@method" that every signature must cover, at least one and none twice',
    fits: (value) => Array.isArray(value) && areComponents(value),
  },
  algorithm: ['hmac-sha256', 'ed25519', 'ecdsa-p256-sha256', 'ecdsa-p384-sha384', 'rsa-v1_5-sha256', 'rsa-pss-sha512'],
  label: {
    wanted: 'a name in lower case',
    fits: (value) => typeof value === 'string' && /^[a-z*][a-z0-9_.*-]*$/.test(value),
    optional: true,
  },
  tag: optionalWords,
  parameters: {
    wanted: `a list of ${signatureParameters.join(', ')}, each once and created among them`,
    fits: (value) =>
      Array.isArray(value) &&
      value.includes('created') &&
      new Set(value).size === value.length &&
      value.every((name) => signatureParameters.includes(name as SignatureParameter)),
    optional: true,
  },
  nonceLength: optionalCount,
  lifetimeSeconds: optionalCount,
  namesKey: optionalFlag,
  keyHeader: { ...headerName, optional: true },
  structuredFields: structuredFieldKinds,
};

/** A component's identifier, from the form in which rules and options have it; `undefined` where it is none. */
export function componentOf(text: string): Item | undefined {
  const [name = ''] = text.split(';', 1);
  if (!/^@?[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name)) return undefined;
  const parsed = parseItem(`"${name}"${text.slice(name.length)}`);
  return 'value' in parsed ? parsed.value : undefined;
}

/** An identifier in the one way that it is written: `"@method"`. */
export function identifierOf(component: Item): string {
  return itemText(component);
}

function areComponents(given: readonly unknown[]): boolean {
  const read = given.map((text) => (typeof text === 'string' ? componentOf(text) : undefined));
  const identifiers = read.map((component) => (component && isOfRequests(component) ? itemText(component) : undefined));
  return given.length > 0 && !identifiers.includes(undefined) && new Set(identifiers).size === given.length;
}

const derived = [
  '@method',
  '@target-uri',
  '@authority',
  '@scheme',
  '@request-target',
  '@path',
  '@query',
  '@query-param',
];

/** Whether a request can have it: `@status`, `req` and `tr` belong to responses and trailers, and no other name begins with `@`. */
export function isOfRequests({ item, parameters }: Item): boolean {
  const name = String(item.value);
  if (parameters.has('req') || parameters.has('tr')) return false;
  if (!name.startsWith('@')) return true;
  if (name === '@query-param') return parameters.size === 1 && typeof parameters.get('name')?.value === 'string';
  return derived.includes(name) && parameters.size === 0;
}
