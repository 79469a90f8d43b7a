import type { ProviderHints } from '../scheme.ts';

/**
 * Azure App Configuration from outside.
 *
 * @see https://learn.microsoft.com/en-us/azure/azure-app-configuration/rest-api
 */
export const azureAppConfigurationProvider: ProviderHints = {
  hosts: ['.azconfig.io'],
  queryParameters: ['api-version'],
  queryValues: { 'api-version': ['2024-09-01', '2023-11-01', '2023-10-01', '1.0', '2019-07-01'] },
  routes: ['/keys', '/kv', '/kv/{key}', '/labels', '/locks/{key}', '/revisions', '/snapshots', '/snapshots/{name}'],
};
