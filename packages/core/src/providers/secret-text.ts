import { CountersignError } from '../errors.ts';
import { providers, type ConnectionStringForm } from './catalog.ts';

/** A secret as somebody gave it, before it is decoded. */
export interface GivenSecret {
  /** The key's own text. */
  readonly text: string;
  /** The authority of the connection string's address, where it came in one. */
  readonly host?: string;
}

/**
 * What somebody gives as a secret: the key alone, or a provider's connection string, whose key is taken.
 *
 * @throws CountersignError `connection-string/malformed` or `secret/empty`; never with the key
 */
export function readSecretText(text: string): GivenSecret {
  const forms = providers.flatMap(({ variables }) => variables.connectionString ?? []);
  const form = forms.find(({ pattern }) => pattern.test(text));
  return form ? readConnectionString(form, text) : { text };
}

/**
 * What a connection string holds. A key that cannot be decoded comes as it stands: to be refused later, or diagnosed.
 *
 * @throws CountersignError as `readSecretText`, also for a text that is not of the form
 */
export function readConnectionString(form: ConnectionStringForm, text: string): GivenSecret {
  try {
    const { secret, host } = form.parse(text);
    return { text: secret.expose().text, host };
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code !== 'secret/undecodable') throw error;
    return { text: form.pattern.exec(text)?.[1] ?? text };
  }
}
