import type { MistakeClass } from '../mistake-class.ts';

/** The right MAC in another encoding. Costs the search nothing: the received text is decoded in every way beforehand. */
export const digestEncoding: MistakeClass = {
  id: 'digest/encoding',
  say: (detail, { yours, evidence }) =>
    `The signature is the right digest written as ${detail} (${yours.slice(0, 24)}…); the scheme writes it as ${evidence.scheme.mac.encoding === 'hex' ? 'lower-case hexadecimal' : 'base64'}.`,
  mends: {
    javascript: "createHmac('sha256', key).update(stringToSign).digest('base64')",
    python: 'base64.b64encode(hmac.new(key, msg, hashlib.sha256).digest()).decode()  # digest(), not hexdigest()',
    csharp: 'Convert.ToBase64String(hmac.ComputeHash(bytes))',
    java: 'Base64.getEncoder().encodeToString(mac.doFinal(bytes))',
    php: "base64_encode(hash_hmac('sha256', $stringToSign, $key, true)) // true: raw bytes; openssl: -binary",
    postman: 'CryptoJS.HmacSHA256(stringToSign, key).toString(CryptoJS.enc.Base64)',
  },
};
