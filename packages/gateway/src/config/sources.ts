import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CountersignError } from '@countersign/core/errors';
import { PublicKey } from '@countersign/core/public-key';
import { hasPublicKeys, keyKindOf, type AnyScheme } from '@countersign/core/public-key-scheme';
import type { Scheme } from '@countersign/core/scheme';
import { Secret } from '@countersign/core/secret';
import type { RouteCredential } from '../guard/route.ts';
import { ConfigError, type KeySource, type Source } from './guard-config.ts';

/** Where the values are that a configuration points to. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that files are relative to. */
  readonly folder: string;
  /** Takes a key out of what a file or variable holds. As it is, unless given. */
  readonly keyText?: ((text: string) => string) | undefined;
}

/** No key is nearly as long. */
const longestText = 64 * 1024;

/**
 * Reads a value. A byte order mark at its start and one line break at its end are the editor's.
 *
 * @throws ConfigError
 */
export async function readSource(source: Source, { env, folder }: Surroundings): Promise<string> {
  if ('env' in source) {
    const text = env[source.env];
    if (text === undefined || text.trim() === '')
      throw new ConfigError(`the environment variable ${source.env} is ${text === undefined ? 'not set' : 'empty'}`);
    return text;
  }
  const path = resolve(folder, source.file);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new ConfigError(`cannot read ${source.file} (${(error as NodeJS.ErrnoException).code})`);
  }
  if (text.length > longestText) throw new ConfigError(`${source.file} is too long to be what it should be`);
  const bare = text.replace(/^\ufeff/, '').replace(/\r?\n$/, '');
  if (bare.trim() === '') throw new ConfigError(`${source.file} is empty`);
  return bare;
}

/**
 * Reads the keys of a route.
 *
 * @throws ConfigError naming the variable or file, never what it holds
 */
export async function readKeys(
  scheme: AnyScheme,
  keys: readonly KeySource[],
  surroundings: Surroundings,
): Promise<RouteCredential[]> {
  const { keyText = (text) => text } = surroundings;
  return Promise.all(
    keys.map(async (source) => {
      const { id, name, mac } = source;
      const origin = 'env' in source ? source.env : source.file;
      const text = await readSource(source, surroundings);
      try {
        const named = { name: name ?? origin, ...(id !== undefined && { keyId: id }) };
        if (hasPublicKeys<Scheme>(scheme)) return { publicKey: new PublicKey(text, keyKindOf(scheme)), ...named };
        return { secret: new Secret(keyText(text), scheme.key.encoding), ...named, ...chosen(scheme, mac) };
      } catch (error) {
        if (error instanceof CountersignError) throw new ConfigError(`${origin}: ${error.message}`);
        throw error;
      }
    }),
  );
}

/** What of a credential says how the account signs; a name that the scheme has not would be found out by the first request. */
function chosen({ id, mac: { choices = {} } }: Scheme, mac: string | undefined): { readonly mac?: string } {
  if (mac === undefined) return {};
  if (Object.hasOwn(choices, mac)) return { mac };
  const names = Object.keys(choices);
  const known = names.length === 0 ? 'it has one way to sign' : `it has ${names.join(', ')}`;
  throw new ConfigError(`mac "${mac}" is no choice of ${id}; ${known}`);
}
