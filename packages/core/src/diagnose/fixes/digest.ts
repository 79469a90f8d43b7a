import type { DigestEncoding, HashAlgorithm } from '../../digest/algorithms.ts';
import type { Fixes } from '../diagnosis.ts';

/** What the hash functions are called in class names: `SHA256`, and with a hyphen for Java: `SHA-256`. */
function names(algorithm: HashAlgorithm): { readonly plain: string; readonly java: string } {
  const plain = algorithm.toUpperCase();
  return { plain, java: plain.replace(/^SHA/, 'SHA-') };
}

/** Code that writes the hash of the body as the scheme wants it. */
export function contentHashFixes(algorithm: HashAlgorithm, encoding: DigestEncoding): Fixes {
  const { plain, java } = names(algorithm);
  const base64 = encoding === 'base64';
  return {
    javascript: `createHash('${algorithm}').update(body).digest('${encoding}')`,
    python: base64
      ? `base64.b64encode(hashlib.${algorithm}(body).digest()).decode()  # digest(), not hexdigest()`
      : `hashlib.${algorithm}(body).hexdigest()`,
    csharp: `Convert.${base64 ? 'ToBase64String' : 'ToHexStringLower'}(${plain}.HashData(body))`,
    java: `${base64 ? 'Base64.getEncoder().encodeToString' : 'HexFormat.of().formatHex'}(MessageDigest.getInstance("${java}").digest(body))`,
    php: base64 ? `base64_encode(hash('${algorithm}', $body, true)) // true: raw bytes` : `hash('${algorithm}', $body)`,
    postman: `CryptoJS.${plain}(body).toString(CryptoJS.enc.${base64 ? 'Base64' : 'Hex'})`,
  };
}

/** Code that computes the signature as the scheme wants it. */
export function signatureFixes(algorithm: HashAlgorithm, encoding: DigestEncoding): Fixes {
  const { plain } = names(algorithm);
  const base64 = encoding === 'base64';
  return {
    javascript: `createHmac('${algorithm}', key).update(stringToSign).digest('${encoding}')`,
    python: base64
      ? `base64.b64encode(hmac.new(key, string_to_sign, hashlib.${algorithm}).digest()).decode()  # digest(), not hexdigest()`
      : `hmac.new(key, string_to_sign, hashlib.${algorithm}).hexdigest()`,
    csharp: `Convert.${base64 ? 'ToBase64String' : 'ToHexStringLower'}(new HMAC${plain}(key).ComputeHash(bytes))`,
    java: `Mac mac = Mac.getInstance("Hmac${plain}"); mac.init(new SecretKeySpec(key, "Hmac${plain}")); ${base64 ? 'Base64.getEncoder().encodeToString' : 'HexFormat.of().formatHex'}(mac.doFinal(bytes))`,
    php: base64
      ? `base64_encode(hash_hmac('${algorithm}', $stringToSign, $key, true)) // true: raw bytes; openssl: -binary`
      : `hash_hmac('${algorithm}', $stringToSign, $key)`,
    postman: `CryptoJS.Hmac${plain}(stringToSign, key).toString(CryptoJS.enc.${base64 ? 'Base64' : 'Hex'})`,
  };
}
