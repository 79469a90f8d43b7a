import {
  isObject,
  itemSchema,
  type JsonObject,
  knownMembers,
  matches,
  memberNames,
  memberOf,
  memberSchema,
  pointerStep,
} from './members.ts';
import type { Schema } from './schema.ts';

/** Where a value is not of its schema, and what was expected there. */
export interface Violation {
  /** RFC 6901, from the value that was checked; empty for the value itself. */
  readonly pointer: string;
  /** For people: `must be integer`. */
  readonly message: string;
  /** The required members that are not there, if that is what is wrong. */
  readonly missing?: readonly string[];
}

/**
 * Checks a value against a schema. A member that is `undefined` counts as absent. It looks no deeper into a value than the
 * schema does: how deep a body is nested is its sender's choice.
 *
 * @returns the first thing that is wrong with it, in the order of the schema; `undefined` when it is of the schema
 */
export function firstViolation(schema: Schema, value: unknown): Violation | undefined {
  if (schema.type !== undefined && !isOfType[schema.type](value)) return here(`must be ${schema.type}`);
  return inside(schema, value) ?? inChoice(schema, value);
}

const isOfType: Readonly<Record<NonNullable<Schema['type']>, (value: unknown) => boolean>> = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  number: Number.isFinite,
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
};

/** What keywords say of values of one type. */
function inside(schema: Schema, value: unknown): Violation | undefined {
  if (typeof value === 'string') return inString(schema, value);
  if (typeof value === 'number') return inNumber(schema, value);
  if (Array.isArray(value)) return inArray(schema, value);
  return isObject(value) ? inObject(schema, value) : undefined;
}

function inObject(schema: Schema, value: JsonObject): Violation | undefined {
  const { required, properties, patternProperties, additionalProperties } = schema;
  const missing = required && missingIn(value, required);
  if (missing) return { ...here(`must have required properties ${missing.join(', ')}`), missing };
  const unknown = additionalProperties === false ? unknownIn(value, schema) : undefined;
  if (unknown !== undefined) {
    return below(unknown, here(`is not known here; there are ${knownMembers(schema) || 'none'}`));
  }
  for (const pattern in patternProperties) {
    for (const name of memberNames(value)) {
      const found = matches(pattern, name) && firstViolation(patternProperties[pattern] as Schema, value[name]);
      if (found) return below(name, found);
    }
  }
  for (const name in properties) {
    const found = !isMissing(value, name) && firstViolation(properties[name] as Schema, value[name]);
    if (found) return below(name, found);
  }
  return undefined;
}

function isMissing(value: JsonObject, name: string): boolean {
  return memberOf(value, name) === undefined;
}

/** The required members that are not there; `undefined` when all are, as mostly. */
function missingIn(value: JsonObject, required: readonly string[]): readonly string[] | undefined {
  for (const name of required) if (isMissing(value, name)) return required.filter((one) => isMissing(value, one));
  return undefined;
}

function unknownIn(value: JsonObject, schema: Schema): string | undefined {
  return memberNames(value).find((name) => memberSchema(schema, name) === undefined);
}

function inArray(schema: Schema, value: readonly unknown[]): Violation | undefined {
  const { additionalItems, minItems, maxItems } = schema;
  for (let index = 0; index < value.length; index++) {
    const described = itemSchema(schema, index);
    const found = described
      ? firstViolation(described, value[index])
      : additionalItems === false && here('is one too many');
    if (found) return below(index, found);
  }
  if (minItems !== undefined && value.length < minItems) return here(`must not have fewer than ${minItems} items`);
  if (maxItems !== undefined && value.length > maxItems) return here(`must not have more than ${maxItems} items`);
  return undefined;
}

function inString({ minLength, maxLength, pattern }: Schema, value: string): Violation | undefined {
  // A code point is one or two units of `length`, so that most texts need no counting.
  if (minLength !== undefined && value.length < 2 * minLength && codePoints(value) < minLength) {
    return here(`must not have fewer than ${minLength} characters`);
  }
  if (maxLength !== undefined && value.length > maxLength && codePoints(value) > maxLength) {
    return here(`must not have more than ${maxLength} characters`);
  }
  return pattern === undefined || matches(pattern, value) ? undefined : here(`must match pattern "${pattern}"`);
}

function inNumber({ minimum, maximum }: Schema, value: number): Violation | undefined {
  if (minimum !== undefined && value < minimum) return here(`must be >= ${minimum}`);
  return maximum !== undefined && value > maximum ? here(`must be <= ${maximum}`) : undefined;
}

/** What keywords say of values whatever their type: `const`, `enum` and `anyOf`. */
function inChoice(schema: Schema, value: unknown): Violation | undefined {
  if (schema.const !== undefined && schema.const !== value) return here(`must be ${String(schema.const)}`);
  if (schema.enum && !schema.enum.includes(value)) {
    return here(`must be one of ${schema.enum.join(', ')}`);
  }
  let first: Violation | undefined;
  for (const member of schema.anyOf ?? []) {
    const found = firstViolation(member, value);
    if (!found) return undefined;
    first ??= found;
  }
  return first;
}

function here(message: string): Violation {
  return { pointer: '', message };
}

function below(step: string | number, found: Violation): Violation {
  return { ...found, pointer: pointerStep(step) + found.pointer };
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
