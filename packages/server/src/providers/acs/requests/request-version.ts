import type { Message } from '@countersign/core/message';
import { apiVersions, existsIn, isApiVersion, type ApiVersion } from '../protocol/api-versions.ts';
import { AcsError } from '../protocol/errors.ts';

/**
 * The `api-version` of a request, for an operation that `since` introduced.
 *
 * @throws AcsError 400 when it is missing, unknown, or older than the operation
 */
export function requestVersion(message: Message, since: ApiVersion): ApiVersion {
  const version = queryVersion(message);
  if (version === undefined) throw versionMissing(apiVersions);
  if (isApiVersion(version) && existsIn(version, since)) return version;
  throw unsupportedVersion(
    message,
    version,
    apiVersions.filter((candidate) => existsIn(candidate, since)),
  );
}

/** A client asks for the same version again and again. */
let latest: { readonly query: string; readonly version: string | undefined } = { query: '', version: undefined };

/** The `api-version` of a request's query, up to a second `?`. The parameter's name is compared in any case, as the service does. */
export function queryVersion({ target }: Pick<Message, 'target'>): string | undefined {
  const from = target.indexOf('?') + 1;
  const to = target.indexOf('?', from);
  const query = from === 0 ? '' : target.slice(from, to < 0 ? target.length : to);
  if (query !== latest.query) latest = { query, version: versionIn(query) };
  return latest.version;
}

function versionIn(query: string): string | undefined {
  for (const [name, value] of new URLSearchParams(query)) {
    if (name.toLowerCase() === 'api-version' && value !== '') return value;
  }
  return undefined;
}

/** The error for a request that names no version. */
export function versionMissing(versions: readonly string[]): AcsError {
  const message = 'An API version is required, but was not specified.';
  return versionError('ApiVersionUnspecified', message, `add ?api-version= and one of ${versions.join(', ')}`);
}

/** The error for a version that a path does not have. */
export function unsupportedVersion(message: Message, version: string, versions: readonly string[]): AcsError {
  const [path = ''] = message.target.split('?', 1);
  const text = `The HTTP resource that matches the request URI '${path}' does not support the API version '${version}'.`;
  return versionError('UnsupportedApiVersion', text, `it supports ${versions.join(', ')}`);
}

function versionError(code: string, message: string, explanation: string): AcsError {
  return new AcsError(400, { error: { code, message, details: [{ code, message: explanation }] } });
}
