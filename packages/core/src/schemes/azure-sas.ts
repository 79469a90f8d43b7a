import '../canonical/epoch-time.ts';
import '../parts/resource.ts';
import '../places/carriage.ts';
import '../places/date.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Shared access signatures of Azure Event Hubs, Service Bus and Relay: HMAC-SHA256 of a resource and the time until which
 * the token is good. The key is the policy's key as text, although it looks like base64 (IoT Hub decodes its own). A token is
 * good for every request to its resource and all below it: nothing else of the request is signed.
 *
 * Not covered: method, query, Content-Type, other headers, body.
 *
 * Reads in one way: the resource is percent-encoded, so it holds no line break.
 *
 * @see https://learn.microsoft.com/en-us/azure/event-hubs/authenticate-shared-access-signature
 */
export const azureSas: Scheme = {
  id: 'azure-sas',
  title: 'Azure shared access signature (Event Hubs, Service Bus)',
  documentation: 'https://learn.microsoft.com/en-us/azure/event-hubs/authenticate-shared-access-signature',
  key: { encoding: 'utf8' },
  mac: { algorithm: 'sha256', encoding: 'base64' },
  date: { headers: [], format: 'epoch-seconds', toleranceSeconds: 60 * 60, expires: true },
  authorization: {
    header: 'authorization',
    template: 'SharedAccessSignature sr={resource}&sig={signature}&se={date}&skn={keyId}',
    list: '&',
    escaped: true,
  },
  parts: [
    { name: 'resource', source: { from: 'resource', field: 'resource' }, after: '\n' },
    { name: 'expiry', source: { from: 'date' }, after: '' },
  ],
};
