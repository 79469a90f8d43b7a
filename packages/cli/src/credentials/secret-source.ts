import { readFileSync } from 'node:fs';
import { CountersignError } from '@countersign/core/errors';
import { parseConnectionString } from '@countersign/core/schemes/acs-hmac';
import { badInput } from '../failure.ts';

/** A secret as it was found, before it is decoded. */
export interface FoundSecret {
  readonly text: string;
  /** The key id that came with it. */
  readonly keyId?: string;
  /** The authority of the connection string's endpoint, when it came from one. */
  readonly host?: string;
  /** Where it was found, for people: a variable's or a file's name. */
  readonly origin: string;
  /** Something that was done to it, for people. */
  readonly note?: string;
}

/** As variables are named by convention, and keys hardly ever look. */
const usualName = /^[A-Z][A-Z_]*\d{0,2}$/;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the secret that an option points to; the variable may hold an ACS connection string. What is not spelled as
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
  return { ...plainOrConnectionString(text), origin: name };
}

/** Reads the secret in a file, whose name is not repeated unless it is one. One newline at its end is the editor's, not the secret's. */
export function secretFromFile(path: string): FoundSecret {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw badInput(
      'secret/missing',
      `cannot read the file that --secret-file names (${code}); it takes the name of a file, not the secret`,
    );
  }
  const bare = text.replace(/\r?\n$/, '');
  if (bare.trim() === '') throw badInput('secret/missing', `the secret file ${path} is empty`);
  const note = `the newline at the end of ${path} is not taken as part of the secret`;
  return { ...plainOrConnectionString(bare), origin: path, ...(bare !== text && { note }) };
}

function plainOrConnectionString(text: string): Omit<FoundSecret, 'origin'> {
  return /^\s*endpoint=.*accesskey=/is.test(text) ? fromConnectionString(text) : { text };
}

/** What a connection string holds. A key that cannot be decoded comes as it stands: to be refused later, or diagnosed. */
export function fromConnectionString(text: string): Omit<FoundSecret, 'origin'> {
  try {
    const { secret, host } = parseConnectionString(text);
    return { text: secret.expose().text, host };
  } catch (error) {
    if (!(error instanceof CountersignError) || error.code !== 'secret/undecodable') throw error;
    return { text: text.replace(/^.*?;\s*accesskey=/is, '') };
  }
}
