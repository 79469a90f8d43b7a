import type { Command } from 'commander';
import { CountersignError } from '@countersign/core/errors';
import type { Scheme } from '@countersign/core/scheme';
import { schemeFromJson } from '@countersign/core/scheme-json';
import { schemes } from '@countersign/core/schemes/catalog';
import { badInput } from './failure.ts';
import { readInput } from './read-input.ts';
import { schemeById } from './scheme-by-id.ts';

/** The options that name a scheme. */
export interface SchemeOptions {
  readonly scheme?: string;
  readonly schemeFile?: string;
}

/** Adds them. @param what the scheme is for, as help says it */
export function withSchemeOptions(command: Command, what: string): Command {
  return command
    .option('--scheme <id>', what)
    .option('--scheme-file <file>', 'a scheme of your own in JSON, in place of --scheme (docs/define-a-scheme.md)');
}

/** The scheme that the options name; `undefined` where they name none. */
export async function namedScheme(options: SchemeOptions): Promise<Scheme | undefined> {
  const { scheme: id, schemeFile } = options;
  if (schemeFile === undefined) return id === undefined ? undefined : schemeById(id);
  refuseBoth(options);
  return schemeOfFile(schemeFile);
}

/** One of them names it. */
export function refuseBoth({ scheme, schemeFile }: SchemeOptions): void {
  if (scheme !== undefined && schemeFile !== undefined)
    throw badInput('usage/scheme', '--scheme and --scheme-file both name a scheme; give one of them');
}

/** The scheme in a file. */
export async function schemeOfFile(file: string): Promise<Scheme> {
  const text = new TextDecoder().decode(await readInput(file));
  let scheme: Scheme;
  try {
    scheme = schemeFromJson(text);
  } catch (error) {
    if (error instanceof CountersignError) throw badInput(error.code, `${file}: ${error.message}`);
    throw error;
  }
  // Secrets, deviations and hosts of the built-in one would be taken for its own.
  if (schemes.some(({ id }) => id === scheme.id))
    throw badInput('scheme/malformed', `${file}: "${scheme.id}" is the id of a built-in scheme; give it another`);
  return scheme;
}
