import { hash, hashText, prepareMac } from '#digest';
import { bytesOf, encodeBase64, encodeHex } from '../../canonical/byte-encoding.ts';
import { hashOf, type Data, type HashAlgorithm, type Mac } from '../../digest/algorithms.ts';
import { joinData } from '../reading/layout.ts';
import { signatureFixes } from '../fixes/digest.ts';
import type { ConstructMove, MistakeClass } from '../search/mistake-class.ts';

type Input = 'key and string' | 'string and key' | 'the string alone' | 'key, string and key';

type Construct =
  /** The plain hash of these, one after the other. */
  | { readonly kind: 'plain hash'; readonly of: Input; readonly between?: 'newline' | 'colon' }
  /** The string was hashed or encoded before the HMAC. */
  | { readonly kind: 'hashed before'; readonly algorithm?: string; readonly encoding: string }
  | { readonly kind: 'encoded before'; readonly encoding: string }
  | { readonly kind: 'hashed again' | 'text hashed again' | 'HMAC twice' };

/** A hash of key and message instead of an HMAC, or an HMAC of something that was hashed before. */
export const digestNotHmac: MistakeClass<Construct> = {
  id: 'digest/not-hmac',
  rank: 470,
  needs: 'nothing',
  constructs: () => constructs,
  say: (detail) => `The signature is not the HMAC of the string to sign: ${inWords(detail)}.`,
  fixes: ({ scheme }) => signatureFixes(scheme),
};

function inWords(detail: Construct): string {
  switch (detail.kind) {
    case 'plain hash':
      return `it is the plain hash of ${detail.of}${detail.between === undefined ? '' : `, with a ${detail.between} between them`}`;
    case 'hashed before': {
      const algorithm = detail.algorithm === undefined ? '' : ` with ${detail.algorithm}`;
      return `the string was hashed${algorithm} (${detail.encoding} digest) before the HMAC`;
    }
    case 'encoded before':
      return `the string was ${detail.encoding}-encoded before the HMAC`;
    case 'hashed again':
      return 'the HMAC was hashed once more';
    case 'text hashed again':
      return 'the hexadecimal text of the HMAC was hashed once more';
    case 'HMAC twice':
      return 'the HMAC of the HMAC was taken';
  }
}

type PlainHash = Extract<Construct, { kind: 'plain hash' }>;
type Before = Extract<Construct, { kind: 'hashed before' | 'encoded before' }>;

/** The plain hash of what is made of key and string. */
function plain(
  detail: PlainHash,
  cost: number,
  input: (key: Uint8Array, data: Data) => Data,
): ConstructMove<Construct> {
  return {
    detail,
    cost,
    prepare: (key, algorithm) => ({ text: (data, encoding) => hashText(algorithm, input(key, data), encoding) }),
  };
}

/** Something around HMAC, which is prepared once for each key. */
function withHmac(detail: Construct, cost: number, text: (mac: Mac) => Mac['text']): ConstructMove<Construct> {
  return { detail, cost, prepare: (key, algorithm) => ({ text: text(prepareMac(algorithm, key)) }) };
}

/** The HMAC of what was made of the string beforehand. */
function beforehand(
  detail: Before,
  cost: number,
  change: (data: Data, algorithm: HashAlgorithm) => Data,
): ConstructMove<Construct> {
  return withHmac(detail, cost, (mac) => (data, encoding) => mac.text(change(data, hashOf(mac.algorithm)), encoding));
}

const hashedBefore = (encoding: string, algorithm?: string): Before =>
  algorithm === undefined ? { kind: 'hashed before', encoding } : { kind: 'hashed before', encoding, algorithm };

const constructs: readonly ConstructMove<Construct>[] = [
  plain({ kind: 'plain hash', of: 'key and string' }, 1, (key, data) => joinData([key, data])),
  plain({ kind: 'plain hash', of: 'string and key' }, 1, (key, data) => joinData([data, key])),
  plain({ kind: 'plain hash', of: 'the string alone' }, 1, (_, data) => data),
  plain({ kind: 'plain hash', of: 'key, string and key' }, 2, (key, data) => joinData([key, data, key])),
  plain({ kind: 'plain hash', of: 'key and string', between: 'newline' }, 2, (key, data) =>
    joinData([key, '\n', data]),
  ),
  plain({ kind: 'plain hash', of: 'string and key', between: 'newline' }, 2, (key, data) =>
    joinData([data, '\n', key]),
  ),
  plain({ kind: 'plain hash', of: 'key and string', between: 'colon' }, 2, (key, data) => joinData([key, ':', data])),
  beforehand(hashedBefore('raw'), 1, (data, algorithm) => hash(algorithm, data)),
  beforehand(hashedBefore('hexadecimal'), 1, (data, algorithm) => hashText(algorithm, data, 'hex')),
  beforehand(hashedBefore('base64'), 1, (data, algorithm) => hashText(algorithm, data, 'base64')),
  beforehand({ kind: 'encoded before', encoding: 'base64' }, 2, (data) => encodeBase64(bytesOf(data))),
  beforehand({ kind: 'encoded before', encoding: 'hexadecimal' }, 2, (data) => encodeHex(bytesOf(data))),
  beforehand(hashedBefore('hexadecimal', 'SHA-256'), 3, (data) => hashText('sha256', data, 'hex')),
  beforehand(hashedBefore('hexadecimal', 'MD5'), 3, (data) => hashText('md5', data, 'hex')),
  withHmac(
    { kind: 'hashed again' },
    2,
    (mac) => (data, encoding) => hashText(hashOf(mac.algorithm), mac.bytes(data), encoding),
  ),
  withHmac(
    { kind: 'text hashed again' },
    2,
    (mac) => (data, encoding) => hashText(hashOf(mac.algorithm), mac.text(data, 'hex'), encoding),
  ),
  withHmac({ kind: 'HMAC twice' }, 2, (mac) => (data, encoding) => mac.text(mac.bytes(data), encoding)),
];
