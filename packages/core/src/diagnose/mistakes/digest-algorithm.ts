import type { MistakeClass } from '../mistake-class.ts';

/** HMAC over another hash function. The length of the signature tells which. */
export const digestAlgorithm: MistakeClass = {
  id: 'digest/algorithm',
  say: (detail, { evidence }) =>
    `The signature is an HMAC-${detail.toUpperCase()}; the scheme uses HMAC-${evidence.scheme.mac.algorithm.toUpperCase()}.`,
  mends: {
    javascript: "createHmac('sha256', key)",
    python: 'hmac.new(key, msg, hashlib.sha256)',
    csharp: 'new HMACSHA256(key)',
    java: 'Mac.getInstance("HmacSHA256")',
    php: "hash_hmac('sha256', $stringToSign, $key, true)",
    postman: 'CryptoJS.HmacSHA256(stringToSign, key)',
  },
};
