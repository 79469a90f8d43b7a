import type { Item } from '../canonical/structured-fields.ts';
import type { Refusal } from '../errors.ts';
import { bodyLength, headerValue, headerValues, type Message } from '../message.ts';
import { componentOf, identifierOf, type ComponentsRule } from '../places/components-rule.ts';
import { authorityOf, componentValue } from './component-value.ts';
import type { PartRule } from './part-rule.ts';
import type { PartSource } from './sources.ts';

/** The parts of one message's string to sign, where the message says what they are: a line for each component. */
export function declaredParts(
  rule: ComponentsRule,
  covered: readonly Item[],
  message: Message,
  own: readonly PartRule[],
): readonly PartRule[] {
  return own.flatMap((part) =>
    part.source.from === 'components' ? covered.map((component) => lineOf(rule, component, message)) : [part],
  );
}

function lineOf({ structuredFields }: ComponentsRule, component: Item, message: Message): PartRule {
  const identifier = identifierOf(component);
  const name = component.item.value as string;
  const text = name + identifier.slice(identifier.indexOf('"', 1) + 1);
  const known = component.parameters.size > 0 ? undefined : sourceOf(name, message);
  const source = known ?? {
    from: 'component',
    component: text,
    ...(structuredFields && { structuredFields }),
  };
  return { name: text, source, before: `${identifier}: ${name === '@query' ? '?' : ''}`, after: '\n' };
}

/** A source that diagnosis knows, where the component is signed as that has it. */
function sourceOf(name: string, message: Message): PartSource | undefined {
  switch (name) {
    case '@method':
      return { from: 'method' };
    case '@request-target':
      return { from: 'target', form: 'as-sent' };
    case '@path':
      return { from: 'target', form: 'path' };
    case '@query':
      return { from: 'target', form: 'query' };
    case '@target-uri':
      return { from: 'url', form: 'as-sent' };
    case '@authority':
      return isPlainHost(message) ? { from: 'host' } : undefined;
  }
  if (name.startsWith('@')) return undefined;
  const [value, second] = headerValues(message.headers, name);
  const isPlain = value !== undefined && second === undefined && value === value.trim() && !value.includes('\n');
  return isPlain ? { from: 'header', header: name, absent: 'refused' } : undefined;
}

function isPlainHost(message: Message): boolean {
  const [host, second] = headerValues(message.headers, 'host');
  return second === undefined && message.origin === undefined && host === authorityOf(message);
}

/** What counts as covering a component besides itself. */
const wider: Readonly<Record<string, readonly string[]>> = {
  '@authority': ['@target-uri'],
  '@scheme': ['@target-uri'],
  '@path': ['@request-target', '@target-uri'],
  '@query': ['@request-target', '@target-uri'],
  '@query-param': ['@query', '@request-target', '@target-uri'],
  '@request-target': ['@target-uri'],
};

/** Why the components that a message covers are not enough, or cannot be what a signature covers. */
export function coverageProblem(rule: ComponentsRule, covered: readonly Item[], message: Message): Refusal | undefined {
  const identifiers = covered.map(identifierOf);
  const refuse = (summary: string): Refusal => ({ code: 'authorization/signed-headers', summary });
  const seen = new Set<string>();
  for (const [at, identifier] of identifiers.entries()) {
    const name = covered[at]?.item.value as string;
    if (seen.has(identifier)) return refuse(`the signature covers ${identifier} twice`);
    seen.add(identifier);
    if (name === '@signature-params' || name !== name.toLowerCase())
      return refuse(`the signature covers ${identifier}, which cannot be listed`);
  }
  const missing = rule.required.filter((text) => isAsked(text, message) && !covers(covered, text));
  if (missing.length === 0) return undefined;
  const list = identifiers.join(' ') || 'nothing';
  return refuse(`the signature covers ${list}; it must also cover ${missing.map(quoted).join(' ')}`);
}

/** Whether a required component is asked of this message. */
export function isAsked(text: string, { target, body }: Message): boolean {
  if (text === '@query') return target.includes('?');
  return text !== 'content-digest' || bodyLength(body) > 0;
}

function covers(covered: readonly Item[], text: string): boolean {
  const wanted = componentOf(text);
  if (!wanted) return false;
  const identifier = identifierOf(wanted);
  const name = wanted.item.value as string;
  return covered.some((component) => {
    if (identifierOf(component) === identifier) return true;
    const { parameters } = component;
    if (component.item.value === name && !name.startsWith('@') && wanted.parameters.size === 0)
      return parameters.size === 1 && (parameters.has('bs') || parameters.has('sf') || isDigestMember(component));
    return parameters.size === 0 && (wider[name] ?? []).includes(component.item.value as string);
  });
}

/** One hash of the body is as good as all of them. */
function isDigestMember({ item, parameters }: Item): boolean {
  return item.value === 'content-digest' && /^sha-(?:256|512)$/.test(String(parameters.get('key')?.value));
}

function quoted(text: string): string {
  const component = componentOf(text);
  return component ? identifierOf(component) : text;
}

/** Why a covered component of a message has no value. */
export function valueProblem(
  { structuredFields }: ComponentsRule,
  covered: readonly Item[],
  message: Message,
): Refusal | undefined {
  for (const component of covered) {
    const value = componentValue(component, message, structuredFields);
    if ('code' in value) return value;
  }
  const hosts = headerValues(message.headers, 'host');
  const needsHost = covered.some(({ item }) => item.value === '@authority' || item.value === '@target-uri');
  if (!needsHost || message.origin !== undefined || hosts.length === 1) return undefined;
  return headerValue(message.headers, 'host') === undefined
    ? { code: 'header/missing', summary: 'the signed header "host" was not sent' }
    : { code: 'header/duplicate', summary: `the signed header "host" was sent ${hosts.length} times` };
}
