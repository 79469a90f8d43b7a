import '#digest/md5';
import '#digest/sha1';
import { keyDecoders, type KeyEncoding } from './canonical/key-encoding.ts';
import { digestEncodings, macNames, type MacChoice, type MacRule } from './digest/algorithms.ts';
import { frozenCopy } from './frozen-copy.ts';
import './parts/derived-key.ts';
import './places/mac-choice.ts';
import { derivedKeyMembers, type DerivedKeyRule } from './places/derived-key.ts';
import { requestMembers, requestProblems, type RequestRules } from './request-rules.ts';
import { memberProblems, optionalFlag, optionalObject, type Expected, type Members } from './rule-members.ts';

export type { KeyEncoding } from './canonical/key-encoding.ts';
export type { MacChoice, MacRule } from './digest/algorithms.ts';
export type { DerivedKeyRule } from './places/derived-key.ts';
export {
  describeSource,
  namesKey,
  type AlternativeAuthentication,
  type AuthorizationRule,
  type ComponentsRule,
  type ContentHashRule,
  type DateFormat,
  type DateRule,
  type Deviation,
  type OtherApi,
  type PartRule,
  type PartSource,
  type ProviderHints,
  type RequestRules,
  type SignatureInputOptions,
  type SignatureParameter,
  type SignedHeadersRule,
  type TargetForm,
} from './request-rules.ts';

/**
 * A signature scheme, as data. Signing, verification and explanation read this one value, and diagnosis varies it. A
 * scheme of your own gets all four from its definition.
 */
export interface Scheme extends RequestRules {
  readonly key: {
    /** How the secret's text stands for the key's bytes. */
    readonly encoding: KeyEncoding;
    /** How the key is derived from those bytes for each request, where it is. */
    readonly derived?: DerivedKeyRule;
  };
  readonly mac: MacChoice;
}

/** A rule, whose own members are looked at one by one, there or not. */
const checkedByMembers: Expected = { wanted: 'an object', fits: () => true };

// A function, because a bundler keeps the spread of an object.
function schemeMembers(): Members<Scheme> {
  return { ...requestMembers, key: checkedByMembers, mac: checkedByMembers };
}

const keyMembers: Members<Scheme['key']> = {
  // No list of words, because what is no word of it is not shown: it may be the key.
  encoding: { wanted: 'one of base64, hex, utf8, whsec', fits: (value) => keyDecoders.has(value as KeyEncoding) },
  derived: optionalObject,
};

const macMembers: Members<MacRule> = { algorithm: macNames, encoding: digestEncodings, anyCase: optionalFlag };

/**
 * Checks a scheme of your own and returns a frozen copy of it, so that later changes to the original have no effect. The
 * built-in schemes pass the same checks in this package's tests.
 *
 * @throws TypeError naming the first problem and what was expected: an unknown member of the scheme, or of one of its rules
 * and parts; a missing or unknown value (algorithm, encoding, source); a duplicate part; a part whose rule is missing; an
 * unknown field in the authorization template; a deviation of a part that does not exist; two parts between which bytes
 * can move without changing what is signed (give one of them `excludes`)
 */
export function defineScheme(given: Scheme): Scheme {
  const scheme = frozenCopy(given);
  const [problem] = requestProblems(scheme, keyProblems(scheme));
  if (problem !== undefined) throw new TypeError(`scheme ${JSON.stringify(scheme?.id)}: ${problem}`);
  return scheme;
}

function* keyProblems(scheme: Scheme): Generator<string> {
  yield* memberProblems('it', scheme, schemeMembers());
  const { key, mac } = scheme;
  yield* memberProblems('key', key, keyMembers);
  if (key.derived) yield* memberProblems('key.derived', key.derived, derivedKeyMembers);
  yield* memberProblems('mac', mac, { ...macMembers, choices: optionalObject });
  for (const [name, choice] of Object.entries(mac.choices ?? {}))
    yield* memberProblems(`mac.choices.${name}`, choice, macMembers);
}
