import '../canonical/basic-time.ts';
import '../parts/canonical-uri.ts';
import '../parts/derived-key.ts';
import '../parts/listed-headers.ts';
import '../parts/scoped-fields.ts';
import '../places/carriage.ts';
import '../places/date.ts';
import type { Scheme } from '../scheme.ts';

/**
 * AWS Signature Version 4 in the Authorization header (Amazon Connect, Chime SDK, Lambda function URLs): HMAC-SHA256 of the
 * hash of method, path, query, the listed headers and the body's hash. The key is derived from the secret for a day, a region
 * and a service, which the request names; signing takes `region` and `service` in `fields`.
 *
 * A request whose body is not signed (`UNSIGNED-PAYLOAD`, or signed in pieces) is refused. The verifier of a service compares
 * region and service with its own: `fields.scope` of the claims.
 *
 * Signing lists all headers that are there; what another signer leaves out is not covered.
 *
 * Reads in one way: path and query hold no line break, the headers end with a blank line, and list and hash hold no white space.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export const awsSigv4: Scheme = {
  id: 'aws-sigv4',
  title: 'AWS Signature Version 4',
  documentation: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html',
  key: {
    encoding: 'utf8',
    derived: { prefix: 'AWS4', algorithm: 'AWS4-HMAC-SHA256', field: 'scope', end: 'aws4_request' },
  },
  mac: { algorithm: 'sha256', encoding: 'hex' },
  contentHash: { algorithm: 'sha256', encoding: 'hex', empty: 'hashed' },
  date: { headers: ['x-amz-date'], format: 'iso8601-basic', toleranceSeconds: 5 * 60 },
  authorization: {
    header: 'authorization',
    template: 'AWS4-HMAC-SHA256 Credential={keyId}/{scope}, SignedHeaders={headers}, Signature={signature}',
  },
  parts: [
    { name: 'method', source: { from: 'method' }, after: '\n' },
    {
      name: 'path',
      source: {
        from: 'canonical-path',
        field: 'scope',
        end: 'aws4_request',
        region: 'us-east-1',
        service: 'execute-api',
        onceFor: ['s3', 's3-object-lambda', 's3express'],
      },
      after: '\n',
    },
    { name: 'query', source: { from: 'canonical-query' }, after: '\n' },
    {
      name: 'headers',
      source: {
        from: 'listed-headers',
        field: 'headers',
        required: ['host', 'x-amz-date'],
        hashHeader: 'x-amz-content-sha256',
      },
      after: '\n',
    },
    { name: 'signed-headers', source: { from: 'header-list', field: 'headers' }, after: '\n' },
    { name: 'content-hash', source: { from: 'content-hash' }, after: '' },
  ],
};
