import '../canonical/rfc1123-time.ts';
import '../parts/canonical-headers.ts';
import '../parts/canonical-resource.ts';
import '../parts/content-length.ts';
import '../parts/superseded-header.ts';
import '../places/date.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Azure Storage's Shared Key (Blob, Queue, File): HMAC-SHA256 of the method, eleven headers, every `x-ms-` header and the
 * resource, of which the query is decoded and sorted. The key id is the account's name. The time must stand in `x-ms-date`,
 * where every SDK writes it; a body is covered by the Content-MD5 that a client sends, if it does.
 *
 * Not covered: host, other headers, body.
 *
 * Reads in one way: no header holds the line break that ends it, names of `x-ms-` headers hold no colon, and the resource
 * begins with a slash, which no name of a header does.
 *
 * @see https://learn.microsoft.com/en-us/rest/api/storageservices/authorize-with-shared-key
 */
export const azureStorageSharedKey: Scheme = {
  id: 'azure-storage-sharedkey',
  title: 'Azure Storage Shared Key',
  documentation: 'https://learn.microsoft.com/en-us/rest/api/storageservices/authorize-with-shared-key',
  key: { encoding: 'base64' },
  mac: { algorithm: 'sha256', encoding: 'base64' },
  date: { headers: ['x-ms-date'], format: 'rfc1123', toleranceSeconds: 15 * 60 },
  authorization: { header: 'authorization', template: 'SharedKey {keyId}:{signature}' },
  parts: [
    { name: 'method', source: { from: 'method' }, after: '\n' },
    { name: 'content-encoding', source: { from: 'header', header: 'content-encoding', absent: 'blank' }, after: '\n' },
    { name: 'content-language', source: { from: 'header', header: 'content-language', absent: 'blank' }, after: '\n' },
    { name: 'content-length', source: { from: 'content-length' }, after: '\n' },
    { name: 'content-md5', source: { from: 'header', header: 'content-md5', absent: 'blank' }, after: '\n' },
    { name: 'content-type', source: { from: 'header', header: 'content-type', absent: 'blank' }, after: '\n' },
    { name: 'date', source: { from: 'superseded-header', header: 'date', by: 'x-ms-date' }, after: '\n' },
    {
      name: 'if-modified-since',
      source: { from: 'header', header: 'if-modified-since', absent: 'blank' },
      after: '\n',
    },
    { name: 'if-match', source: { from: 'header', header: 'if-match', absent: 'blank' }, after: '\n' },
    { name: 'if-none-match', source: { from: 'header', header: 'if-none-match', absent: 'blank' }, after: '\n' },
    {
      name: 'if-unmodified-since',
      source: { from: 'header', header: 'if-unmodified-since', absent: 'blank' },
      after: '\n',
    },
    { name: 'range', source: { from: 'header', header: 'range', absent: 'blank' }, after: '\n' },
    { name: 'x-ms-headers', source: { from: 'canonical-headers', prefix: 'x-ms-' }, after: '' },
    { name: 'resource', source: { from: 'canonical-resource', form: 'shared-key' }, after: '' },
  ],
  ambiguous:
    'the last x-ms- header and the resource touch; one ends in a line break and the other begins with a slash, which no name of a header does',
};
