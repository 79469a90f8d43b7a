/**
 * JSON Schemas (draft 7) that know the type of their values: `Static<typeof schema>`. Only the keywords that this
 * server's schemas have; `first-violation.ts` checks values against them.
 *
 *     const phone = object({ number: string({ minLength: 1 }), name: optional(string()) });
 *     type Phone = Static<typeof phone>; // { number: string; name?: string }
 */
declare const valueType: unique symbol;
const optionality = Symbol('optional');

/** A JSON Schema of values of type `T`. */
export interface Schema<out T = unknown> extends Note, Range, Length, Size {
  readonly type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean';
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly required?: readonly string[];
  readonly properties?: Members;
  readonly patternProperties?: Members;
  readonly additionalProperties?: false;
  /** One for all items, or one for each in turn. */
  readonly items?: Schema | readonly Schema[];
  readonly additionalItems?: false;
  /** Never set: it only carries `T` for the compiler. */
  readonly [valueType]?: T;
}

/** The type of a schema's values. */
export type Static<S extends Schema> = S extends Schema<infer T> ? T : never;

/** A member that may be absent. */
export type Optional<S extends Schema = Schema> = S & { readonly [optionality]: true };

/** The schema of an object whose members are known. */
export interface ObjectSchema<M extends Members> extends Schema<ObjectOf<M>> {
  readonly properties: M;
}

type Scalar = string | number | boolean;
type Members = Readonly<Record<string, Schema>>;
type Flat<T> = { [Name in keyof T]: T[Name] };
type ObjectOf<M extends Members> = Flat<
  { [Name in keyof M as M[Name] extends Optional ? never : Name]: Static<M[Name]> } & {
    [Name in keyof M as M[Name] extends Optional ? Name : never]?: Static<M[Name]>;
  }
>;

interface Note {
  readonly title?: string;
  readonly description?: string;
}
interface Range {
  readonly minimum?: number;
  readonly maximum?: number;
}
interface Length {
  /** Unicode code points. */
  readonly minLength?: number;
  readonly maxLength?: number;
  /** A regular expression, with the flag `u`, that is found somewhere in the text. */
  readonly pattern?: string;
}
interface Size {
  readonly minItems?: number;
  readonly maxItems?: number;
}
interface Openness {
  /** Refuses members that the schema does not name. */
  readonly additionalProperties?: false;
}

/** Makes a member of `object` one that may be absent. */
export function optional<S extends Schema>(schema: S): Optional<S> {
  return { ...schema, [optionality]: true };
}

/** An object whose members are required unless they are `optional`; members that it does not name are let through. */
export function object<M extends Members>(properties: M, options: Note & Openness = {}): ObjectSchema<M> {
  const required = Object.keys(properties).filter((name) => !Object.hasOwn(properties[name] as Schema, optionality));
  return { type: 'object', ...(required.length > 0 && { required }), properties, ...options };
}

/** An object with members of one kind, under any names that the pattern of `names` allows. */
export function record<T>(
  names: Schema<string>,
  values: Schema<T>,
  options: Note & Openness = {},
): Schema<Record<string, T>> {
  return { type: 'object', patternProperties: { [names.pattern ?? '^.*$']: values }, ...options };
}

export function array<T>(items: Schema<T>, options: Note & Size = {}): Schema<T[]> {
  return { type: 'array', items, ...options };
}

/** An array of as many items as there are schemas, each of its own. */
export function tuple<T extends unknown[]>(items: readonly [...{ [I in keyof T]: Schema<T[I]> }]): Schema<T> {
  return { type: 'array', additionalItems: false, items, minItems: items.length };
}

export function string(options: Note & Length = {}): Schema<string> {
  return { type: 'string', ...options };
}

export function number(options: Note & Range = {}): Schema<number> {
  return { type: 'number', ...options };
}

export function integer(options: Note & Range = {}): Schema<number> {
  return { type: 'integer', ...options };
}

export function boolean(options: Note = {}): Schema<boolean> {
  return { type: 'boolean', ...options };
}

/** One value. */
export function literal<const V extends string | number>(value: V): Schema<V> {
  return { type: typeof value === 'string' ? 'string' : 'number', const: value };
}

/** One of several values: the keyword `enum`. */
export function choice<const V extends Scalar>(values: readonly V[], options: Note = {}): Schema<V> {
  return { enum: values, ...options };
}

/** What at least one of several schemas describes: the keyword `anyOf`. */
export function union<S extends Schema>(members: readonly S[], options: Note = {}): Schema<Static<S>> {
  return { anyOf: members, ...options };
}

/** Any value. */
export function unknown(): Schema {
  return {};
}

/** A schema that says less of its values than their type does. */
export function typed<T>(schema: Schema): Schema<T> {
  return schema as Schema<T>;
}
