import { inputError } from './input-error.ts';
import { jsonFault } from './json-fault.ts';
import { jsonMember } from './json-member.ts';
import { variablesOf } from './postman-variables.ts';

/** An environment of Postman, or its globals, as they are exported. */
export interface PostmanEnvironment {
  readonly scope: 'environment' | 'globals';
  readonly variables: ReadonlyMap<string, string>;
  /** Values that are marked as secret. */
  readonly secrets: readonly string[];
}

/**
 * Reads an exported environment.
 *
 * @param text JSON, with or without a byte order mark
 * @throws CountersignError `input/json` that says what it is instead
 */
export function readEnvironment(text: string): PostmanEnvironment {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw inputError('input/json', `the environment of Postman cannot be read as JSON: ${jsonFault(text, error)}`);
  }
  // As Postman's API gives it.
  const environment = jsonMember(value, 'environment') ?? value;
  const values = jsonMember(environment, 'values');
  if (!Array.isArray(values)) {
    const what = Array.isArray(jsonMember(value, 'item')) ? 'a collection' : 'JSON without a list of values';
    throw inputError('input/json', `an environment exported by Postman was expected, and this is ${what}`);
  }
  const secrets = values.flatMap((one) => {
    const secret = jsonMember(one, 'value');
    return jsonMember(one, 'type') === 'secret' && typeof secret === 'string' && secret !== '' ? [secret] : [];
  });
  return {
    scope: jsonMember(environment, '_postman_variable_scope') === 'globals' ? 'globals' : 'environment',
    variables: variablesOf(values),
    secrets,
  };
}
