import { isObject, itemSchema, memberSchema } from '../../json-schema/members.ts';
import type { Schema } from '../../json-schema/schema.ts';
import { shapeCheck, type ShapeProblem } from './shape-check.ts';

/**
 * Reads a request body into a value of its schema; throws the provider's error.
 *
 * @param version the API version that the request names, where the provider has such
 */
export type BodyDecoder<Body> = (bytes: Uint8Array, version?: string) => Body;

/** Leaves a body as it came: for an operation that looks something up before it reads one. */
export const unread: BodyDecoder<Uint8Array> = (bytes) => bytes;

/** How a provider reads bodies, and what it says of those that it does not take. */
export interface BodyRules {
  /** Parses the bytes. Throws the provider's error when they are not JSON. */
  readonly parse: (bytes: Uint8Array) => unknown;
  /** Prepares a value before it is checked. */
  readonly read?: (value: unknown, schema: Schema, version: string | undefined) => unknown;
  /** The provider's error for a body that is not as its schema says. */
  readonly refusal: (problem: ShapeProblem) => Error;
}

/** Makes the decoder of a schema, by a provider's rules. Members that the schema does not know are left alone. */
export function bodyDecoderBy<Body>(rules: BodyRules, schema: Schema<Body>): BodyDecoder<Body> {
  const read = valueReader(rules, schema);
  return (bytes, version) => read(rules.parse(bytes), version);
}

/** A merge patch (RFC 7396), as far as a schema knows it. */
export interface MergePatch<Body> {
  readonly body: Body;
  /** What it takes out of one of its members: the names that are `null` there, which count as absent in `body`. */
  readonly removed: ReadonlySet<string>;
}

/** Makes the decoder of a merge patch, which takes things out of one of its members. */
export function mergePatchDecoderBy<Body>(
  rules: BodyRules,
  schema: Schema<Body>,
  member: string,
): BodyDecoder<MergePatch<Body>> {
  const read = valueReader(rules, schema);
  return (bytes, version) => {
    const parsed = rules.parse(bytes);
    // Before reading, which removes the nulls.
    const removed = nullsIn(parsed, member);
    return { body: read(parsed, version), removed };
  };
}

function valueReader<Body>(
  { read, refusal }: BodyRules,
  schema: Schema<Body>,
): (value: unknown, version?: string) => Body {
  const check = shapeCheck(schema);
  return (parsed, version) => {
    const checked = check(read ? read(parsed, schema, version) : parsed);
    if (!checked.ok) throw refusal(checked);
    return checked.value;
  };
}

function nullsIn(value: unknown, member: string): ReadonlySet<string> {
  const members = isObject(value) ? (value as Record<string, unknown>)[member] : undefined;
  return new Set(isObject(members) ? Object.keys(members).filter((name) => members[name] === null) : []);
}

const introduced = 'x-since';

interface Introduced extends Schema {
  readonly [introduced]?: string;
}

/**
 * Marks a member that an API version introduced. Requests of older versions that carry it are read as if they did not,
 * because services ignore members that they do not know; newer SDKs send such members to older versions.
 */
export function introducedIn<S extends Schema>(version: string, schema: S): S {
  return { ...schema, [introduced]: version };
}

/**
 * A value that was just parsed, without what counts as absent (nulls, and members newer than the request's version), and
 * one of several values in its documented spelling, whatever its case. It goes as deep as the schema does: how deep the
 * rest is nested is the sender's choice.
 *
 * @param version a date; text order is time order
 */
export function readLeniently(value: unknown, schema: Schema, version = ''): unknown {
  if (typeof value === 'string') return inDocumentedCase(value, schema);
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const described = itemSchema(schema, index);
      if (described) value[index] = readLeniently(value[index], described, version);
    }
  } else if (isObject(value)) {
    const members = value as Record<string, unknown>;
    for (const name of Object.keys(members)) {
      const described: Introduced | undefined = memberSchema(schema, name);
      const known = described?.[introduced] === undefined || described[introduced] <= version;
      if (!known || members[name] === null) delete members[name];
      else if (described) members[name] = readLeniently(members[name], described, version);
    }
  }
  return value;
}

/** Clients on .NET send names of their own enumerations: `Pcm24KMono` for `pcm24KMono`. */
function inDocumentedCase(text: string, { enum: values }: Schema): unknown {
  if (!values || values.includes(text)) return text;
  const folded = text.toLowerCase();
  return values.find((value) => typeof value === 'string' && value.toLowerCase() === folded) ?? text;
}
