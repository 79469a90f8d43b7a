import type { ProviderHints } from '../scheme.ts';

/**
 * Azure Storage from outside: Blob, Queue and File, which take Shared Key.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/storageservices/
 */
export const azureStorageProvider: ProviderHints = {
  hosts: ['.blob.core.windows.net', '.queue.core.windows.net', '.file.core.windows.net', '.dfs.core.windows.net'],
  queryParameters: ['restype', 'comp'],
  // Names of containers and blobs are anybody's.
  routes: [],
};

/** Azure Tables from outside. */
export const azureTablesProvider: ProviderHints = {
  hosts: ['.table.core.windows.net'],
  queryParameters: ['comp'],
  routes: ['/Tables', "/Tables('{table}')"],
};
