import type { MistakeClass } from '../mistake-class.ts';

/** The hash was signed (or should have been) and its header did not arrive. */
export const contentHashNotSent: MistakeClass = {
  id: 'content-hash/not-sent',
  lint: ({ contentHash, scheme }) => {
    if (
      !contentHash ||
      contentHash.header === undefined ||
      contentHash.sent !== undefined ||
      contentHash.computed === ''
    )
      return undefined;
    return {
      detail: contentHash.header,
      part: scheme.parts.find(({ source }) => source.from === 'content-hash')?.name ?? 'content-hash',
      yours: '',
      expected: contentHash.computed ?? '',
    };
  },
  say: (detail, { expected }) =>
    `The header ${detail} was not sent; it belongs to every request, also without a body (here: ${expected}).`,
  mends: {
    javascript: "headers['x-ms-content-sha256'] = contentHash;",
    python: "headers['x-ms-content-sha256'] = content_hash",
    csharp: 'request.Headers.Add("x-ms-content-sha256", contentHash);',
    java: 'request.header("x-ms-content-sha256", contentHash)',
    php: "$headers[] = 'x-ms-content-sha256: ' . $contentHash;",
    postman: "pm.request.headers.upsert({ key: 'x-ms-content-sha256', value: contentHash });",
  },
};
