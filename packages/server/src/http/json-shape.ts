import { firstViolation } from '../json-schema/first-violation.ts';
import type { Schema } from '../json-schema/schema.ts';

/** What is wrong with one place of a JSON value. */
export interface ShapeProblem {
  /** RFC 6901; empty for the whole value. */
  readonly pointer: string;
  readonly message: string;
}

export type Checked<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly ShapeProblem[] };

/**
 * Makes the check of a schema. Of a union whose members are told apart by a literal (`provider`, `do`), only the
 * problems of the member that was meant are reported.
 */
export function shapeOf<T>(schema: Schema<T>): (value: unknown) => Checked<T> {
  return (value) =>
    firstViolation(schema, value)
      ? { ok: false, problems: explain(schema, value, '') }
      : { ok: true, value: value as T };
}

function explain(schema: Schema, value: unknown, pointer: string): ShapeProblem[] {
  if (schema.anyOf) return explainUnion(schema, schema.anyOf, value, pointer);
  const inside =
    isObject(value) && (schema.properties || schema.patternProperties)
      ? explainMembers(schema, value, pointer)
      : Array.isArray(value) && schema.items
        ? value.flatMap((item, index) => explain(schema.items as Schema, item, `${pointer}/${index}`))
        : [];
  return inside.length > 0 ? inside : explainItself(schema, value, pointer);
}

function explainMembers(schema: Schema, value: Readonly<Record<string, unknown>>, pointer: string): ShapeProblem[] {
  const { properties = {}, patternProperties = {}, required = [] } = schema;
  const at = (name: string): string => `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const missing = required.filter((name) => value[name] === undefined);
  return [
    ...missing.map((name) => ({ pointer: at(name), message: 'is required' })),
    ...Object.entries(value).flatMap(([name, member]) => {
      const [, patterned] = Object.entries(patternProperties).find(([pattern]) => new RegExp(pattern).test(name)) ?? [];
      const described = Object.hasOwn(properties, name) ? properties[name] : patterned;
      if (described) return explain(described, member, at(name));
      const isOpen = schema.additionalProperties !== false && schema.patternProperties === undefined;
      return isOpen ? [] : [{ pointer: at(name), message: unknownMember(properties, patternProperties) }];
    }),
  ];
}

function unknownMember(properties: object, patterns: object): string {
  const known = [...Object.keys(properties), ...Object.keys(patterns).map((pattern) => `names like ${pattern}`)];
  return `is not known here; expected ${known.length === 0 ? 'nothing' : known.join(', ')}`;
}

function explainUnion(union: Schema, members: readonly Schema[], value: unknown, pointer: string): ShapeProblem[] {
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
  // The member that was nearly met was probably meant.
  const [nearest] = attempts.toSorted((one, other) => one.length - other.length);
  return nearest && nearest.length > 0 ? nearest : explainItself(union, value, pointer);
}

function literalNames({ properties = {} }: Schema): string[] {
  return Object.keys(properties).filter((name) => properties[name]?.const !== undefined);
}

function explainItself(schema: Schema, value: unknown, pointer: string): ShapeProblem[] {
  if (schema.const !== undefined)
    return schema.const === value ? [] : [{ pointer, message: `must be ${JSON.stringify(schema.const)}` }];
  if (schema.enum) return schema.enum.includes(value) ? [] : [{ pointer, message: `must be ${oneOf(schema.enum)}` }];
  const violation = firstViolation(schema, value);
  if (!violation) return [];
  // A pattern is for machines; what it stands for is in the description.
  const meaning = schema.pattern !== undefined && typeof value === 'string' ? schema.description : undefined;
  return [{ pointer, message: meaning === undefined ? violation.message : `${violation.message}: ${meaning}` }];
}

function oneOf(values: readonly unknown[]): string {
  const texts = values.map((value) => JSON.stringify(value));
  return texts.length === 1 ? (texts[0] ?? '') : `one of ${texts.join(', ')}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
