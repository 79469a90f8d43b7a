import { SinchError } from '../protocol/errors.ts';
import { readJson } from '../protocol/json.ts';
import type { ShapeCheck } from '../protocol/shape.ts';

/**
 * Reads the JSON body of a request.
 *
 * @throws SinchError 40003 when there is none, 40001 when it is not JSON or of another shape, 40002 when something
 * required is missing
 */
export function readBody<Value>(body: Uint8Array, check: ShapeCheck<Value>): Value {
  return readValue(readJsonBody(body), check);
}

/**
 * Reads what was parsed of a request's body.
 *
 * @throws SinchError 40001 when it is of another shape, 40002 when something required is missing
 */
export function readValue<Value>(value: unknown, check: ShapeCheck<Value>): Value {
  const checked = check(value);
  if (checked.ok) return checked.value;
  const { kind, at, problem } = checked;
  if (kind === 'missing') throw new SinchError(40002, `Bad request: ${at} is missing`);
  throw new SinchError(40001, `Invalid parameters: ${at === '' ? 'the body' : at} ${problem}`);
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
