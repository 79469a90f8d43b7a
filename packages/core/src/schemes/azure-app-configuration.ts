import '../canonical/rfc1123-time.ts';
import '../parts/further-headers.ts';
import '../places/date.ts';
import '../places/signed-headers.ts';
import type { Scheme } from '../scheme.ts';

/**
 * Azure App Configuration access keys: the sibling of ACS's scheme that names its key (`Credential=`) and may sign
 * further headers. Its documentation is often taken for that of ACS, which refuses `Credential=`.
 *
 * Not covered: Content-Type, other headers, unless they are signed as further headers. Of those the values are signed and
 * the names are not: `verify` counts them as covered where its option `furtherHeaders` names them.
 *
 * Reads in one way: as that of ACS, and no `;` stands in the host or in a further header that is not the last one.
 *
 * @see https://learn.microsoft.com/en-us/azure/azure-app-configuration/rest-api-authentication-hmac
 */
export const azureAppConfiguration: Scheme = {
  id: 'azure-app-configuration',
  title: 'Azure App Configuration access key',
  documentation: 'https://learn.microsoft.com/en-us/azure/azure-app-configuration/rest-api-authentication-hmac',
  key: { encoding: 'base64' },
  mac: { algorithm: 'sha256', encoding: 'base64' },
  contentHash: { algorithm: 'sha256', encoding: 'base64', header: 'x-ms-content-sha256', empty: 'hashed' },
  date: { headers: ['x-ms-date', 'date'], format: 'rfc1123', toleranceSeconds: 15 * 60 },
  signedHeaders: {
    accepted: [
      ['x-ms-date', 'host', 'x-ms-content-sha256'],
      ['date', 'host', 'x-ms-content-sha256'],
    ],
    furtherSeparator: ';',
  },
  authorization: {
    header: 'authorization',
    template: 'HMAC-SHA256 Credential={keyId}&SignedHeaders={signedHeaders}&Signature={signature}',
  },
  parts: [
    { name: 'method', source: { from: 'method' }, after: '\n' },
    { name: 'target', source: { from: 'target', form: 'as-sent' }, after: '\n' },
    { name: 'date', source: { from: 'date' }, after: ';' },
    // Else a host could take the place of host and content hash, and a further header that of the content hash.
    { name: 'host', source: { from: 'host' }, after: ';', excludes: ';' },
    { name: 'content-hash', source: { from: 'content-hash' }, after: '' },
  ],
};
