import { hash } from '#digest';
import { prepareMac } from '#digest';
import { encodeBase64, encodeBytes, encodeHex } from '../../canonical/byte-encoding.ts';
import type { Data, HashAlgorithm, Mac } from '../../digest/algorithms.ts';
import { joinData } from '../layout.ts';
import type { ConstructMove, MistakeClass } from '../mistake-class.ts';

/** A hash of key and message instead of an HMAC, or an HMAC of something that was hashed before. */
export const digestNotHmac: MistakeClass = {
  id: 'digest/not-hmac',
  constructs: () => constructs,
  say: (detail) => `The signature is not the HMAC of the string to sign: ${detail}.`,
  mends: {
    javascript: "createHmac('sha256', key).update(stringToSign) // not createHash('sha256')",
    python: 'hmac.new(key, string_to_sign, hashlib.sha256)  # not hashlib.sha256(key + string_to_sign)',
    csharp: 'new HMACSHA256(key).ComputeHash(bytes) // not SHA256.HashData',
    java: 'Mac.getInstance("HmacSHA256") // not MessageDigest.getInstance("SHA-256")',
    php: "hash_hmac('sha256', $stringToSign, $key, true) // not hash()",
    postman: 'CryptoJS.HmacSHA256(stringToSign, key) // not CryptoJS.SHA256',
  },
};

/** Something that maps key and data to a digest in HMAC's place. */
function instead(
  detail: string,
  cost: number,
  digest: (key: Uint8Array, data: Data, algorithm: HashAlgorithm) => Uint8Array,
): ConstructMove {
  return {
    detail,
    cost,
    prepare: (key, algorithm): Mac => ({
      algorithm,
      bytes: (data) => digest(key, data, algorithm),
      text: (data, encoding) => encodeBytes(digest(key, data, algorithm), encoding),
    }),
  };
}

const constructs: readonly ConstructMove[] = [
  instead('it is the plain hash of key and string', 1, (key, data, algorithm) =>
    hash(algorithm, joinData([key, data])),
  ),
  instead('it is the plain hash of string and key', 1, (key, data, algorithm) =>
    hash(algorithm, joinData([data, key])),
  ),
  instead('it is the plain hash of the string alone', 1, (_, data, algorithm) => hash(algorithm, data)),
  instead('it is the plain hash of key, string and key', 2, (key, data, algorithm) =>
    hash(algorithm, joinData([key, data, key])),
  ),
  instead('it is the plain hash of key and string, with a newline between them', 2, (key, data, algorithm) =>
    hash(algorithm, joinData([key, '\n', data])),
  ),
  instead('it is the plain hash of string and key, with a newline between them', 2, (key, data, algorithm) =>
    hash(algorithm, joinData([data, '\n', key])),
  ),
  instead('it is the plain hash of key and string, with a colon between them', 2, (key, data, algorithm) =>
    hash(algorithm, joinData([key, ':', data])),
  ),
  instead('the string was hashed before the HMAC (raw digest)', 1, (key, data, algorithm) =>
    prepareMac(algorithm, key).bytes(hash(algorithm, data)),
  ),
  instead('the string was hashed before the HMAC (hexadecimal digest)', 1, (key, data, algorithm) =>
    prepareMac(algorithm, key).bytes(encodeHex(hash(algorithm, data))),
  ),
  instead('the string was hashed before the HMAC (base64 digest)', 1, (key, data, algorithm) =>
    prepareMac(algorithm, key).bytes(encodeBase64(hash(algorithm, data))),
  ),
  instead('the string was base64-encoded before the HMAC', 2, (key, data, algorithm) =>
    prepareMac(algorithm, key).bytes(encodeBase64(toBytes(data))),
  ),
  instead('the string was hexadecimal-encoded before the HMAC', 2, (key, data, algorithm) =>
    prepareMac(algorithm, key).bytes(encodeHex(toBytes(data))),
  ),
  instead('the HMAC was hashed once more', 2, (key, data, algorithm) =>
    hash(algorithm, prepareMac(algorithm, key).bytes(data)),
  ),
  instead('the hexadecimal text of the HMAC was hashed once more', 2, (key, data, algorithm) =>
    hash(algorithm, encodeHex(prepareMac(algorithm, key).bytes(data))),
  ),
  instead('the HMAC of the HMAC was taken', 2, (key, data, algorithm) =>
    prepareMac(algorithm, key).bytes(prepareMac(algorithm, key).bytes(data)),
  ),
  instead('the string was hashed with SHA-256 before the HMAC (hexadecimal digest)', 3, (key, data, algorithm) =>
    prepareMac(algorithm, key).bytes(encodeHex(hash('sha256', data))),
  ),
  instead('the string was hashed with MD5 before the HMAC (hexadecimal digest)', 3, (key, data, algorithm) =>
    prepareMac(algorithm, key).bytes(encodeHex(hash('md5', data))),
  ),
];

function toBytes(data: Data): Uint8Array {
  return typeof data === 'string' ? new TextEncoder().encode(data) : data;
}
