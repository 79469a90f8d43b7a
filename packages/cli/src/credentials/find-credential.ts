import { developmentCredential, type CredentialPurpose } from '@countersign/core/providers/development-credential';
import type { Scheme } from '@countersign/core/scheme';
import { Secret, type Credential } from '@countersign/core/secret';
import { badInput } from '../failure.ts';
import { namingOrigin, providerVariables } from './provider-variables.ts';
import { secretFromFile, secretFromVariable, type FoundSecret } from './secret-source.ts';

/** The options that point to a secret. */
export interface SecretOptions {
  readonly keyId?: string;
  readonly secretEnv?: string;
  readonly secretFile?: string;
  /** Which of the scheme's ways to sign the account set, by the scheme's names. */
  readonly mac?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Finds the secret for a request: what the options name, else the provider's environment variables, else, for this
 * machine, the development account, unless the options name another key than its.
 *
 * @throws CommandFailure `secret/missing`, saying what to set; `usage/mac` for a way to sign that the scheme has not
 */
export function findSecret(
  scheme: Scheme,
  options: SecretOptions,
  env: Environment,
  purpose: CredentialPurpose,
): FoundSecret {
  if (options.keyId?.trim() === '')
    throw badInput('usage/key-id', '--key-id is empty; give the key id, or leave it out');
  const mac = chosenMac(scheme, options);
  const found =
    namedSecret(options, env) ?? providerVariables[scheme.id]?.read(env) ?? developmentSecret(scheme, purpose);
  if (!found) throw missing(scheme, purpose.host);
  // Whoever names a key of their own has a secret for it: the public one would make a signature that nobody can explain.
  const development = providerVariables[scheme.id]?.development;
  if (found === development && options.keyId !== undefined && development?.keyId !== options.keyId) {
    throw badInput(
      'secret/missing',
      "--key-id names another key than the development account's, whose public secret is not used for it; also give --secret-env NAME or --secret-file FILE",
    );
  }
  const keyId = options.keyId ?? found.keyId ?? purpose.claimedKeyId;
  if (keyId === found.text)
    throw badInput('secret/key-id', 'the key id is the secret itself, and would be sent with every request');
  return { ...found, ...(keyId !== undefined && { keyId }), ...(mac !== undefined && { mac }) };
}

/** The scheme as the account signs by it, for a program that does only that. @throws CommandFailure `usage/mac` */
export function asChosen(scheme: Scheme, options: Pick<SecretOptions, 'mac'>): Scheme {
  const mac = chosenMac(scheme, options);
  return mac === undefined ? scheme : { ...scheme, mac: { ...scheme.mac, ...scheme.mac.choices?.[mac] } };
}

/** The way to sign that the options name. @throws CommandFailure `usage/mac` for one that the scheme has not */
export function chosenMac(
  { id, mac: { choices = {} } }: Scheme,
  { mac }: Pick<SecretOptions, 'mac'>,
): string | undefined {
  if (mac === undefined || Object.hasOwn(choices, mac)) return mac;
  const names = Object.keys(choices);
  const known = names.length === 0 ? `${id} has one way to sign` : `those of ${id} are ${names.join(', ')}`;
  throw badInput('usage/mac', `--mac takes the name of a way to sign that an account can choose; ${known}`);
}

/** The development account's secret, where the request can only be the local server's. */
export function developmentSecret(scheme: Scheme, purpose: CredentialPurpose): FoundSecret | undefined {
  const isOurs = developmentCredential(scheme, purpose) !== undefined;
  return isOurs ? providerVariables[scheme.id]?.development : undefined;
}

/** Decodes a found secret as the scheme says. */
export function credentialOf(scheme: Scheme, found: FoundSecret): Credential {
  const secret = namingOrigin(found.origin, () => new Secret(found.text, scheme.key.encoding));
  return {
    secret,
    name: found.origin,
    ...(found.keyId !== undefined && { keyId: found.keyId }),
    ...(found.mac !== undefined && { mac: found.mac }),
  };
}

function namedSecret({ secretEnv, secretFile }: SecretOptions, env: Environment): FoundSecret | undefined {
  if (secretEnv !== undefined && secretFile !== undefined) {
    throw badInput('usage/secret', '--secret-env and --secret-file both name a secret; give one of them');
  }
  if (secretEnv !== undefined) return namingOrigin(secretEnv, () => secretFromVariable(secretEnv, env, '--secret-env'));
  if (secretFile !== undefined) return namingOrigin(secretFile, () => secretFromFile(secretFile));
  return undefined;
}

function missing(scheme: Scheme, host: string | undefined): Error {
  const wanted = providerVariables[scheme.id]?.wanted;
  const set = wanted === undefined ? '' : `set ${wanted}, or `;
  const whom = host === undefined ? scheme.id : `${scheme.id} at ${host}`;
  return badInput('secret/missing', `no secret for ${whom}: ${set}give --secret-env NAME or --secret-file FILE`);
}
