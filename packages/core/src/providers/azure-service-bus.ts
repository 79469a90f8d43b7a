import type { ProviderHints } from '../scheme.ts';

/**
 * Azure Event Hubs and Service Bus from outside.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/eventhub/send-event
 */
export const azureServiceBusProvider: ProviderHints = {
  hosts: ['.servicebus.windows.net'],
  queryParameters: ['timeout', 'api-version'],
  // Names of hubs and queues are anybody's.
  routes: [],
};
