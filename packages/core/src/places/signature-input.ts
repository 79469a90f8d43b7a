import {
  parseDictionary,
  type BareItem,
  type InnerList,
  type Item,
  type Member,
} from '../canonical/structured-fields.ts';
import { bareText, innerListText } from '../canonical/structured-text.ts';
import type { Refusal } from '../errors.ts';
import { headerValue, headerValues, type Header } from '../message.ts';
import type { ComponentsRule } from './components-rule.ts';

/** A signature of RFC 9421, as the two headers say it. */
export interface DeclaredSignature {
  readonly label: string;
  /** The covered components, in order. */
  readonly components: readonly Item[];
  /** Components and parameters in the one way they are written: the value of `@signature-params`. */
  readonly parametersText: string;
  readonly keyId: string | undefined;
  /** The text of `created`, in seconds. */
  readonly created: string | undefined;
  readonly expiresAtMs: number | undefined;
  readonly nonce: string | undefined;
  /** In base64. */
  readonly signature: string;
}

interface Headed {
  readonly headers: readonly Header[];
}

/** Reads the signature that a rule chooses among those of a request, strictly; nothing of it is believed yet. */
export function readSignatureInput(rule: ComponentsRule, message: Headed): DeclaredSignature | Refusal {
  return readDeclared(rule, message, (input) => parameterProblem(rule, input, message));
}

/** The same of a request that may be refused for what its parameters say. */
export function readAnySignatureInput(rule: ComponentsRule, message: Headed): DeclaredSignature | Refusal {
  return readDeclared(rule, message, kindProblem);
}

function readDeclared(
  rule: ComponentsRule,
  message: Headed,
  judge: (input: InnerList) => Refusal | undefined,
): DeclaredSignature | Refusal {
  const inputs = membersOf(message, 'signature-input');
  if ('code' in inputs) return inputs;
  const signatures = membersOf(message, 'signature');
  if ('code' in signatures) return signatures;
  const label = chosenLabel(rule, inputs.members);
  if (typeof label === 'object') return label;
  const input = inputs.members.get(label) as InnerList;
  const signature = signatures.members.get(label);
  if (signature === undefined)
    return {
      code: 'authorization/malformed',
      summary: `the header signature has no "${label}", which signature-input describes`,
    };
  if (!('item' in signature) || signature.item.kind !== 'bytes')
    return {
      code: 'authorization/malformed',
      summary: `the signature "${label}" is no byte sequence (base64 between colons)`,
    };
  const problem = judge(input);
  if (problem) return problem;
  const number = (name: string): number | undefined => valueOf(input, name) as number | undefined;
  const expires = number('expires');
  return {
    label,
    components: input.items,
    parametersText: innerListText(input),
    keyId: valueOf(input, 'keyid') as string | undefined,
    created: number('created')?.toString(),
    expiresAtMs: expires === undefined ? undefined : expires * 1000,
    nonce: valueOf(input, 'nonce') as string | undefined,
    signature: bareText(signature.item).slice(1, -1),
  };
}

function membersOf(message: Headed, header: string): { readonly members: ReadonlyMap<string, Member> } | Refusal {
  const values = headerValues(message.headers, header);
  if (values.length === 0) return { code: 'authorization/missing', summary: `the request has no ${header} header` };
  const parsed = parseDictionary(values.join(', '));
  if ('value' in parsed) return { members: parsed.value };
  return { code: 'authorization/malformed', summary: `the ${header} header is no dictionary: ${parsed.problem}` };
}

/** The label of the signature that the rule means. */
function chosenLabel({ label, tag }: ComponentsRule, inputs: ReadonlyMap<string, Member>): string | Refusal {
  const fits = (name: string, member: Member): boolean =>
    (label === undefined || name === label) && (tag === undefined || valueOf(member, 'tag') === tag);
  const found = [...inputs].filter(([name, member]) => fits(name, member));
  const wanted = [
    ...(label === undefined ? [] : [`the label "${label}"`]),
    ...(tag === undefined ? [] : [`the tag "${tag}"`]),
  ];
  const [first, second] = found;
  if (!first) {
    const what = wanted.length > 0 ? `signature with ${wanted.join(' and ')}` : 'signature';
    return { code: 'authorization/missing', summary: `signature-input describes no ${what}` };
  }
  if (second) {
    const labels = found.map(([name]) => `"${name}"`).join(', ');
    const summary = `signature-input describes ${found.length} signatures that fit (${labels}): choose one by label or tag`;
    return { code: 'authorization/duplicate', summary };
  }
  const [name, member] = first;
  if ('items' in member && member.items.every(({ item }) => item.kind === 'string')) return name;
  return { code: 'authorization/malformed', summary: `signature-input: "${name}" is no list of strings in brackets` };
}

const kinds: Readonly<Record<string, BareItem['kind']>> = {
  created: 'integer',
  expires: 'integer',
  nonce: 'string',
  alg: 'string',
  keyid: 'string',
  tag: 'string',
};

function malformed(summary: string): Refusal {
  return { code: 'authorization/malformed', summary: `signature-input: ${summary}` };
}

/** What is wrong with the kinds of the parameters. */
function kindProblem(input: InnerList): Refusal | undefined {
  for (const [name, value] of input.parameters) {
    const kind = kinds[name];
    if (kind !== undefined && value.kind !== kind)
      return malformed(`${name} is not ${kind === 'integer' ? 'an integer' : 'a string'}`);
    if (kind === 'integer' && (value.value as number) < 0) return malformed(`${name} is before 1970`);
  }
  return undefined;
}

function parameterProblem(rule: ComponentsRule, input: InnerList, message: Headed): Refusal | undefined {
  const kind = kindProblem(input);
  if (kind) return kind;
  const algorithm = valueOf(input, 'alg');
  if (algorithm !== undefined && algorithm !== rule.algorithm)
    return malformed(`alg is "${String(algorithm)}", and the key signs by "${rule.algorithm}"`);
  const nonce = valueOf(input, 'nonce') as string | undefined;
  if (rule.nonceLength !== undefined && (nonce?.length ?? 0) < rule.nonceLength)
    return malformed(`the nonce has ${nonce?.length ?? 0} characters; at least ${rule.nonceLength} are expected`);
  const keyId = valueOf(input, 'keyid');
  if (rule.namesKey && keyId === undefined) return malformed('there is no keyid');
  if (rule.keyHeader === undefined) return undefined;
  const named = headerValue(message.headers, rule.keyHeader);
  if (named === keyId) return undefined;
  return malformed(`keyid is not what the header ${rule.keyHeader} says`);
}

/** The value of a parameter of a signature. */
function valueOf(member: Member, parameter: string): string | number | boolean | Uint8Array | undefined {
  return member.parameters.get(parameter)?.value;
}
