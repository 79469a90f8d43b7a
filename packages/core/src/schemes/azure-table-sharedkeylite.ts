import '../canonical/rfc1123-time.ts';
import '../parts/canonical-resource.ts';
import '../places/date.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Azure Tables' Shared Key Lite: HMAC-SHA256 of time, account and path, and of the query nothing but `comp`. The key id is
 * the account's name.
 *
 * Not covered: method, query, host, Content-Type, other headers, body.
 *
 * Reads in one way: the time holds no line break, and the resource is all that follows it.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/storageservices/authorize-with-shared-key#shared-key-lite-and-table-service-format-for-2009-09-19-and-later
 */
export const azureTableSharedKeyLite: Scheme = {
  id: 'azure-table-sharedkeylite',
  title: 'Azure Tables Shared Key Lite',
  documentation: 'https://learn.microsoft.com/en-us/rest/api/storageservices/authorize-with-shared-key',
  key: { encoding: 'base64' },
  mac: { algorithm: 'sha256', encoding: 'base64' },
  date: { headers: ['x-ms-date', 'date'], format: 'rfc1123', toleranceSeconds: 15 * 60 },
  authorization: { header: 'authorization', template: 'SharedKeyLite {keyId}:{signature}' },
  parts: [
    { name: 'date', source: { from: 'date' }, after: '\n' },
    { name: 'resource', source: { from: 'canonical-resource', form: 'lite' }, after: '' },
  ],
};
