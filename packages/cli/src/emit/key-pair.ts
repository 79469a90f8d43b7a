import { readFile, writeFile } from 'node:fs/promises';
import { CountersignError } from '@countersign/core/errors';
import { PrivateKey } from '@countersign/core/private-key';
import type { PublicKey } from '@countersign/core/public-key';
import { keyKindOf, type PublicKeyScheme } from '@countersign/core/public-key-scheme';
import { badInput } from '../failure.ts';

/** A key pair in a provider's place, and where it comes from. */
export interface FoundKeyPair {
  readonly privateKey: PrivateKey;
  readonly publicKey: PublicKey;
  readonly origin: string;
}

/**
 * A key pair for a scheme whose private key only its provider has: the one in the file, which is made when it is not there, else
 * one for this run.
 *
 * @throws CommandFailure when the file holds no private key of the scheme's kind, or cannot be written
 */
export async function findKeyPair(scheme: PublicKeyScheme, file: string | undefined): Promise<FoundKeyPair> {
  const kind = keyKindOf(scheme);
  const privateKey = (file !== undefined && (await keyInFile(file))) || (await PrivateKey.generate(kind));
  if (privateKey.kind !== kind)
    throw badInput('key/kind', `${scheme.id} needs a key of the kind ${kind}; that in ${file} is ${privateKey.kind}`);
  if (file !== undefined) await writeIfNew(file, privateKey);
  const origin = file === undefined ? 'a key pair made for this run (--key-file keeps one)' : `the key in ${file}`;
  return { privateKey, publicKey: await privateKey.publicKey(), origin };
}

/** The public key as receivers are given it: of Ed25519 the 32 bytes in base64, of others SubjectPublicKeyInfo. */
export function publicKeyText(publicKey: PublicKey): string {
  const spki = Buffer.from(publicKey.spki());
  return (publicKey.kind === 'ed25519' ? spki.subarray(-32) : spki).toString('base64');
}

async function keyInFile(file: string): Promise<PrivateKey | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw badInput('key/missing', `cannot read the file that --key-file names (${code})`);
  }
  try {
    return new PrivateKey(text);
  } catch (error) {
    if (error instanceof CountersignError) throw badInput(error.code, `--key-file: ${error.message}`);
    throw error;
  }
}

async function writeIfNew(file: string, key: PrivateKey): Promise<void> {
  try {
    await writeFile(file, key.exposePem(), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EEXIST') throw badInput('key/missing', `cannot write the file that --key-file names (${code})`);
  }
}
