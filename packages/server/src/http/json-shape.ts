import type { Static, TSchema } from 'typebox';
import { Check, Compile, Errors, type Validator } from 'typebox/schema';

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
export function shapeOf<Schema extends TSchema>(schema: Schema): (value: unknown) => Checked<Static<Schema>> {
  // Compiled at first use: a server listens sooner without.
  let validator: Validator | undefined;
  return (value) =>
    (validator ??= Compile(schema)).Check(value)
      ? { ok: true, value: value as Static<Schema> }
      : { ok: false, problems: explain(schema as JsonSchema, value, '') };
}

/** What is looked at in a schema: TypeBox schemas are JSON Schema. */
interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly pattern?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: unknown;
  readonly patternProperties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

function explain(schema: JsonSchema, value: unknown, pointer: string): ShapeProblem[] {
  if (schema.anyOf) return explainUnion(schema, schema.anyOf, value, pointer);
  const inside =
    isObject(value) && (schema.properties || schema.patternProperties)
      ? explainMembers(schema, value, pointer)
      : Array.isArray(value) && schema.items
        ? value.flatMap((item, index) => explain(schema.items as JsonSchema, item, `${pointer}/${index}`))
        : [];
  return inside.length > 0 ? inside : explainItself(schema, value, pointer);
}

function explainMembers(schema: JsonSchema, value: Readonly<Record<string, unknown>>, pointer: string): ShapeProblem[] {
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

function explainUnion(
  union: JsonSchema,
  members: readonly JsonSchema[],
  value: unknown,
  pointer: string,
): ShapeProblem[] {
  const discriminator = literalNames(members[0] ?? {}).find((name) =>
    members.every((member) => literalNames(member).includes(name)),
  );
  if (discriminator !== undefined && isObject(value)) {
    const literalOf = (member: JsonSchema): unknown => member.properties?.[discriminator]?.const;
    const meant = members.find((member) => literalOf(member) === value[discriminator]);
    if (meant) return explain(meant, value, pointer);
    return [{ pointer: `${pointer}/${discriminator}`, message: `must be ${oneOf(members.map(literalOf))}` }];
  }
  const attempts = members.map((member) => (accepts(member, value) ? [] : explain(member, value, pointer)));
  // The member that was nearly met was probably meant.
  const [nearest] = attempts.toSorted((one, other) => one.length - other.length);
  return nearest && nearest.length > 0 ? nearest : explainItself(union, value, pointer);
}

function literalNames({ properties = {} }: JsonSchema): string[] {
  return Object.keys(properties).filter((name) => properties[name]?.const !== undefined);
}

function explainItself(schema: JsonSchema, value: unknown, pointer: string): ShapeProblem[] {
  if (schema.const !== undefined)
    return schema.const === value ? [] : [{ pointer, message: `must be ${JSON.stringify(schema.const)}` }];
  if (schema.enum) return schema.enum.includes(value) ? [] : [{ pointer, message: `must be ${oneOf(schema.enum)}` }];
  const [, [error]] = Errors(schema as TSchema, value);
  if (!error) return [];
  // A pattern is for machines; what it stands for is in the description.
  const meaning = schema.pattern !== undefined && typeof value === 'string' ? schema.description : undefined;
  return [{ pointer, message: meaning === undefined ? error.message : `${error.message}: ${meaning}` }];
}

function accepts(schema: JsonSchema, value: unknown): boolean {
  return Check(schema as TSchema, value);
}

function oneOf(values: readonly unknown[]): string {
  const texts = values.map((value) => JSON.stringify(value));
  return texts.length === 1 ? (texts[0] ?? '') : `one of ${texts.join(', ')}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
