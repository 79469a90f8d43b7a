import { sendHeader } from '../fixes/headers.ts';
import type { MistakeClass } from '../search/mistake-class.ts';

interface NotSent {
  readonly kind: 'not sent';
  readonly header: string;
}

/** The hash was signed (or should have been) and its header did not arrive. */
export const contentHashNotSent: MistakeClass<NotSent> = {
  id: 'content-hash/not-sent',
  rank: 340,
  needs: 'content-hash header',
  lint: ({ contentHash, scheme }) => {
    if (
      !contentHash ||
      contentHash.header === undefined ||
      contentHash.sent !== undefined ||
      contentHash.computed === ''
    )
      return undefined;
    return {
      detail: { kind: 'not sent', header: contentHash.header },
      part: scheme.parts.find(({ source }) => source.from === 'content-hash')?.name ?? 'content-hash',
      yours: '',
      expected: contentHash.computed ?? '',
    };
  },
  say: (detail, { expected }) =>
    `The header ${detail.header} was not sent; it belongs to every request, also without a body (here: ${expected}).`,
  fixes: ({ contentHash }) => sendHeader(contentHash?.header ?? 'content-hash', 'contentHash'),
};
