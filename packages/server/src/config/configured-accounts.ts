import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CountersignError } from '@countersign/core/errors';
import { Secret } from '@countersign/core/secret';
import { type ConfiguredAccount, plugOf } from '../accounts.ts';
import { plugs } from '../plugs.ts';
import type { SecretSource } from '../providers/listed-account.ts';
import type { Config, ListedAccount } from './config-schema.ts';
import { ConfigError } from './load-config.ts';

/** Where secrets that a configuration names are looked up. */
export interface SecretPlaces {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The directory that `file` sources are relative to. */
  readonly directory: string;
}

/**
 * The accounts of a configuration: the development account first, unless it is switched off, then those that it lists.
 *
 * @throws ConfigError when a secret is not where the configuration says, or cannot be used; never with the secret
 */
export async function configuredAccounts(config: Config, places: SecretPlaces): Promise<ConfiguredAccount[]> {
  const accounts: ConfiguredAccount[] = [];
  if (config.developmentAccount ?? true) accounts.push(...plugs.map(({ account }) => account.development()));
  for (const [index, account] of (config.accounts ?? []).entries()) {
    accounts.push(await readAccount(account, `/accounts/${index}`, places));
  }
  refuseDuplicates(accounts);
  return accounts;
}

async function readAccount(listed: ListedAccount, pointer: string, places: SecretPlaces): Promise<ConfiguredAccount> {
  const { account } = plugOf({ ...listed, numbers: [] });
  const read = account.read(listed, (source, at) => readSecret(source, `${pointer}${at}`, places));
  return read as Promise<ConfiguredAccount>;
}

/** Conventional names of variables and files, which keys hardly ever look like. Other names are not repeated in errors. */
const usualName = /^(?:[A-Z][A-Z_]*\d{0,2}|[a-z][a-z_-]*\.[a-z]{1,5})$/;

/** A name that does not exist may be the secret itself, pasted by mistake. */
function shown(kind: string, name: string): string {
  return usualName.test(name) ? `the ${kind} ${name}` : `the ${kind} that it names`;
}

async function readSecret(source: SecretSource, pointer: string, places: SecretPlaces): Promise<Secret> {
  const [text, place] =
    'env' in source
      ? [places.environment[source.env], shown('environment variable', source.env)]
      : [await readSecretFile(source.file, pointer, places), `the file ${source.file}`];
  if (typeof text !== 'string' || text.trim() === '') {
    const lack = text === undefined ? 'not set; expected the name of a variable, not the secret itself' : 'empty';
    throw new ConfigError(`${pointer}: ${place} is ${lack}`);
  }
  try {
    return new Secret(text, 'base64');
  } catch (error) {
    if (error instanceof CountersignError) throw new ConfigError(`${pointer}: ${error.message}`);
    throw error;
  }
}

async function readSecretFile(file: string, pointer: string, { directory }: SecretPlaces): Promise<string> {
  const path = resolve(directory, file);
  try {
    // Editors end files with a newline, and some begin them with a byte order mark; a key has neither.
    return (await readFile(path, 'utf8')).replace(/^\uFEFF/, '').replace(/\r?\n$/, '');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new ConfigError(
      `${pointer}: cannot read ${shown('file', file)} (${code}); expected the name of a file, not the secret itself`,
    );
  }
}

function refuseDuplicates(accounts: readonly ConfiguredAccount[]): void {
  const seen = new Set<string>();
  for (const one of accounts) {
    const { account } = plugOf(one);
    const id = `${account.idMember} ${account.id(one)}`;
    if (seen.has(id)) throw new ConfigError(`two accounts have the same ${account.idMember}`);
    seen.add(id);
  }
}
