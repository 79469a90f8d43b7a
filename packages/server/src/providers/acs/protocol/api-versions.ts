/**
 * The stable versions of the Call Automation REST API, oldest first. Requests name one in `api-version`; preview
 * versions come and go in Azure and are not accepted.
 *
 * @see https://github.com/Azure/azure-rest-api-specs/tree/main/specification/communication/data-plane/CallAutomation
 */
export const apiVersions = [
  '2023-03-06',
  '2023-10-15',
  '2024-04-15',
  '2024-09-15',
  '2025-05-15',
  '2025-06-15',
  '2026-03-12',
] as const;

export type ApiVersion = (typeof apiVersions)[number];

/** The newest version; what `@azure/communication-call-automation` 1.6.0 sends. */
export const newestApiVersion: ApiVersion = '2026-03-12';

export function isApiVersion(text: string): text is ApiVersion {
  return (apiVersions as readonly string[]).includes(text);
}

/** Whether something introduced in `since` exists in `version`. The names are dates, so text order is time order. */
export function existsIn(version: ApiVersion, since: ApiVersion): boolean {
  return since <= version;
}
