import type { Static, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';

/** What is wrong with one place of a JSON value. */
export interface ShapeProblem {
  /** RFC 6901; empty for the whole value. */
  readonly pointer: string;
  readonly message: string;
}

export type Checked<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly ShapeProblem[] };

/**
 * Makes the check of a schema. Of a union whose members are told apart by a literal member (`provider`, `kind`), only
 * the problems of the one that was meant are reported.
 */
export function shapeOf<Schema extends TSchema>(schema: Schema): (value: unknown) => Checked<Static<Schema>> {
  const validator = Compile(schema);
  return (value) => {
    if (validator.Check(value)) return { ok: true, value: value as Static<Schema> };
    return { ok: false, problems: readable(validator.Errors(value)) };
  };
}

interface SchemaError {
  readonly keyword: string;
  readonly schemaPath: string;
  readonly instancePath: string;
  readonly params: object;
  readonly message: string;
}

function readable(errors: readonly SchemaError[]): ShapeProblem[] {
  const problems = new Map<string, ShapeProblem>();
  for (const error of ofMeantBranches(errors)) {
    const { instancePath: pointer, message } = error;
    const add = (at: string, text: string): void => {
      if (!problems.has(at)) problems.set(at, { pointer: at, message: text });
    };
    const params = error.params as Readonly<Record<string, unknown>>;
    if (error.keyword === 'required') {
      for (const name of params['requiredProperties'] as readonly string[])
        add(`${pointer}/${escaped(name)}`, 'is required');
    } else if (error.keyword === 'additionalProperties') {
      for (const name of params['additionalProperties'] as readonly string[]) {
        add(`${pointer}/${escaped(name)}`, 'is not a known member');
      }
    } else if (error.keyword === 'const') {
      add(pointer, `must be ${JSON.stringify(params['allowedValue'])}`);
    } else if (error.keyword === 'enum') {
      add(
        pointer,
        `must be one of ${(params['allowedValues'] as readonly unknown[]).map((one) => JSON.stringify(one)).join(', ')}`,
      );
    } else if (error.keyword !== 'boolean' && error.keyword !== 'anyOf') {
      add(pointer, message);
    }
  }
  return problems.size > 0
    ? [...problems.values()]
    : [{ pointer: errors[0]?.instancePath ?? '', message: 'is not of an accepted form' }];
}

const branch = /^(.*?\/anyOf)\/(\d+)(?:\/|$)/;

/** Leaves out the errors of union members whose literal member says that another one was meant. */
function ofMeantBranches(errors: readonly SchemaError[]): readonly SchemaError[] {
  const branchOf = ({ schemaPath, instancePath }: SchemaError): [union: string, member: string] | undefined => {
    const match = branch.exec(schemaPath);
    return match
      ? [
          `${match[1]} ${instancePath
            .split('/')
            .slice(0, 1 + depthOf(match[1] ?? ''))
            .join('/')}`,
          match[2] ?? '',
        ]
      : undefined;
  };
  const unmeant = new Set<string>();
  for (const error of errors) {
    const at = branchOf(error);
    if (at && error.keyword === 'const') unmeant.add(at.join(' '));
  }
  const members = new Map<string, Set<string>>();
  for (const error of errors) {
    const at = branchOf(error);
    if (at) members.set(at[0], (members.get(at[0]) ?? new Set()).add(at[1]));
  }
  return errors.filter((error) => {
    const at = branchOf(error);
    if (!at || !unmeant.has(at.join(' '))) return true;
    // When no member was meant, the first speaks for all.
    const anyMeant = [...(members.get(at[0]) ?? [])].some((member) => !unmeant.has(`${at[0]} ${member}`));
    return !anyMeant && error.keyword === 'const' && at[1] === '0';
  });
}

/** How deep in the instance a schema path is: its steps into members and items. */
function depthOf(schemaPath: string): number {
  return (
    schemaPath.match(/\/(?:properties\/[^/]+|items(?:\/\d+)?|additionalProperties|patternProperties\/[^/]+)/g) ?? []
  ).length;
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
