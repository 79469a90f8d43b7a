import { encodeBase64 } from '../canonical/byte-encoding.ts';
import type { BareItem, Item } from '../canonical/structured-fields.ts';
import { innerListText } from '../canonical/structured-text.ts';
import { CountersignError } from '../errors.ts';
import { headerValue, type Header, type Message } from '../message.ts';
import {
  componentOf,
  signatureParameters,
  type ComponentsRule,
  type SignatureInputOptions,
  type SignatureParameter,
} from '../places/components-rule.ts';
import { writers, type DeclaredComponents } from '../places/writers.ts';
import { parametersField } from './components.ts';
import { contentDigestText } from './content-digest-field.ts';
import { coverageProblem, declaredParts, isAsked, valueProblem } from './declared-parts.ts';
import type { PartRule } from './part-rule.ts';

writers.components = ({ components: rule, parts }, keyId, given, options, created): DeclaredComponents => {
  const listed = options.components ?? rule.required.filter((text) => isAsked(text, given));
  const covered = listed.map((text): Item => {
    const component = componentOf(text);
    if (component) return component;
    throw new CountersignError('header/malformed', `"${text}" is no component, such as "@method" or "content-digest"`);
  });
  const added = addedHeaders(covered, given);
  const message: Message = { ...given, headers: [...given.headers, ...added] };
  const problem = coverageProblem(rule, covered, message) ?? valueProblem(rule, covered, message);
  if (problem) throw new CountersignError(codeOf(problem.code), problem.summary);
  const label = options.label ?? rule.label ?? 'sig1';
  const text = innerListText({ items: covered, parameters: parametersOf(rule, keyId, options, Number(created)) });
  return {
    message,
    parts: declaredParts(rule, covered, message, parts as readonly PartRule[]),
    fields: { [parametersField]: text },
    headers: (signature) => [
      ...added,
      ['signature-input', `${label}=${text}`],
      ['signature', `${label}=:${signature}:`],
    ],
  };
};

/** What is signed and nobody has written yet. */
function addedHeaders(covered: readonly Item[], { headers, body }: Message): Header[] {
  const signsDigest = covered.some(({ item }) => item.value === 'content-digest');
  if (!signsDigest || headerValue(headers, 'content-digest') !== undefined) return [];
  return [['content-digest', contentDigestText(body)]];
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
