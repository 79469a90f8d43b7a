import { SinchError } from '../protocol/errors.ts';
import type { ShapeCheck } from '../protocol/shape.ts';

/**
 * Checks the member of a callout's body that its method names.
 *
 * @throws SinchError 40002 when something required is missing, 40001 for anything else
 */
export function readMember<Value>(value: unknown, check: ShapeCheck<Value>, method: string): Value {
  const checked = check(value);
  if (checked.ok) return checked.value;
  const at = checked.at === '' ? method : `${method}.${checked.at}`;
  if (checked.kind === 'missing') throw new SinchError(40002, `Bad request: ${at} is missing`);
  throw new SinchError(40001, `Invalid parameters: ${at} ${checked.problem}`);
}
