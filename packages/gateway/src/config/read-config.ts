import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { Ajv, type ErrorObject } from 'ajv';
import { ConfigError, type GuardConfig } from './guard-config.ts';

/**
 * Reads a configuration file.
 *
 * @throws ConfigError saying what is wrong with it, and where; never with what stands there, which may be a secret
 */
export async function readGuardConfig(file: string): Promise<GuardConfig> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new ConfigError(`cannot read ${file} (${(error as NodeJS.ErrnoException).code})`);
  }
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new ConfigError(`${file} is not JSON`);
  }
  try {
    return checkGuardConfig(value);
  } catch (error) {
    throw error instanceof ConfigError ? new ConfigError(`${file}: ${error.message}`) : error;
  }
}

/**
 * Checks a configuration against its schema, which is published as `schema/guard.schema.json`.
 *
 * @throws ConfigError
 */
export function checkGuardConfig(value: unknown): GuardConfig {
  const check = (validate ??= compiled());
  if (check(value)) return value as GuardConfig;
  throw new ConfigError(problemOf(check.errors ?? []));
}

let validate: ReturnType<typeof compiled> | undefined;

function compiled(): ReturnType<Ajv['compile']> {
  const schema = readFileSync(new URL('../../schema/guard.schema.json', import.meta.url), 'utf8');
  return new Ajv({ allErrors: true, strictRequired: false, allowUnionTypes: true }).compile(
    JSON.parse(schema) as object,
  );
}

/** A wrong name first, then the innermost: those of alternatives come before the one that says that none fits. */
function problemOf(errors: readonly ErrorObject[]): string {
  const rank = ({ keyword }: ErrorObject): number => ['oneOf', 'enum'].indexOf(keyword);
  const [first] = errors.toSorted(
    (one, other) =>
      Number(other.keyword === 'additionalProperties') - Number(one.keyword === 'additionalProperties') ||
      other.instancePath.length - one.instancePath.length ||
      rank(other) - rank(one),
  );
  if (!first) return 'it is not as its schema says';
  const where = first.instancePath || 'it';
  const { keyword, params, message } = first;
  if (keyword === 'additionalProperties')
    return `${where} has the unknown member ${JSON.stringify(params['additionalProperty'])}`;
  if (keyword === 'enum') return `${where} must be one of ${(params['allowedValues'] as unknown[]).join(', ')}`;
  if (keyword === 'oneOf') return `${where} must have one of its alternatives: ${alternatives(errors, first)}`;
  return `${where} ${message}`;
}

function alternatives(errors: readonly ErrorObject[], { schemaPath }: ErrorObject): string {
  const own = errors.filter((error) => error.schemaPath.startsWith(`${schemaPath}/`));
  const names = own.flatMap(({ params }) => (params['missingProperty'] as string | undefined) ?? []);
  return names.length > 0 ? names.join(' or ') : 'just one';
}
