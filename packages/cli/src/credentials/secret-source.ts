import { closeSync, openSync, readSync } from 'node:fs';
import { readSecretText, type GivenSecret } from '@countersign/core/providers/secret-text';
import { badInput } from '../failure.ts';

/** A secret as it was found, before it is decoded. */
export interface FoundSecret extends GivenSecret {
  /** The key id that came with it. */
  readonly keyId?: string;
  /** Which of the scheme's ways to sign it is used with, where the account chooses one. */
  readonly mac?: string;
  /** Where it was found, for people: a variable's or a file's name. */
  readonly origin: string;
  /** Something that was done to it, for people. */
  readonly note?: string;
}

/** As variables are named by convention, and keys hardly ever look. */
const usualName = /^[A-Z][A-Z_]*\d{0,2}$/;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the secret that an option points to; the variable may hold a connection string. What is not spelled as
 * variables are is not repeated: it may be the key itself, given by mistake.
 *
 * @param option for errors: `--secret-env`
 */
export function secretFromVariable(name: string, env: Environment, option: string): FoundSecret {
  const text = env[name];
  if (text === undefined) {
    const which = usualName.test(name) ? name : `that ${option} names`;
    throw badInput(
      'secret/missing',
      `the environment variable ${which} is not set; ${option} takes the name of a variable, not the secret`,
    );
  }
  if (text.trim() === '') throw badInput('secret/missing', `the environment variable ${name} is empty`);
  return { ...readSecretText(text), origin: name };
}

/**
 * Reads the secret in a file, whose name is not repeated unless it is one. A byte order mark at its start and one newline
 * at its end are the editor's, not the secret's.
 */
export function secretFromFile(path: string): FoundSecret {
  let bytes: Uint8Array;
  try {
    bytes = startOf(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw badInput(
      'secret/missing',
      `cannot read the file that --secret-file names (${code}); it takes the name of a file, not the secret`,
    );
  }
  if (bytes.length > longestBytes) {
    throw badInput(
      'secret/undecodable',
      `the secret file ${path} is longer than ${longestBytes} bytes: it holds no key`,
    );
  }
  const text = textOf(bytes, path);
  const bare = text.replace(/^\ufeff/, '').replace(/\r?\n$/, '');
  if (bare.trim() === '') throw badInput('secret/missing', `the secret file ${path} is empty`);
  const what = text.startsWith('\ufeff') ? 'byte order mark at the start' : 'newline at the end';
  const note = `the ${what} of ${path} is not taken as part of the secret`;
  return { ...readSecretText(bare), origin: path, ...(bare !== text && { note }) };
}

/** No key of any provider is nearly as long. */
const longestBytes = 64 * 1024;

/** A file's bytes, or one more than are taken: one that never ends, such as a device, is no reason to wait. */
function startOf(path: string): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(longestBytes + 1);
    let length = 0;
    for (let read = 1; read > 0 && length < bytes.length; length += read) {
      read = readSync(file, bytes, length, bytes.length - length, null);
    }
    return bytes.subarray(0, length);
  } finally {
    closeSync(file);
  }
}

/** Replaced characters would make a key of what is none, and everybody who does the same would have that key. */
function textOf(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw badInput(
      'secret/undecodable',
      `the secret file ${path} is not UTF-8 text; a key is stored as its provider shows it`,
    );
  }
}

/** The key in what a variable or a file holds, which may be a connection string. */
export function keyOfText(text: string): string {
  return readSecretText(text).text;
}
