import { parseJson } from '../../../http/json-syntax.ts';
import { isObject } from '../../../json-schema/members.ts';
import type { Schema } from '../../../json-schema/schema.ts';
import { type BodyDecoder, bodyDecoderBy, introducedIn, readLeniently } from '../../kit/body.ts';
import type { ShapeProblem } from '../../kit/shape-check.ts';
import type { ApiVersion } from './api-versions.ts';
import { acsError } from './errors.ts';

/** Marks a member that an API version introduced: in requests of older versions it counts as absent. */
export const since: <S extends Schema>(version: ApiVersion, schema: S) => S = introducedIn;

type BodyError = 'invalid-argument' | 'validation-error';

/**
 * Makes the decoder of a schema. Members that the schema does not know are left alone, and `null` counts as absent.
 *
 * @param error what it throws: 400/8523 in Call Automation, `ValidationError` elsewhere
 *
 * The decoder throws an AcsError that names the first member that is wrong and what was expected there.
 */
export function bodyDecoder<Body>(schema: Schema<Body>, error: BodyError = 'invalid-argument'): BodyDecoder<Body> {
  const parse = (bytes: Uint8Array): unknown => {
    const parsed = parseJson(bytes);
    if (parsed.ok) return parsed.value;
    throw acsError(error, { message: `The request body is invalid: ${parsed.problem.message}.` });
  };
  const refusal = (problem: ShapeProblem): Error => invalidMember(problem, error);
  return bodyDecoderBy({ parse, read: readLeniently, refusal }, schema);
}

/** What a merge patch takes out of one of its members: the names that are `null` there, and count as absent elsewhere. */
export function removedMembers(bytes: Uint8Array, member: string): ReadonlySet<string> {
  const parsed = parseJson(bytes);
  const members = parsed.ok && isObject(parsed.value) ? (parsed.value as Record<string, unknown>)[member] : undefined;
  return new Set(isObject(members) ? Object.keys(members).filter((name) => members[name] === null) : []);
}

function invalidMember({ kind, at, problem }: ShapeProblem, name: BodyError): Error {
  if (kind === 'missing') return acsError(name, { message: `The ${at} field is required.`, target: at });
  const where = at === '' ? 'The request body' : `The field ${at}`;
  return acsError(name, { message: `${where} ${problem}.`, ...(at !== '' && { target: at }) });
}
