import { readFileSync, statSync } from 'node:fs';
import type { Command } from 'commander';
import { PublicKey, type PublicKeyCredential } from '@countersign/core/public-key';
import { keyKindOf, type PublicKeyScheme } from '@countersign/core/public-key-scheme';
import { badInput } from '../failure.ts';
import { namingOrigin } from './provider-variables.ts';

/** The options that give public keys, each a file or the key itself: it is no secret. */
export interface PublicKeyOptions {
  readonly publicKey?: string;
}

/** Adds `--public-key`. */
export function withPublicKeyOption(command: Command): Command {
  return command.option(
    '--public-key <file|text>',
    'the public key, in a file or as text, for schemes that a private key signs for',
  );
}

/** No key is nearly as long. */
const longestBytes = 64 * 1024;

/**
 * The public key that an option gives.
 *
 * @throws CommandFailure `key/missing` when it gives none, and what `PublicKey` throws, behind the option's name
 */
export function publicKeyOf(
  scheme: PublicKeyScheme,
  given: string | undefined,
  keyId?: string,
  option = '--public-key',
): PublicKeyCredential {
  if (given === undefined)
    throw badInput('key/missing', `${scheme.id} is verified with a public key: give ${option} FILE, or its text`);
  const file = publicKeyFile(given);
  const publicKey = namingOrigin(file ?? option, () => {
    return new PublicKey(file === undefined ? given : readFileSync(file), keyKindOf(scheme));
  });
  return { publicKey, name: file ?? 'the public key given', ...(keyId !== undefined && { keyId }) };
}

/** The kind of the key that an option gives; `undefined` where it gives none that can be read. */
export function publicKeyKind(given: string): PublicKey['kind'] | undefined {
  const file = publicKeyFile(given);
  try {
    return new PublicKey(file === undefined ? given : readFileSync(file)).kind;
  } catch {
    return undefined;
  }
}

/** The file that an option names; `undefined` where it gives the key's text. */
export function publicKeyFile(given: string): string | undefined {
  try {
    const found = statSync(given);
    if (!found.isFile()) return undefined;
    if (found.size > longestBytes)
      throw badInput('key/malformed', 'the file of the public key is too long to hold one');
    return given;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined || (error as Error).name === 'CommandFailure') throw error;
    return undefined;
  }
}
