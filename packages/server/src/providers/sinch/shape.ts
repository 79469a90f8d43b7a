import type { Static, TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/schema';

/** What is wrong with a value, for people: where (`menus[0].repeats`), and what was expected there. */
export interface ShapeProblem {
  readonly kind: 'missing' | 'invalid';
  /** Path to the value within what was checked; empty for the whole. */
  readonly at: string;
  readonly problem: string;
}

export type ShapeResult<Value> = { readonly ok: true; readonly value: Value } | ({ readonly ok: false } & ShapeProblem);

/** Checks a value read from JSON against a schema. Properties that the schema does not name are let through, as Sinch does. */
export type ShapeCheck<Schema extends TSchema> = (value: unknown) => ShapeResult<Static<Schema>>;

/** Compiles a schema into a check that names the first thing wrong. */
export function shapeCheck<Schema extends TSchema>(schema: Schema): ShapeCheck<Schema> {
  // Compiled at first use: a server listens sooner without.
  let validator: Validator | undefined;
  return (value) => {
    validator ??= Compile(schema);
    if (validator.Check(value)) return { ok: true, value: value as Static<Schema> };
    const [, [error]] = validator.Errors(value);
    const at = pathText(error?.instancePath ?? '');
    if (error?.keyword === 'required') {
      const { requiredProperties } = error.params;
      const name = requiredProperties[0] ?? '';
      return { ok: false, kind: 'missing', at: at === '' ? name : `${at}.${name}`, problem: 'is required' };
    }
    return { ok: false, kind: 'invalid', at, problem: error ? expectation(error) : 'has another shape' };
  };
}

/** `/menus/0/id` → `menus[0].id` */
function pathText(pointer: string): string {
  const text = pointer
    .split('/')
    .slice(1)
    .map((segment) => (/^\d+$/.test(segment) ? `[${segment}]` : `.${segment}`))
    .join('');
  return text.startsWith('.') ? text.slice(1) : text;
}

function expectation(error: { keyword: string; message: string; params: unknown }): string {
  const { allowedValues, allowedValue } = error.params as { allowedValues?: unknown[]; allowedValue?: unknown };
  if (allowedValues) return `must be one of ${allowedValues.join(', ')}`;
  if (allowedValue !== undefined) return `must be ${String(allowedValue)}`;
  return error.message;
}
