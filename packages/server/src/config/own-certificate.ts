import { createSecureContext } from 'node:tls';
import { ConfigError } from './load-config.ts';
import type { ServerOptions } from './server-options.ts';

/**
 * The certificate that a program brings along, if it does.
 *
 * @throws ConfigError when key and certificate are no PEM, or do not belong together; without the key
 */
export function ownCertificate(tls: ServerOptions['tls']): { readonly key: string; readonly cert: string } | undefined {
  if (typeof tls !== 'object') return undefined;
  const { key, cert } = tls;
  const problem = problemOf(key, cert);
  if (problem === undefined) return { key, cert };
  throw new ConfigError(
    `tls.key and tls.cert cannot be used: ${problem}; expected a private key without passphrase and its certificate, each as PEM text`,
  );
}

function problemOf(key: string, cert: string): string | undefined {
  // Without the one or the other a context can be made, and every connection would fail.
  if (!key || !cert) return `${key ? 'cert' : 'key'} is missing`;
  try {
    createSecureContext({ key, cert });
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
