import type { RequestFormId } from '@countersign/core/requests/found-request';

/** What a text was read as, for people. */
export const formNames: Readonly<Record<RequestFormId, string>> = {
  raw: 'a raw HTTP request',
  curl: 'a curl command',
  'curl-output': 'what curl -v shows',
  har: 'a HAR file',
  'http-file': 'an .http file of an editor',
  'http2-headers': 'the headers of an HTTP/2 request',
  'postman-console': "a raw log of Postman's Console",
  'postman-collection': 'a Postman collection',
  'postman-run': 'a run of a Postman collection',
  'python-output': "what Python's http.client prints",
  'java-output': "the log of Java's HttpClient",
};
