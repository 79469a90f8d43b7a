import '../places/carriage.ts';
import { encodeBase64 } from '../canonical/byte-encoding.ts';
import type { BareItem, Item } from '../canonical/structured-fields.ts';
import { innerListText } from '../canonical/structured-text.ts';
import { CountersignError } from '../errors.ts';
import { headerValue, type Message } from '../message.ts';
import {
  componentOf,
  signatureParameters,
  type ComponentsRule,
  type SignatureInputOptions,
  type SignatureParameter,
} from '../places/components-rule.ts';
import { writers, type FieldValues } from '../places/writers.ts';
import { parametersField } from './components.ts';
import { contentDigestText } from './content-digest-field.ts';
import { coverageProblem, declaredParts, isAsked, valueProblem } from './declared-parts.ts';
import type { PartRule } from './part-rule.ts';
import type { SignedValues } from './source.ts';

const { fields: otherFields, carry: carryOtherwise } = writers;

writers.fields = (scheme) => {
  const { components: rule, parts } = scheme;
  if (!rule) return otherFields(scheme);
  return (message, _mac, values) => ({ ...values, ...declare(rule, parts as readonly PartRule[], message, values) });
};

writers.carry = (rule, claims, additions) => {
  const { [parametersField]: text, [labelField]: label = '', [digestField]: digest } = claims.fields ?? {};
  if (text === undefined) return carryOtherwise(rule, claims, additions);
  if (digest !== undefined) additions.headers.push(['content-digest', digest]);
  additions.headers.push(['signature-input', `${label}=${text}`], ['signature', `${label}=:${claims.signature}:`]);
};

const labelField = 'signature-label';
const digestField = 'content-digest';

/** What a signature covers: the parts of its string to sign, and what is written of them. */
function declare(
  rule: ComponentsRule,
  own: readonly PartRule[],
  message: Message,
  { signatureInput: options = {}, keyId, date }: FieldValues,
): Pick<SignedValues, 'parts' | 'fields'> {
  const listed = options.components ?? rule.required.filter((text) => isAsked(text, message));
  const covered = listed.map((text): Item => {
    const component = componentOf(text);
    if (component) return component;
    throw new CountersignError('header/malformed', `"${text}" is no component, such as "@method" or "content-digest"`);
  });
  const digest = absentDigest(covered, message);
  const complete: Message =
    digest === undefined ? message : { ...message, headers: [...message.headers, ['content-digest', digest]] };
  const problem = coverageProblem(rule, covered, complete) ?? valueProblem(rule, covered, complete);
  if (problem) throw new CountersignError(codeOf(problem.code), problem.summary);
  return {
    parts: declaredParts(rule, covered, complete, own).map((part) => withDigest(part, digest)),
    fields: {
      [parametersField]: innerListText({
        items: covered,
        parameters: parametersOf(rule, keyId, options, Number(date)),
      }),
      [labelField]: options.label ?? rule.label ?? 'sig1',
      ...(digest !== undefined && { [digestField]: digest }),
    },
  };
}

/** A digest that is signed and that nobody has written yet. */
function absentDigest(covered: readonly Item[], { headers, body }: Message): string | undefined {
  const isSigned = covered.some(({ item }) => item.value === 'content-digest');
  return isSigned && headerValue(headers, 'content-digest') === undefined ? contentDigestText(body) : undefined;
}

/** The message does not have that header yet. */
function withDigest(part: PartRule, digest: string | undefined): PartRule {
  const { source } = part;
  const isDigest = source.from === 'header' && source.header === 'content-digest';
  return isDigest && digest !== undefined ? { ...part, source: { from: 'literal', text: digest } } : part;
}

function codeOf(code: string): 'header/missing' | 'header/further' | 'target/malformed' | 'header/malformed' {
  if (code === 'header/missing' || code === 'target/malformed') return code;
  return code === 'authorization/signed-headers' ? 'header/further' : 'header/malformed';
}

function parametersOf(
  rule: ComponentsRule,
  keyId: string | undefined,
  options: SignatureInputOptions,
  created: number,
): Map<string, BareItem> {
  const { nonceLength, lifetimeSeconds } = rule;
  const expires = options.expires ?? (lifetimeSeconds === undefined ? undefined : created + lifetimeSeconds);
  const values: Readonly<Record<SignatureParameter, string | number | undefined>> = {
    created,
    keyid: keyId,
    nonce: options.nonce ?? (nonceLength === undefined ? undefined : freshNonce(nonceLength)),
    expires,
    tag: options.tag ?? rule.tag,
    alg: rule.algorithm,
  };
  const parameters = new Map<string, BareItem>();
  for (const name of rule.parameters ?? signatureParameters.filter((parameter) => parameter !== 'alg')) {
    const value = values[name];
    if (value !== undefined) parameters.set(name, itemOf(name, value));
  }
  return parameters;
}

function itemOf(name: SignatureParameter, value: string | number): BareItem {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return { kind: 'integer', value };
  if (typeof value === 'string' && /^[ -~]*$/.test(value)) return { kind: 'string', value };
  const wanted = typeof value === 'number' ? 'a whole number of seconds' : 'ASCII text';
  // Not shown: a key's id may be the secret, given in the wrong place.
  throw new CountersignError(name === 'keyid' ? 'key/id-malformed' : 'header/malformed', `${name} must be ${wanted}`);
}

/** Random, 6 bits a character. */
function freshNonce(length: number): string {
  return encodeBase64(globalThis.crypto.getRandomValues(new Uint8Array(Math.ceil(length / 4) * 3)));
}
