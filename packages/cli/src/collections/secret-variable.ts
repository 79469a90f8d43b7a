import type { SecretOptions } from '../credentials/find-credential.ts';
import { secretOptionSet } from '../credentials/secret-option-set.ts';
import { secretFromFile, secretFromVariable } from '../credentials/secret-source.ts';
import { CommandFailure, badInput } from '../failure.ts';
import type { Terminal } from '../terminal.ts';

type Where = Pick<Terminal, 'env' | 'note' | 'hide'>;

/** The option that names a variable of a collection. */
export interface SecretVariableOptions extends SecretOptions {
  readonly secretVariable?: string;
}

/**
 * Looks for a secret; with `--secret-variable` alone in a variable of the collection or environment, as if it were one of the
 * process's own.
 *
 * @param find looks where it is told to
 * @throws CommandFailure `secret/missing`, naming variables that may hold it, where nothing names a secret
 */
export function secretVariable<T>(
  { secretVariable: name, ...options }: SecretVariableOptions,
  variables: Readonly<Record<string, string>>,
  { env, note, hide }: Where,
  find: (where: Where, options: SecretOptions) => T,
): T {
  if (name !== undefined && !namesSecret(options)) {
    const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
    if (value === undefined || value.trim() === '') throw badInput('secret/missing', missing(value, variables, env));
    return find({ env: { ...env, [name]: value }, note, hide }, { ...options, secretEnv: name });
  }
  try {
    return find({ env, note, hide }, options);
  } catch (error) {
    const names = keyLike(variables);
    if (!(error instanceof CommandFailure) || error.code !== 'secret/missing' || names.length === 0) throw error;
    const which = names.join(' or ');
    throw badInput(
      error.code,
      `${error.message}; or --secret-variable NAME, where one of the collection holds it (${which})`,
    );
  }
}

function missing(value: string | undefined, variables: Readonly<Record<string, string>>, env: Terminal['env']): string {
  const fault =
    value === undefined
      ? 'there is no variable of the name that --secret-variable gives'
      : 'the variable that --secret-variable names is empty';
  const names = Object.keys(variables).slice(0, 20).join(', ');
  return `${fault}; it takes the name of a variable of the collection or environment${names === '' ? '' : ` (${names})`}, and with ${secretOptionSet(env)} the secret is put into it`;
}

function namesSecret({ secretEnv, secretFile }: SecretOptions): boolean {
  return secretEnv !== undefined || secretFile !== undefined;
}

/**
 * The value that scripts are to find in the variable that `--secret-variable` names, where another option names the secret:
 * exports often come without it.
 *
 * @returns it by its name, or nothing
 */
export function secretForScripts(
  { secretVariable: name, ...options }: SecretVariableOptions,
  { env }: Pick<Terminal, 'env'>,
): Record<string, string> {
  if (name === undefined) return {};
  const { secretEnv, secretFile } = options;
  if (secretEnv !== undefined) return { [name]: secretFromVariable(secretEnv, env, '--secret-env').text };
  return secretFile === undefined ? {} : { [name]: secretFromFile(secretFile).text };
}

/** Values of variables that may be keys, so that nothing that is printed repeats them. */
export function keysAmong(variables: Readonly<Record<string, string>>): string[] {
  return Object.values(variables).filter(looksLikeKey);
}

/** Names of variables whose values look like keys. */
function keyLike(variables: Readonly<Record<string, string>>): string[] {
  return Object.entries(variables)
    .filter(([, value]) => looksLikeKey(value))
    .map(([name]) => name)
    .slice(0, 5);
}

/** Base64 of 16 bytes or more, or a connection string. */
function looksLikeKey(value: string): boolean {
  if (/accesskey=/i.test(value)) return true;
  return /^[A-Za-z0-9+/_-]{22,}={0,2}$/.test(value) && /\d/.test(value) && /[A-Z]/.test(value);
}
