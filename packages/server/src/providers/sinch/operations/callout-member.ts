import { shapeError } from '../requests/request-body.ts';
import type { ShapeCheck } from '../../kit/shape-check.ts';

/**
 * Checks the member of a callout's body that its method names.
 *
 * @throws SinchError 40002 when something required is missing, 40001 for anything else
 */
export function readMember<Value>(value: unknown, check: ShapeCheck<Value>, method: string): Value {
  const checked = check(value);
  if (checked.ok) return checked.value;
  throw shapeError(checked, method);
}
