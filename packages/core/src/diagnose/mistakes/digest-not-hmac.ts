import { told, type Told } from '../search/told.ts';
import { hash, hashText, prepareMac } from '#digest';
import { encodeBase64, encodeHex } from '../../canonical/byte-encoding.ts';
import type { Data, HashAlgorithm, Mac } from '../../digest/algorithms.ts';
import { joinData } from '../reading/layout.ts';
import { bytesOf } from '../text/visible.ts';
import { signatureFixes } from '../fixes/digest.ts';
import type { ConstructMove, MistakeClass } from '../search/mistake-class.ts';

/** A hash of key and message instead of an HMAC, or an HMAC of something that was hashed before. */
export const digestNotHmac: MistakeClass<Told> = {
  id: 'digest/not-hmac',
  rank: 470,
  needs: 'nothing',
  constructs: () => constructs,
  say: ({ how }) => `The signature is not the HMAC of the string to sign: ${how}.`,
  fixes: ({ scheme }) => signatureFixes(scheme.mac.algorithm, scheme.mac.encoding),
};

/** The plain hash of what is made of key and string. */
function plain(detail: string, cost: number, input: (key: Uint8Array, data: Data) => Data): ConstructMove<Told> {
  return {
    detail: told(`it is the plain hash of ${detail}`),
    cost,
    prepare: (key, algorithm) => ({ text: (data, encoding) => hashText(algorithm, input(key, data), encoding) }),
  };
}

/** Something around HMAC, which is prepared once for each key. */
function withHmac(detail: string, cost: number, text: (mac: Mac) => Mac['text']): ConstructMove<Told> {
  return { detail: told(detail), cost, prepare: (key, algorithm) => ({ text: text(prepareMac(algorithm, key)) }) };
}

/** The HMAC of what was made of the string beforehand. */
function beforehand(
  detail: string,
  cost: number,
  change: (data: Data, algorithm: HashAlgorithm) => Data,
): ConstructMove<Told> {
  return withHmac(
    `the string was ${detail} before the HMAC`,
    cost,
    (mac) => (data, encoding) => mac.text(change(data, mac.algorithm), encoding),
  );
}

const constructs: readonly ConstructMove<Told>[] = [
  plain('key and string', 1, (key, data) => joinData([key, data])),
  plain('string and key', 1, (key, data) => joinData([data, key])),
  plain('the string alone', 1, (_, data) => data),
  plain('key, string and key', 2, (key, data) => joinData([key, data, key])),
  plain('key and string, with a newline between them', 2, (key, data) => joinData([key, '\n', data])),
  plain('string and key, with a newline between them', 2, (key, data) => joinData([data, '\n', key])),
  plain('key and string, with a colon between them', 2, (key, data) => joinData([key, ':', data])),
  beforehand('hashed (raw digest)', 1, (data, algorithm) => hash(algorithm, data)),
  beforehand('hashed (hexadecimal digest)', 1, (data, algorithm) => hashText(algorithm, data, 'hex')),
  beforehand('hashed (base64 digest)', 1, (data, algorithm) => hashText(algorithm, data, 'base64')),
  beforehand('base64-encoded', 2, (data) => encodeBase64(bytesOf(data))),
  beforehand('hexadecimal-encoded', 2, (data) => encodeHex(bytesOf(data))),
  beforehand('hashed with SHA-256 (hexadecimal digest)', 3, (data) => hashText('sha256', data, 'hex')),
  beforehand('hashed with MD5 (hexadecimal digest)', 3, (data) => hashText('md5', data, 'hex')),
  withHmac(
    'the HMAC was hashed once more',
    2,
    (mac) => (data, encoding) => hashText(mac.algorithm, mac.bytes(data), encoding),
  ),
  withHmac(
    'the hexadecimal text of the HMAC was hashed once more',
    2,
    (mac) => (data, encoding) => hashText(mac.algorithm, mac.text(data, 'hex'), encoding),
  ),
  withHmac('the HMAC of the HMAC was taken', 2, (mac) => (data, encoding) => mac.text(mac.bytes(data), encoding)),
];
