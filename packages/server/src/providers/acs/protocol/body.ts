import { parseJson } from '../../../http/json-syntax.ts';
import type { Schema } from '../../../json-schema/schema.ts';
import {
  type BodyDecoder,
  bodyDecoderBy,
  type BodyRules,
  introducedIn,
  type MergePatch,
  mergePatchDecoderBy,
  readLeniently,
} from '../../kit/body.ts';
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
  return bodyDecoderBy(rulesFor(error), schema);
}

/** The same for a merge patch, which takes out what is `null` in one of its members. */
export function mergePatchDecoder<Body>(
  schema: Schema<Body>,
  member: string,
  error: BodyError,
): BodyDecoder<MergePatch<Body>> {
  return mergePatchDecoderBy(rulesFor(error), schema, member);
}

function rulesFor(error: BodyError): BodyRules {
  return {
    parse: (bytes) => {
      const parsed = parseJson(bytes);
      if (parsed.ok) return parsed.value;
      throw acsError(error, { message: `The request body is invalid: ${parsed.problem.message}.` });
    },
    read: readLeniently,
    refusal: (problem) => invalidMember(problem, error),
  };
}

function invalidMember({ kind, at, problem }: ShapeProblem, name: BodyError): Error {
  if (kind === 'missing') return acsError(name, { message: `The ${at} field is required.`, target: at });
  const where = at === '' ? 'The request body' : `The field ${at}`;
  return acsError(name, { message: `${where} ${problem}.`, ...(at !== '' && { target: at }) });
}
