import type { Schema } from '../../../json-schema/schema.ts';
import { type BodyDecoder, bodyDecoderBy } from '../../kit/body.ts';
import type { ShapeProblem } from '../../kit/shape-check.ts';
import { SinchError } from '../protocol/errors.ts';
import { readJson } from '../protocol/json.ts';

/**
 * Makes the decoder of a schema. It throws a SinchError: 40003 when there is no body, 40001 when it is not JSON or of
 * another shape, 40002 when something required is missing.
 */
export function bodyDecoder<Body>(schema: Schema<Body>): BodyDecoder<Body> {
  return bodyDecoderBy({ parse: readJsonBody, refusal: shapeError }, schema);
}

/**
 * Reads the JSON body of a request, of whatever shape.
 *
 * @throws SinchError 40003 when there is none, 40001 when it is not JSON
 */
export function readJsonBody(body: Uint8Array): unknown {
  if (body.length === 0) throw new SinchError(40003);
  const json = readJson(Buffer.from(body).toString('utf8'));
  if (!json.ok) throw new SinchError(40001, `Invalid parameters: the body is not JSON: ${json.problem}`);
  return json.value;
}

/**
 * The error for what is of another shape.
 *
 * @param member the member of the body that was checked; the whole unless said
 */
export function shapeError({ kind, at, problem }: ShapeProblem, member = ''): SinchError {
  const where = [member, at].filter((part) => part !== '').join('.');
  if (kind === 'missing') return new SinchError(40002, `Bad request: ${where} is missing`);
  return new SinchError(40001, `Invalid parameters: ${where === '' ? 'the body' : where} ${problem}`);
}
