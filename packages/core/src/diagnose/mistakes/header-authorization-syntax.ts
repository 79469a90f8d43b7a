import type { MistakeClass } from '../mistake-class.ts';

/** The header that carries the signature does not have its shape. */
export const headerAuthorizationSyntax: MistakeClass = {
  id: 'header/authorization-syntax',
  lint: ({ authorization }) =>
    authorization && authorization.slips.length > 0
      ? {
          detail: authorization.slips.join('; '),
          part: 'authorization',
          yours: authorization.value,
          expected: authorization.mended,
        }
      : undefined,
  say: (detail, { evidence }) => `The ${evidence.scheme.authorization.header} header is malformed: ${detail}.`,
  mends: {
    javascript:
      'headers.authorization = `HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=${signature}`; // Sinch: `application ${key}:${signature}`',
    python:
      "headers['Authorization'] = f'HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature={signature}'  # Sinch: f'application {key}:{signature}'",
    csharp:
      'request.Headers.TryAddWithoutValidation("Authorization", $"HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature={signature}");',
    java: '.header("Authorization", "HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=" + signature)',
    php: "$headers[] = 'Authorization: HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=' . $signature;",
    postman:
      "pm.request.headers.upsert({ key: 'Authorization', value: 'HMAC-SHA256 SignedHeaders=x-ms-date;host;x-ms-content-sha256&Signature=' + signature });",
  },
};
