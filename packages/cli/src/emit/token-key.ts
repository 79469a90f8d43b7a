import { readFile, writeFile } from 'node:fs/promises';
import type { JWK } from 'jose';
import type { EventToken, TokenKey } from '@countersign/server/ready-events';
import { badInput } from '../failure.ts';
import { isLoopback } from '@countersign/core/providers/loopback';

/** The key pair that tokens are signed with, and what to say of it. */
export interface FoundKey {
  readonly key: TokenKey;
  readonly origin: string;
}

/**
 * The key of tokens, which only their provider has: the one in the file, which is made when it is not there; else, for
 * this machine, the local server's public one; else one of its own, which nobody has seen before.
 *
 * @throws CommandFailure `secret/…` when the file holds no such key
 */
export async function findTokenKey(token: EventToken, file: string | undefined, host: string): Promise<FoundKey> {
  if (file !== undefined) return { key: await keyInFile(file), origin: `the key in ${file}` };
  if (isLoopback(host)) return { key: token.developmentKey, origin: "the local server's key, which is public" };
  return { key: await freshKey(), origin: 'a key pair made for this run' };
}

/** The half that receivers may know. */
export function publicHalf({ kty, kid, alg, n, e }: TokenKey): JWK {
  return { kty, kid, alg, use: 'sig', n: n as string, e: e as string };
}

async function keyInFile(file: string): Promise<TokenKey> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw badInput(
        'secret/missing',
        `cannot read the file that --key-file names (${(error as NodeJS.ErrnoException).code})`,
      );
    }
    const key = await freshKey();
    await writeNew(file, `${JSON.stringify(key, null, 2)}\n`);
    return key;
  }
  return readKey(text);
}

async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    throw badInput(
      'secret/missing',
      `cannot write the file that --key-file names (${(error as NodeJS.ErrnoException).code})`,
    );
  }
}

function readKey(text: string): TokenKey {
  const wrong = badInput(
    'secret/undecodable',
    'the file that --key-file names holds no private RSA key as a JSON Web Key ({"kty":"RSA","n":…,"e":…,"d":…}); one that is not there is made',
  );
  let key: unknown;
  try {
    key = JSON.parse(text);
  } catch {
    throw wrong;
  }
  if (typeof key !== 'object' || key === null) throw wrong;
  const { kty, n, e, d, kid = 'countersign-emit' } = key as Record<string, unknown>;
  if (kty !== 'RSA' || typeof kid !== 'string' || ![n, e, d].every((member) => typeof member === 'string')) throw wrong;
  return { ...key, kty, kid, alg: 'RS256' };
}

async function freshKey(): Promise<TokenKey> {
  const { calculateJwkThumbprint, exportJWK, generateKeyPair } = await import('jose');
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  return { ...jwk, kty: 'RSA', alg: 'RS256', kid: await calculateJwkThumbprint(jwk) };
}
