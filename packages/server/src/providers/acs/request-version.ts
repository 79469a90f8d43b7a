import type { Message } from '@countersign/core/message';
import { apiVersions, existsIn, isApiVersion, type ApiVersion } from './api-versions.ts';
import { AcsError } from './errors.ts';

/**
 * The `api-version` of a request, for an operation that `since` introduced.
 *
 * @throws AcsError 400 when it is missing, unknown, or older than the operation
 */
export function requestVersion(message: Message, since: ApiVersion): ApiVersion {
  const [, query = ''] = message.target.split('?', 2);
  const version = versionIn(query);
  if (version === undefined) {
    throw unsupported('ApiVersionUnspecified', 'An API version is required, but was not specified.', [
      `add ?api-version= and one of ${apiVersions.join(', ')}`,
    ]);
  }
  if (!isApiVersion(version) || !existsIn(version, since)) {
    const [path = ''] = message.target.split('?', 1);
    const known = apiVersions.filter((candidate) => existsIn(candidate, since));
    throw unsupported(
      'UnsupportedApiVersion',
      `The HTTP resource that matches the request URI '${path}' does not support the API version '${version}'.`,
      [`it supports ${known.join(', ')}`],
    );
  }
  return version;
}

/** The parameter's name is compared in any case, as the service does. */
function versionIn(query: string): string | undefined {
  for (const [name, value] of new URLSearchParams(query)) {
    if (name.toLowerCase() === 'api-version' && value !== '') return value;
  }
  return undefined;
}

function unsupported(code: string, message: string, explanations: readonly string[]): AcsError {
  const details = explanations.map((sentence) => ({ code, message: sentence }));
  return new AcsError(400, { error: { code, message, details } });
}
