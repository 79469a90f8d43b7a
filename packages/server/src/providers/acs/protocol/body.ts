import { parseJson } from '../../../http/json-syntax.ts';
import { firstViolation, type Violation } from '../../../json-schema/first-violation.ts';
import { isObject, itemSchema, memberSchema } from '../../../json-schema/members.ts';
import type { Schema } from '../../../json-schema/schema.ts';
import { existsIn, type ApiVersion } from './api-versions.ts';
import { acsError } from './errors.ts';

/** Reads a request body into a value of its schema. */
export type BodyDecoder<Body> = (bytes: Uint8Array, version: ApiVersion) => Body;

/**
 * Marks a member that an API version introduced. Requests of older versions that carry it are read as if they did not,
 * as the service ignores members that it does not know; newer SDKs send such members to older versions.
 */
export function since<S extends Schema>(version: ApiVersion, schema: S): S {
  return { ...schema, [introduced]: version };
}

const introduced = 'x-since';

interface Introduced extends Schema {
  readonly [introduced]?: ApiVersion;
}

/**
 * Makes the decoder of a schema. Members that the schema does not know are left alone, and `null` counts as absent.
 *
 * @param error what it throws: 400/8523 in Call Automation, `ValidationError` elsewhere
 *
 * The decoder throws an AcsError that names the first member that is wrong and what was expected there.
 */
export function bodyDecoder<Body>(
  schema: Schema<Body>,
  error: 'invalid-argument' | 'validation-error' = 'invalid-argument',
): BodyDecoder<Body> {
  return (bytes, version) => {
    const parsed = parseJson(bytes);
    if (!parsed.ok) throw acsError(error, { message: `The request body is invalid: ${parsed.problem.message}.` });
    const body = asRead(parsed.value, schema, version);
    const violation = firstViolation(schema, body);
    if (violation) throw invalidMember(violation, error);
    return body as Body;
  };
}

/** What a merge patch takes out of one of its members: the names that are `null` there, and count as absent elsewhere. */
export function removedMembers(bytes: Uint8Array, member: string): ReadonlySet<string> {
  const parsed = parseJson(bytes);
  const members = parsed.ok && isObject(parsed.value) ? (parsed.value as Record<string, unknown>)[member] : undefined;
  return new Set(isObject(members) ? Object.keys(members).filter((name) => members[name] === null) : []);
}

/**
 * A value that was just parsed, as the service reads it: without what counts as absent (nulls, and members newer than the
 * request's version), and one of several values in its documented spelling, whatever its case. It goes as deep as the
 * schema does: how deep the rest is nested is the sender's choice.
 */
function asRead(value: unknown, schema: Schema, version: ApiVersion): unknown {
  if (typeof value === 'string') return inDocumentedCase(value, schema);
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const described = itemSchema(schema, index);
      if (described) value[index] = asRead(item, described, version);
    }
  } else if (isObject(value)) {
    const members = value as Record<string, unknown>;
    for (const name of Object.keys(members)) {
      const described: Introduced | undefined = memberSchema(schema, name);
      const known = described?.[introduced] === undefined || existsIn(version, described[introduced]);
      if (!known || members[name] === null) delete members[name];
      else if (described) members[name] = asRead(members[name], described, version);
    }
  }
  return value;
}

/** Clients on .NET send names of their own enumerations: `Pcm24KMono` for `pcm24KMono`. */
function inDocumentedCase(text: string, { enum: values = [] }: Schema): unknown {
  if (values.length === 0 || values.includes(text)) return text;
  const folded = text.toLowerCase();
  return values.find((value) => typeof value === 'string' && value.toLowerCase() === folded) ?? text;
}

function invalidMember(violation: Violation, name: 'invalid-argument' | 'validation-error'): Error {
  const path = memberPath(violation.pointer);
  const [missing] = violation.missing ?? [];
  if (missing !== undefined) {
    const target = path === '' ? missing : `${path}.${missing}`;
    return acsError(name, { message: `The ${target} field is required.`, target });
  }
  const where = path === '' ? 'The request body' : `The field ${path}`;
  const wording = { message: `${where} ${violation.message}.`, ...(path !== '' && { target: path }) };
  return acsError(name, wording);
}

/** `/playSources/0/kind` as people write it: `playSources[0].kind`. */
function memberPath(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step.replaceAll('~1', '/').replaceAll('~0', '~')}`))
    .join('')
    .replace(/^\./, '');
}
