import { CountersignError } from '@countersign/core/errors';
import { readEnvironment } from '@countersign/core/requests/postman-environment';
import { badInput } from '../failure.ts';
import { readInput } from '../read-input.ts';
import type { PostmanVariable } from './runner/run-messages.ts';

/** Variables that the command line gives: by `--var`, and in files of Postman by `--environment`. */
export interface GivenVariables {
  /** As Postman's scopes: `--var` counts most, as the values of a data file do. */
  readonly scopes: {
    readonly data: Readonly<Record<string, string>>;
    readonly environment: readonly PostmanVariable[];
    readonly globals: readonly PostmanVariable[];
  };
  /** Values that are marked as secret. */
  readonly secrets: readonly string[];
  /** All of them with those of a collection, each by the scope that counts most. */
  withCollection(collection: ReadonlyMap<string, string>): Record<string, string>;
}

/**
 * Reads what the options give.
 *
 * @param values of `--var`, by name
 * @param files of `--environment`; of several, the later ones count more
 * @throws CommandFailure `input/…` with the file's name
 */
export async function givenVariables(
  values: Readonly<Record<string, string>>,
  files: readonly string[],
): Promise<GivenVariables> {
  const environment = new Map<string, string>();
  const globals = new Map<string, string>();
  const secrets: string[] = [];
  for (const file of files) {
    const read = environmentOf(file, Buffer.from(await readInput(file)).toString('utf8'));
    secrets.push(...read.secrets);
    for (const [name, value] of read.variables) (read.scope === 'globals' ? globals : environment).set(name, value);
  }
  return {
    scopes: { data: values, environment: listOf(environment), globals: listOf(globals) },
    secrets,
    withCollection: (collection) => ({
      ...Object.fromEntries(globals),
      ...Object.fromEntries(collection),
      ...Object.fromEntries(environment),
      ...values,
    }),
  };
}

function environmentOf(file: string, text: string): ReturnType<typeof readEnvironment> {
  try {
    return readEnvironment(text);
  } catch (error) {
    if (error instanceof CountersignError) throw badInput(error.code, `${file}: ${error.message}`);
    throw error;
  }
}

function listOf(variables: ReadonlyMap<string, string>): PostmanVariable[] {
  return [...variables].map(([key, value]) => ({ key, value }));
}
