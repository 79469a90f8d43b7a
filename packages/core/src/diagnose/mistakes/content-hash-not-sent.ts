import { contentHashFixes } from '../fixes/digest.ts';
import { sendHeader } from '../fixes/headers.ts';
import { hashHeaderOf, uncoveredBody } from '../reading/declared-signature.ts';
import type { MistakeClass } from '../search/mistake-class.ts';

type NotSent =
  | { readonly kind: 'not sent'; readonly header: string }
  /** A word in the place of the hash, which the request does not say. */
  | { readonly kind: 'word'; readonly header: string; readonly word: string };

const words = ['UNSIGNED-PAYLOAD', 'STREAMING-AWS4-HMAC-SHA256-PAYLOAD', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER'];

/** The hash was signed (or should have been) and its header did not arrive. */
export const contentHashNotSent: MistakeClass<NotSent> = {
  id: 'content-hash/not-sent',
  rank: 340,
  needs: 'content hash that is sent',
  lint: ({ contentHash, scheme, message, authorization }) => {
    // Where there is no token, that is what is missing.
    if (scheme.contentHash?.claim !== undefined && !authorization) return undefined;
    if (
      !contentHash ||
      contentHash.header === undefined ||
      contentHash.sent !== undefined ||
      contentHash.computed === '' ||
      (scheme.contentHash?.empty === 'optional' && message.body.length === 0)
    )
      return undefined;
    return {
      detail: { kind: 'not sent', header: contentHash.header },
      part: scheme.parts.find(({ source }) => source.from === 'content-hash')?.name ?? 'content-hash',
      yours: '',
      expected: contentHash.computed ?? '',
    };
  },
  values: ({ source }, { scheme, message }) => {
    const header = hashHeaderOf(scheme);
    if (source.from !== 'content-hash' || header === undefined || uncoveredBody(scheme, message) !== undefined)
      return [];
    return words.map((word) => ({ detail: { kind: 'word', header, word }, cost: 1, value: word }));
  },
  say: (detail, { expected, evidence }) =>
    detail.kind === 'word'
      ? `You signed ${detail.word} in the place of the body's hash, and the request does not say so: where the body is not signed, ${detail.header} has to be sent with that word, and few services take it. Else the hash of the body belongs there.`
      : evidence.scheme.contentHash?.claim !== undefined
        ? `The token has no claim ${evidence.scheme.contentHash.claim}, so it says nothing of the body: whoever takes it with one takes it with any (here: ${expected}).`
        : `The header ${detail.header} was not sent; it belongs to every request, also without a body (here: ${expected}).`,
  fixes: ({ contentHash, scheme }) =>
    scheme.contentHash?.claim === undefined
      ? sendHeader(contentHash?.header ?? 'content-hash', 'contentHash')
      : contentHashFixes(scheme, 'of the very bytes that arrived, compared with the claim'),
};
