import type { DiagnoseOptions, FixLanguage } from '@countersign/core/diagnose';
import type { SecretOptions } from '../credentials/find-credential.ts';
import type { PublicKeyOptions } from '../credentials/public-keys.ts';
import { CommandFailure } from '../failure.ts';
import type { SchemeOptions } from '../named-scheme.ts';
import { readInput } from '../read-input.ts';
import { timeArgument } from '../time-argument.ts';

/** The options of `countersign diagnose`, as commander reads them. */
export interface DiagnoseCommandOptions extends SecretOptions, SchemeOptions, PublicKeyOptions {
  readonly alsoPublicKey: readonly string[];
  readonly curl?: string;
  readonly har?: string;
  readonly now?: string;
  readonly alsoSecretEnv: readonly string[];
  readonly var: readonly string[];
  readonly environment: readonly string[];
  readonly runScripts?: boolean;
  readonly secretVariable?: string;
  readonly host: readonly string[];
  readonly publicUrl: readonly string[];
  readonly yourString?: string;
  readonly yourSignature?: string;
  readonly budgetMs: number;
  readonly language?: FixLanguage;
  readonly json?: boolean;
}

/**
 * What they say of every request.
 *
 * @throws CommandFailure naming the option that cannot be read
 */
export async function sharedOptions(options: DiagnoseCommandOptions): Promise<DiagnoseOptions> {
  return {
    ...(options.now !== undefined && { now: timeArgument(options.now, '--now') }),
    ...(options.yourString !== undefined && { yourStringToSign: await readInput(options.yourString) }),
    ...(options.yourSignature !== undefined && { yourSignature: options.yourSignature }),
    variables: Object.fromEntries(options.var.map(variable)),
    publicHosts: options.host,
    publicUrls: options.publicUrl.map(publicUrl),
    // The secret is read from the environment or a file of whoever runs the command.
    callerHoldsKey: true,
  };
}

/** `name=value`, or `{{name}}=value`, as the name stands in the template. */
function variable(text: string): [string, string] {
  const equals = text.indexOf('=');
  const name = text.slice(0, Math.max(equals, 0)).replace(/^\{\{[ \t]*([^{}]*?)[ \t]*\}\}$/, '$1');
  if (name !== '') return [name, text.slice(equals + 1)];
  throw new CommandFailure('usage/variable', `--var "${text}" is not name=value`);
}

function publicUrl(text: string): string {
  if (/^(?:http|ws)s?:\/\/[^/?#@\s]+(?:[/?][^#\s]*)?$/i.test(text) && URL.canParse(text)) return text;
  throw new CommandFailure(
    'usage/public-url',
    '--public-url is not given an http(s) or ws(s) URL without user name and fragment, such as https://example.com/hooks',
  );
}
