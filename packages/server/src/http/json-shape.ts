import { firstViolation } from '../json-schema/first-violation.ts';
import {
  isObject,
  itemSchema,
  type JsonObject,
  knownMembers,
  memberNames,
  memberOf,
  memberSchema,
  pointerStep,
} from '../json-schema/members.ts';
import type { Schema } from '../json-schema/schema.ts';

/** Problems that are told at once: people read the first few, and each is longer than what it is about. */
const maxProblems = 20;

/** What is wrong with one place of a JSON value. */
export interface PointedProblem {
  /** RFC 6901; empty for the whole value. */
  readonly pointer: string;
  readonly message: string;
}

export type CheckedJson<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly PointedProblem[] };

/**
 * Makes the check of a schema. Of a union whose members are told apart by a literal (`provider`, `do`), only the
 * problems of the member that was meant are reported. Of many problems the first 20 are.
 */
export function shapeOf<T>(schema: Schema<T>): (value: unknown) => CheckedJson<T> {
  return (value) =>
    firstViolation(schema, value)
      ? { ok: false, problems: explain(schema, value, '').slice(0, maxProblems) }
      : { ok: true, value: value as T };
}

function explain(schema: Schema, value: unknown, pointer: string): PointedProblem[] {
  if (schema.anyOf) return explainUnion(schema, schema.anyOf, value, pointer);
  const inside = explainInside(schema, value, pointer);
  return inside.length > 0 ? inside : explainItself(schema, value, pointer);
}

/** The problems of items and members, as deep as the schema goes. */
function explainInside(schema: Schema, value: unknown, pointer: string): PointedProblem[] {
  if (isObject(value)) return explainMembers(schema, value, pointer);
  if (!Array.isArray(value)) return [];
  return value.flatMap((item, index) => {
    const described = itemSchema(schema, index);
    return described ? explain(described, item, pointer + pointerStep(index)) : [];
  });
}

function explainMembers(schema: Schema, value: JsonObject, pointer: string): PointedProblem[] {
  const { required = [], additionalProperties } = schema;
  const at = (name: string): string => pointer + pointerStep(name);
  const missing = required.filter((name) => memberOf(value, name) === undefined);
  const unknown = `is not known here; expected ${knownMembers(schema) || 'nothing'}`;
  return [
    ...missing.map((name) => ({ pointer: at(name), message: 'is required' })),
    ...memberNames(value).flatMap((name) => {
      const described = memberSchema(schema, name);
      if (described) return explain(described, value[name], at(name));
      return additionalProperties === false ? [{ pointer: at(name), message: unknown }] : [];
    }),
  ];
}

function explainUnion(union: Schema, members: readonly Schema[], value: unknown, pointer: string): PointedProblem[] {
  const discriminator = literalNames(members[0] ?? {}).find((name) =>
    members.every((member) => literalNames(member).includes(name)),
  );
  if (discriminator !== undefined && isObject(value)) {
    const literalOf = (member: Schema): unknown => member.properties?.[discriminator]?.const;
    const meant = members.find((member) => literalOf(member) === value[discriminator]);
    if (meant) return explain(meant, value, pointer);
    return [{ pointer: `${pointer}/${discriminator}`, message: `must be ${oneOf(members.map(literalOf))}` }];
  }
  const attempts = members.map((member) => (firstViolation(member, value) ? explain(member, value, pointer) : []));
  // The alternative with the fewest problems was probably meant.
  const [nearest] = attempts.toSorted((one, other) => one.length - other.length);
  return nearest && nearest.length > 0 ? nearest : explainItself(union, value, pointer);
}

function literalNames({ properties = {} }: Schema): string[] {
  return Object.keys(properties).filter((name) => properties[name]?.const !== undefined);
}

function explainItself(schema: Schema, value: unknown, pointer: string): PointedProblem[] {
  if (schema.const !== undefined)
    return schema.const === value ? [] : [{ pointer, message: `must be ${JSON.stringify(schema.const)}` }];
  if (schema.enum) return schema.enum.includes(value) ? [] : [{ pointer, message: `must be ${oneOf(schema.enum)}` }];
  const violation = firstViolation(schema, value);
  if (!violation) return [];
  // The description says in words what the pattern requires.
  const meaning = schema.pattern !== undefined && typeof value === 'string' ? schema.description : undefined;
  const message = meaning === undefined ? violation.message : `${violation.message}: ${meaning}`;
  return [{ pointer: pointer + violation.pointer, message }];
}

function oneOf(values: readonly unknown[]): string {
  const texts = values.map((value) => JSON.stringify(value));
  return texts.length === 1 ? (texts[0] ?? '') : `one of ${texts.join(', ')}`;
}
