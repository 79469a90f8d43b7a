import type { Schema } from './schema.ts';

/** A JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value of a member; what an object inherits (`constructor`, say) is none of its members. */
export function memberOf(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** The names of an object's members. One that is `undefined` counts as absent: JSON has no such value. */
export function memberNames(object: JsonObject): string[] {
  return Object.keys(object).filter((name) => object[name] !== undefined);
}

/** What a schema says of a member: by its name, else by the first pattern that is found in its name. */
export function memberSchema({ properties, patternProperties }: Schema, name: string): Schema | undefined {
  if (properties && Object.hasOwn(properties, name)) return properties[name];
  if (!patternProperties) return undefined;
  const pattern = Object.keys(patternProperties).find((candidate) => matches(candidate, name));
  return pattern === undefined ? undefined : patternProperties[pattern];
}

/** The members that a schema knows, for people: `port, clock, names like ^x-`; empty when it knows none. */
export function knownMembers({ properties = {}, patternProperties = {} }: Schema): string {
  return [...Object.keys(properties), ...Object.keys(patternProperties).map((one) => `names like ${one}`)].join(', ');
}

/** What a schema says of the item at an index. */
export function itemSchema({ items }: Schema, index: number): Schema | undefined {
  return Array.isArray(items) ? (items as readonly Schema[])[index] : (items as Schema | undefined);
}

/** The step to a member or item in a JSON pointer (RFC 6901). */
export function pointerStep(name: string | number): string {
  return `/${`${name}`.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

const expressions = new Map<string, RegExp>();

/** Whether a schema's pattern is found in a text. Each is compiled once: schemas are constants, so there are not many. */
export function matches(pattern: string, text: string): boolean {
  const expression = expressions.get(pattern) ?? new RegExp(pattern, 'u');
  expressions.set(pattern, expression);
  return expression.test(text);
}
