import { keyDecoders, type KeyEncoding } from './canonical/key-encoding.ts';
import { digestEncodings, macNames, type MacChoice, type MacRule } from './digest/algorithms.ts';
import { frozenCopy } from './frozen-copy.ts';
import './places/mac-choice.ts';
import { requestMembers, requestProblems, type RequestRules } from './request-rules.ts';
import { memberProblems, optionalFlag, optionalObject, type Expected, type Members } from './rule-members.ts';

export type { KeyEncoding } from './canonical/key-encoding.ts';
export type { MacChoice, MacRule } from './digest/algorithms.ts';
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
 * A signature scheme, as data. What is data can be signed with, verified, explained and (because a search can vary it)
 * diagnosed; a scheme that someone defines tomorrow gets all of that from this one value.
 */
export interface Scheme extends RequestRules {
  readonly key: {
    /** How the secret's text stands for the key's bytes. */
    readonly encoding: KeyEncoding;
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
};

const macMembers: Members<MacRule> = { algorithm: macNames, encoding: digestEncodings, anyCase: optionalFlag };

/**
 * Checks a scheme of your own and returns a frozen copy of it: whoever changes the original later changes nothing. The
 * built-in ones pass the same checks in this package's tests.
 *
 * @throws TypeError naming the first inconsistency and what was expected: a member that there is not, of the scheme or of
 * one of its rules and parts; a value that is missing or none of those there are (an unknown algorithm, encoding, source);
 * a duplicated part, a part whose rule is missing, an unknown field of the authorization template, a deviation of a part
 * that does not exist, two parts between which bytes can move without changing what is signed (give one of them
 * `excludes`)
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
  yield* memberProblems('mac', mac, { ...macMembers, choices: optionalObject });
  for (const [name, choice] of Object.entries(mac.choices ?? {}))
    yield* memberProblems(`mac.choices.${name}`, choice, macMembers);
}
