import { isReceived } from '../reading/direction.ts';
import { bodyFixes } from '../fixes/string-to-sign.ts';
import { hash } from '#digest';
import { encodeBytes } from '../../canonical/byte-encoding.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { Slot } from '../reading/layout.ts';
import { brief } from '../text/brief.ts';
import type { BodyMove, Finding, MistakeClass, ValueMove } from '../search/mistake-class.ts';

type Nothing =
  | { readonly kind: 'empty' | 'blank filled' }
  | { readonly kind: 'word'; readonly word: string }
  /** The file has no body, and the head says how many bytes were sent. */
  | { readonly kind: 'empty, and counted'; readonly length: number };

/** Nothing, or the word for nothing, was hashed. */
export const bodyMissing: MistakeClass<Nothing> = {
  id: 'body/missing',
  rank: 220,
  needs: 'body',
  phase: 'early',
  inPairs: 'first',
  values: (slot, evidence) => hashOfNothing(slot, evidence),
  bodies: (body) => nothings(body),
  bodiesAreShort: true,
  besideProof: (evidence) => countedBody(evidence),
  say: (detail, { expected, evidence }) =>
    detail.kind === 'empty, and counted'
      ? `${isReceived(evidence) ? 'The sender signed' : 'Your code hashed'} an EMPTY body; Content-Length says that ${detail.length} ${detail.length === 1 ? 'byte was' : 'bytes were'} sent.`
      : `Your code hashed ${hashed(detail)}; ${expected === '' ? 'no body was sent' : `${brief(expected)} was sent`}.`,
  fixes: ({ scheme }) =>
    bodyFixes(scheme, {
      javascript: 'body: the text that is sent, an empty one when there is none',
      python: 'body: the bytes that are sent, b"" when there are none',
      csharp: 'body: the bytes that are sent, await content.ReadAsByteArrayAsync()',
      java: 'body: the bytes that are sent, new byte[0] when there are none',
      php: 'body: the string that is sent',
      go: 'body: the bytes that are sent; a reader that was read is empty',
      ruby: 'body: the string that is sent, an empty one when there is none',
      bash: 'body: the text that is sent, an empty one when there is none',
      powershell: 'body: the bytes that are sent, an empty array when there are none',
      postman: 'the text that Postman sends, an empty one when there is none',
    }),
};

/** The signature is that of no body, and a body was sent that the file does not hold. */
function countedBody({ body, origin, contentHash }: Evidence): Finding<Nothing> | undefined {
  const { length = 0 } = origin;
  if (!body || body.length > 0 || length === 0) return undefined;
  if (contentHash?.sent !== undefined && contentHash.sent !== contentHash.computed) return undefined;
  const detail: Nothing = { kind: 'empty, and counted', length };
  return { detail, part: 'body', yours: '', expected: `[${length === 1 ? '1 byte' : `${length} bytes`}]` };
}

function hashed(detail: Exclude<Nothing, { kind: 'empty, and counted' }>): string {
  if (detail.kind === 'word')
    return detail.word === '""' ? 'an empty text in quotes' : `the text ${JSON.stringify(detail.word)}`;
  return `an EMPTY body${detail.kind === 'empty' ? '' : ', and its hash stands where the scheme leaves a blank'}`;
}

const words = [
  'undefined',
  'null',
  '{}',
  '[object Object]',
  'None',
  '[]',
  '""',
  'nil',
  '{}\n',
  'Array',
  "b''",
  "''",
  '[object ArrayBuffer]',
  '[object Uint8Array]',
  '[object Blob]',
  '[object FormData]',
  '[object ReadableStream]',
  '[object Promise]',
  'System.Byte[]',
  'System.Object',
  'false',
  ' ',
  '\n',
  '\r\n',
  'UNSIGNED-PAYLOAD',
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD',
  '{{body}}',
  'body',
  'NULL',
  'NaN',
  '0',
];

/**
 * Nothing was sent and the scheme leaves a blank for it: the body is not another one, only its hash should not be.
 */
function* hashOfNothing(slot: Slot, { body, scheme: { contentHash } }: Evidence): Generator<ValueMove<Nothing>> {
  if (slot.source.from !== 'content-hash' || slot.value !== '' || !body || contentHash?.empty !== 'blank') return;
  const value = encodeBytes(hash(contentHash.algorithm, ''), contentHash.encoding);
  yield { detail: { kind: 'blank filled' }, cost: 1, value };
}

function* nothings(body: Uint8Array): Generator<BodyMove<Nothing>> {
  if (body.length > 0) yield { detail: { kind: 'empty' }, cost: 1, body: '' };
  for (const word of words) yield { detail: { kind: 'word', word }, cost: word === '{}' ? 1 : 2, body: word };
}
