import type { AttemptOutcome, CallbackFailure } from './callback.ts';

const failureCodes: readonly (readonly [pattern: RegExp, failure: CallbackFailure])[] = [
  [/^ECONNREFUSED$/, 'refused'],
  [/^ERR_DESTINATION_REFUSED$/, 'url'],
  [/^(?:ENOTFOUND|EAI_AGAIN|EAI_FAIL)$/, 'dns'],
  [/^ETIMEDOUT$/, 'timeout'],
  [/^(?:ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|EPROTO$|ERR_OSSL_)/, 'tls'],
];

/**
 * What went wrong with a request that got no whole answer.
 *
 * @param error of a socket, of a TLS handshake or of the parser of HTTP; when a name has several addresses, its `errors`
 * say what became of each
 */
export function failureOf(error: Error): AttemptOutcome {
  const { errors } = error as { errors?: readonly Error[] };
  const reason = errors?.[0] ?? error;
  const { code = '' } = reason as NodeJS.ErrnoException;
  const failure = failureCodes.find(([pattern]) => pattern.test(code))?.[1] ?? 'network';
  return { failure, detail: reason.message || code || String(error) };
}
