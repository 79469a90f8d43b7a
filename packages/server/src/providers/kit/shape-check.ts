import { firstViolation } from '../../json-schema/first-violation.ts';
import type { Schema } from '../../json-schema/schema.ts';

/** What is wrong with a value, for people: where (`menus[0].repeats`), and what was expected there. */
export interface ShapeProblem {
  readonly kind: 'missing' | 'invalid';
  /** Path to the value within what was checked; empty for the whole. */
  readonly at: string;
  readonly problem: string;
}

export type ShapeResult<Value> = { readonly ok: true; readonly value: Value } | ({ readonly ok: false } & ShapeProblem);

/** Checks a value read from JSON against a schema. Members that the schema does not name are let through. */
export type ShapeCheck<Value> = (value: unknown) => ShapeResult<Value>;

/** Makes the check of a schema, which names the first thing wrong. */
export function shapeCheck<Value>(schema: Schema<Value>): ShapeCheck<Value> {
  return (value) => {
    const violation = firstViolation(schema, value);
    if (!violation) return { ok: true, value: value as Value };
    const at = memberPath(violation.pointer);
    const [missing] = violation.missing ?? [];
    if (missing === undefined) return { ok: false, kind: 'invalid', at, problem: violation.message };
    return { ok: false, kind: 'missing', at: at === '' ? missing : `${at}.${missing}`, problem: 'is required' };
  };
}

/** A JSON pointer as people write it: `/menus/0/id` is `menus[0].id`. */
function memberPath(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? `[${step}]` : `.${step.replaceAll('~1', '/').replaceAll('~0', '~')}`))
    .join('')
    .replace(/^\./, '');
}
