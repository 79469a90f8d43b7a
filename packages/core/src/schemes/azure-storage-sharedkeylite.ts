import '../canonical/rfc1123-time.ts';
import '../parts/canonical-headers.ts';
import '../parts/canonical-resource.ts';
import '../parts/superseded-header.ts';
import '../places/date.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Azure Storage's Shared Key Lite (Blob, Queue, File): HMAC-SHA256 of the method, three headers, every `x-ms-` header and the
 * resource, and of the query nothing but `comp`. The key id is the account's name. The time must stand in `x-ms-date`; a body
 * is covered by the Content-MD5 that a client sends, if it does. Azure Tables signs less under the same word:
 * `azureTableSharedKeyLite`.
 *
 * Not covered: query, host, other headers, body.
 *
 * Reads in one way: no header holds the line break that ends it, names of `x-ms-` headers hold no colon, and the resource
 * begins with a slash, which no name of a header does.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/storageservices/authorize-with-shared-key#shared-key-lite-for-the-blob-queue-and-file-services
 */
export const azureStorageSharedKeyLite: Scheme = {
  id: 'azure-storage-sharedkeylite',
  title: 'Azure Storage Shared Key Lite',
  documentation: 'https://learn.microsoft.com/en-us/rest/api/storageservices/authorize-with-shared-key',
  key: { encoding: 'base64' },
  mac: { algorithm: 'sha256', encoding: 'base64' },
  date: { headers: ['x-ms-date'], format: 'rfc1123', toleranceSeconds: 15 * 60 },
  authorization: { header: 'authorization', template: 'SharedKeyLite {keyId}:{signature}' },
  parts: [
    { name: 'method', source: { from: 'method' }, after: '\n' },
    { name: 'content-md5', source: { from: 'header', header: 'content-md5', absent: 'blank' }, after: '\n' },
    { name: 'content-type', source: { from: 'header', header: 'content-type', absent: 'blank' }, after: '\n' },
    { name: 'date', source: { from: 'superseded-header', header: 'date', by: 'x-ms-date' }, after: '\n' },
    { name: 'x-ms-headers', source: { from: 'canonical-headers', prefix: 'x-ms-' }, after: '' },
    { name: 'resource', source: { from: 'canonical-resource', form: 'lite' }, after: '' },
  ],
  ambiguous:
    'the last x-ms- header and the resource touch; one ends in a line break and the other begins with a slash, which no name of a header does',
};
