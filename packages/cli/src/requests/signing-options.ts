import { InvalidArgumentError, type Command } from 'commander';
import { schemes } from '@countersign/core/schemes/catalog';
import { headerNamePattern } from '@countersign/core/requests/header-name';
import { withSecretOptions } from '../credentials/secret-options.ts';
import type { SecretOptions } from '../credentials/find-credential.ts';
import { withSchemeOptions, type SchemeOptions } from '../named-scheme.ts';
import { collect } from '../repeated-argument.ts';

/** The options that `sign` and `send` share. */
export interface SigningOptions extends SecretOptions, SchemeOptions {
  readonly method?: string;
  readonly header: readonly string[];
  readonly data?: string;
  readonly date?: string;
  readonly dateHeader?: string;
}

/** The date headers to choose from, of each scheme that has several. */
const severalDates = new Set(
  schemes.flatMap(({ date }) => (date && date.headers.length > 1 ? [date.headers.join(' or ')] : [])),
);

/** Adds the options of a request to be signed. */
export function withSigningOptions(command: Command): Command {
  command.argument('<url>', 'the absolute URL, signed exactly as written');
  withSchemeOptions(command, 'the signature scheme (default: recognized by the URL)')
    .option('-X, --method <method>', 'the request method (default: GET, or POST with --data)', methodArgument)
    .option('-H, --header <line>', 'a header of the request, "Name: value"; repeatable', collect, [])
    .option('-d, --data <data>', 'the body: the text itself, or @FILE (@- for standard input), byte for byte')
    .option('--date <time>', 'the time to sign, ISO 8601 or RFC 1123 (default: now)')
    .option(
      '--date-header <name>',
      `the date header to write, where the scheme has several (${[...severalDates].join(', ')})`,
    );
  return withSecretOptions(command);
}

/** Reads a request method: one word. */
export function methodArgument(value: string): string {
  if (headerNamePattern.test(value)) return value;
  throw new InvalidArgumentError('A method is one word, such as POST.');
}
