import type { ProviderHints } from '../scheme.ts';

/**
 * Azure App Configuration from outside.
 *
 * @see https://learn.microsoft.com/en-us/azure/azure-app-configuration/rest-api
 */
export const azureAppConfigurationProvider: ProviderHints = {
  hosts: ['.azconfig.io'],
  queryParameters: ['api-version'],
  routes: ['/keys', '/kv', '/kv/{key}', '/labels', '/locks/{key}', '/revisions', '/snapshots', '/snapshots/{name}'],
};
