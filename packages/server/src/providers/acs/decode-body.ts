import type { Static, TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/schema';
import { parseJson } from '../../http/json-syntax.ts';
import { existsIn, type ApiVersion } from './api-versions.ts';
import { acsError } from './errors.ts';

/** Reads a request body into a value of its schema. */
export type BodyDecoder<Body> = (bytes: Uint8Array, version: ApiVersion) => Body;

/**
 * Marks a member that an API version introduced. Requests of older versions that carry it are read as if they did not,
 * as the service ignores members that it does not know; newer SDKs send such members to older versions.
 */
export function since<Schema extends TSchema>(version: ApiVersion, schema: Schema): Schema {
  return Object.assign(schema, { [introduced]: version });
}

const introduced = 'x-since';

/**
 * Makes the decoder of a schema. Members that the schema does not know are left alone, and `null` counts as absent.
 *
 * @param error what it throws: 400/8523 in Call Automation, `ValidationError` elsewhere
 *
 * The decoder throws an AcsError that names the first member that is wrong and what was expected there.
 */
export function bodyDecoder<Schema extends TSchema>(
  schema: Schema,
  error: 'invalid-argument' | 'validation-error' = 'invalid-argument',
): BodyDecoder<Static<Schema>> {
  // Compiled at first use: a server listens sooner without.
  let validator: Validator | undefined;
  return (bytes, version) => {
    const parsed = parseJson(bytes);
    if (!parsed.ok) throw acsError(error, { message: `The request body is invalid: ${parsed.problem.message}.` });
    const value = readable(parsed.value, schema as Described, version);
    validator ??= Compile(schema);
    if (validator.Check(value)) return value as Static<Schema>;
    throw invalidMember(validator.Errors(value)[1], error);
  };
}

/** What is looked at in a schema: TypeBox schemas are JSON Schema. */
interface Described {
  readonly properties?: Readonly<Record<string, Described>>;
  readonly items?: Described;
  readonly [introduced]?: ApiVersion;
}

/** The value without nulls and without members that are newer than the request's version. */
function readable(value: unknown, schema: Described | undefined, version: ApiVersion): unknown {
  if (Array.isArray(value)) return value.map((item) => readable(item, schema?.items, version));
  if (typeof value !== 'object' || value === null) return value;
  const kept: Record<string, unknown> = {};
  for (const [name, member] of Object.entries(value)) {
    const described = schema?.properties?.[name];
    const known = described?.[introduced] === undefined || existsIn(version, described[introduced]);
    if (known && member !== null) kept[name] = readable(member, described, version);
  }
  return kept;
}

interface SchemaError {
  readonly keyword: string;
  readonly instancePath: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message: string;
}

function invalidMember(errors: readonly SchemaError[], name: 'invalid-argument' | 'validation-error'): Error {
  const [first] = errors;
  const path = memberPath(first?.instancePath ?? '');
  if (first?.keyword === 'required') {
    const [missing] = first.params['requiredProperties'] as readonly string[];
    const target = path === '' ? `${missing}` : `${path}.${missing}`;
    return acsError(name, { message: `The ${target} field is required.`, target });
  }
  const where = path === '' ? 'The request body' : `The field ${path}`;
  const wording = { message: `${where} ${expectation(first)}.`, ...(path !== '' && { target: path }) };
  return acsError(name, wording);
}

function expectation(error: SchemaError | undefined): string {
  const allowed = error?.params['allowedValues'];
  if (Array.isArray(allowed)) return `must be one of ${allowed.join(', ')}`;
  return error?.message ?? 'is invalid';
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
