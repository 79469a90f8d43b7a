import type { TargetOptions } from '@countersign/gateway/signing-proxy';
import type { Scheme } from '@countersign/core/scheme';
import { schemes } from '@countersign/core/schemes/catalog';
import { credentialOf, findSecret, type SecretOptions } from '../credentials/find-credential.ts';
import { badInput } from '../failure.ts';
import { schemeOfUrl } from '@countersign/core/recognition/recognize-scheme';
import { splitAbsolute } from '../requests/prepare-request.ts';
import type { SchemeOptions } from '../named-scheme.ts';
import type { Terminal } from '../terminal.ts';

/** The options that say where a proxy's requests go, and how they are signed. */
export interface TargetsOptions extends SecretOptions, SchemeOptions {
  /** `[NAME=]URL` each. */
  readonly target: readonly string[];
}

/**
 * Reads the targets, and finds a secret for each.
 *
 * @param given the scheme that the options name
 * @throws CommandFailure naming the target that says too little
 */
export function targetsOfOptions(
  options: TargetsOptions,
  given: Scheme | undefined,
  terminal: Terminal,
): TargetOptions[] {
  if (options.target.length === 0)
    throw badInput('usage/target', 'no target: give --target URL, or several as --target NAME=URL');
  return options.target.map((text) => {
    const [, name, url = ''] = /^(?:([^=/:?#]*)=)?(.*)$/s.exec(text) ?? [];
    const { authority } = splitAbsolute(url);
    const scheme = schemeOf(name, given, authority);
    const found = findSecret(scheme, options, terminal.env, { host: authority });
    const credential = credentialOf(scheme, found);
    terminal.hide([credential.secret]);
    if (found.note !== undefined) terminal.note(found.note);
    if (found.host !== undefined && found.host.toLowerCase() !== authority.toLowerCase()) {
      terminal.note(`the key in ${found.origin} belongs to ${found.host}, and requests go to ${authority}`);
    }
    return { ...(name !== undefined && { name }), url, scheme, credential };
  });
}

/** What is said of it, else what its name is, else what its host is known for. */
function schemeOf(name: string | undefined, given: Scheme | undefined, authority: string): Scheme {
  const named = schemes.find(({ id }) => id === name);
  if (named) return named;
  if (given) return given;
  const recognized = schemeOfUrl(schemes, authority, '/');
  if (recognized) return recognized.scheme;
  const ids = schemes.map(({ id }) => id).join(', ');
  throw badInput(
    'scheme/unrecognized',
    `${authority} says nothing about the signature scheme; give --scheme, or name the target by it (${ids})`,
  );
}
