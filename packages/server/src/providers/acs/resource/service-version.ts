import type { Message } from '@countersign/core/message';
import { queryVersion, unsupportedVersion, versionMissing } from '../requests/request-version.ts';

/**
 * Checks the `api-version` of a request to one of the services beside Call Automation.
 *
 * @throws AcsError 400 when it is missing, or not one of those
 */
export function checkServiceVersion(message: Message, versions: readonly string[]): void {
  const version = queryVersion(message);
  if (version === undefined) throw versionMissing(versions);
  if (!versions.includes(version)) throw unsupportedVersion(message, version, versions);
}
