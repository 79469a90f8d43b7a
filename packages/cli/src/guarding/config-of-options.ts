import type { GuardConfig, KeySource } from '@countersign/gateway/config';
import { chosenMac, findSecret, type SecretOptions } from '../credentials/find-credential.ts';
import { publicKeyFile, publicKeyOf, type PublicKeyOptions } from '../credentials/public-keys.ts';
import { hasPublicKeys, type AnyScheme, type PublicKeyScheme } from '@countersign/core/public-key-scheme';
import type { Scheme } from '@countersign/core/scheme';
import { badInput } from '../failure.ts';
import type { SchemeOptions } from '../named-scheme.ts';
import type { Terminal } from '../terminal.ts';

/** What the command line of `guard` says, but for `--config`. */
export interface GuardOptions extends SecretOptions, SchemeOptions, PublicKeyOptions {
  readonly upstream?: string;
  readonly listen?: string;
  readonly publicUrl?: string;
  readonly replay?: string;
  readonly replayTtl?: number;
  readonly onRepeat?: 'refuse' | 'repeat-outcome' | 'allow';
  readonly messageIdHeader?: string;
  readonly observe?: true;
  readonly admin?: string;
  readonly tlsCert?: string;
  readonly tlsKey?: string;
}

/** A configuration of one route, and the environment that it is read in. */
export interface OneRoute {
  readonly config: GuardConfig;
  readonly env: Terminal['env'];
}

/**
 * Makes the configuration that the options stand for.
 *
 * @param named the scheme that they name
 * @throws CommandFailure naming the option that is missing, or does not go with the others
 */
export function configOfOptions(
  options: GuardOptions,
  named: AnyScheme | undefined,
  { env, hide }: Pick<Terminal, 'env' | 'hide'>,
): OneRoute {
  const { upstream, listen, publicUrl, observe, admin, replay, tlsCert, tlsKey } = options;
  if (named === undefined || upstream === undefined || listen === undefined)
    throw badInput(
      'usage/guard',
      'guard needs --scheme or --scheme-file, --upstream and --listen, or --config with all of it in a file',
    );
  if ((tlsCert === undefined) !== (tlsKey === undefined))
    throw badInput('usage/guard', '--tls-cert and --tls-key go together');
  const { replayTtl, onRepeat, messageIdHeader } = options;
  if (replay === undefined && [replayTtl, onRepeat, messageIdHeader].some((value) => value !== undefined))
    throw badInput('usage/guard', '--replay-ttl, --on-repeat and --message-id-header are for --replay');
  const key = hasPublicKeys<Scheme>(named) ? publicKeyOfOptions(named, options) : keyOfOptions(named, options, env);
  hide(key.secret === undefined ? [] : [key.secret]);
  const route = {
    ...(options.schemeFile === undefined ? { scheme: named.id } : { schemeFile: options.schemeFile }),
    keys: [key.source] as const,
    upstream,
    ...(publicUrl !== undefined && { publicUrl }),
    ...(observe && { observe }),
    ...(replay !== undefined && {
      replay: {
        ...(replayTtl !== undefined && { ttlSeconds: replayTtl }),
        ...(messageIdHeader !== undefined && { messageIdHeader }),
      },
    }),
  };
  const config: GuardConfig = {
    listen,
    routes: [route],
    ...(admin !== undefined && { admin }),
    ...(replay !== undefined && { replay: { store: replay, ...(onRepeat && { onRepeat }) } }),
    ...(tlsCert !== undefined && tlsKey !== undefined && { tls: { cert: tlsCert, key: tlsKey } }),
  };
  return { config, env: { ...env, ...key.env } };
}

interface FoundKey {
  readonly source: KeySource;
  readonly env: Terminal['env'];
  readonly secret?: string;
}

/** A public key is read here as well, so that one that cannot be used is told of before anything starts. */
function publicKeyOfOptions(scheme: PublicKeyScheme, { publicKey, keyId }: GuardOptions): FoundKey {
  publicKeyOf(scheme, publicKey);
  const id = keyId === undefined ? {} : { id: keyId };
  const file = publicKeyFile(publicKey ?? '');
  if (file !== undefined) return { source: { file, ...id }, env: {} };
  const origin = '--public-key';
  return { source: { env: origin, ...id }, env: { [origin]: publicKey } };
}

/** A file is named as it is, because it may change; what the environment has is found now. */
function keyOfOptions(scheme: Scheme, options: SecretOptions, env: Terminal['env']): FoundKey {
  const { secretFile, secretEnv, keyId } = options;
  const choice = chosenMac(scheme, options);
  const mac = choice === undefined ? {} : { mac: choice };
  const id = keyId === undefined ? {} : { id: keyId };
  if (secretFile !== undefined && secretEnv === undefined)
    return { source: { file: secretFile, ...id, ...mac }, env: {} };
  const found = findSecret(scheme, options, env, { host: undefined });
  const { origin, text } = found;
  const source = { env: origin, ...(found.keyId !== undefined && { id: found.keyId }), ...mac };
  return { source, env: { [origin]: text }, secret: text };
}
