import { hashOf, type DigestEncoding, type HashAlgorithm } from '../../digest/algorithms.ts';
import type { Scheme } from '../../scheme.ts';
import type { Fixes } from '../diagnosis.ts';
import { stringToSignFixes } from './concatenation.ts';
import { assigned, type Remarks } from './statement.ts';

/** What the hash functions are called in class names: `SHA256`, and with a hyphen for Java: `SHA-256`. */
function names(algorithm: HashAlgorithm): { readonly plain: string; readonly java: string } {
  const plain = algorithm.toUpperCase();
  return { plain, java: plain.replace(/^SHA/, 'SHA-') };
}

/** How Go calls a hash function's package and its sum. */
const go: Readonly<Record<HashAlgorithm, { readonly sum: string; readonly make: string }>> = {
  md5: { sum: 'md5.Sum', make: 'md5.New' },
  sha1: { sum: 'sha1.Sum', make: 'sha1.New' },
  sha256: { sum: 'sha256.Sum256', make: 'sha256.New' },
  sha384: { sum: 'sha512.Sum384', make: 'sha512.New384' },
  sha512: { sum: 'sha512.Sum512', make: 'sha512.New' },
};

/** How bytes on the standard output become text. */
const piped = (base64: boolean): string => (base64 ? 'openssl base64 -A' : "od -An -v -tx1 | tr -d ' \\n'");

/** How PowerShell writes bytes as text. */
const inPowerShell = (bytes: string, base64: boolean): string =>
  base64
    ? `[Convert]::ToBase64String(${bytes})`
    : `[BitConverter]::ToString(${bytes}).Replace('-', '').ToLowerInvariant()`;

const digestRemarks = (base64: boolean): Remarks =>
  base64 ? { python: 'digest(), not hexdigest()', php: 'true: raw bytes', bash: 'without -binary it is text' } : {};

/** Code that writes the hash of the body as the scheme wants it. */
export function contentHashFixes({ contentHash }: Scheme, remarks?: Remarks): Fixes {
  const { algorithm = 'sha256', encoding = 'base64' } = contentHash ?? {};
  return contentHashOf(algorithm, encoding, remarks);
}

function contentHashOf(algorithm: HashAlgorithm, encoding: DigestEncoding, remarks?: Remarks): Fixes {
  const { plain, java } = names(algorithm);
  const base64 = encoding === 'base64';
  return assigned(
    'contentHash',
    'text',
    {
      javascript: `createHash('${algorithm}').update(body).digest('${encoding}')`,
      python: base64
        ? `base64.b64encode(hashlib.${algorithm}(body).digest()).decode()`
        : `hashlib.${algorithm}(body).hexdigest()`,
      csharp: base64
        ? `Convert.ToBase64String(${plain}.HashData(body))`
        : `Convert.ToHexString(${plain}.HashData(body)).ToLowerInvariant()`,
      java: `${base64 ? 'Base64.getEncoder().encodeToString' : 'HexFormat.of().formatHex'}(MessageDigest.getInstance("${java}").digest(body))`,
      php: base64 ? `base64_encode(hash('${algorithm}', $body, true))` : `hash('${algorithm}', $body)`,
      go: {
        line: `sum := ${go[algorithm].sum}(body); contentHash := ${base64 ? 'base64.StdEncoding' : 'hex'}.EncodeToString(sum[:])`,
      },
      ruby: `OpenSSL::Digest.${base64 ? 'base64digest' : 'hexdigest'}('${plain}', body)`,
      bash: `$(printf %s "$body" | openssl dgst -${algorithm} -binary | ${piped(base64)})`,
      powershell: inPowerShell(`[Security.Cryptography.${plain}]::Create().ComputeHash($body)`, base64),
      postman: `CryptoJS.${plain}(pm.variables.replaceIn(pm.request.body?.raw ?? '')).toString(CryptoJS.enc.${base64 ? 'Base64' : 'Hex'})`,
    },
    remarks ?? digestRemarks(base64),
  );
}

/** Code that signs the body that is sent: its hash, or where a scheme has none, the string to sign with the body in it. */
export function bodyFixes(scheme: Scheme, remarks?: Remarks): Fixes {
  return scheme.contentHash ? contentHashFixes(scheme, remarks) : stringToSignFixes(scheme.parts, remarks);
}

/** Code that computes the signature as the scheme wants it. */
export function signatureFixes({ mac }: Scheme): Fixes {
  const algorithm = hashOf(mac.algorithm);
  const encoding = mac.encoding === 'base64' ? 'base64' : 'hex';
  const { plain } = names(algorithm);
  const base64 = encoding === 'base64';
  return assigned(
    'signature',
    'text',
    {
      javascript: `createHmac('${algorithm}', key).update(stringToSign).digest('${encoding}')`,
      python: base64
        ? `base64.b64encode(hmac.new(key, string_to_sign.encode(), hashlib.${algorithm}).digest()).decode()`
        : `hmac.new(key, string_to_sign.encode(), hashlib.${algorithm}).hexdigest()`,
      csharp: base64
        ? `Convert.ToBase64String(HMAC${plain}.HashData(key, Encoding.UTF8.GetBytes(stringToSign)))`
        : `Convert.ToHexString(HMAC${plain}.HashData(key, Encoding.UTF8.GetBytes(stringToSign))).ToLowerInvariant()`,
      java: {
        line: `Mac mac = Mac.getInstance("Hmac${plain}"); mac.init(new SecretKeySpec(key, "Hmac${plain}")); String signature = ${base64 ? 'Base64.getEncoder().encodeToString' : 'HexFormat.of().formatHex'}(mac.doFinal(stringToSign.getBytes(StandardCharsets.UTF_8)));`,
      },
      php: base64
        ? `base64_encode(hash_hmac('${algorithm}', $stringToSign, $key, true))`
        : `hash_hmac('${algorithm}', $stringToSign, $key)`,
      go: {
        line: `mac := hmac.New(${go[algorithm].make}, key); mac.Write([]byte(stringToSign)); signature := ${base64 ? 'base64.StdEncoding' : 'hex'}.EncodeToString(mac.Sum(nil))`,
      },
      ruby: base64
        ? `Base64.strict_encode64(OpenSSL::HMAC.digest('${plain}', key, string_to_sign))`
        : `OpenSSL::HMAC.hexdigest('${plain}', key, string_to_sign)`,
      bash: `$(printf %s "$string_to_sign" | openssl dgst -${algorithm} -mac HMAC -macopt "hexkey:$key" -binary | ${piped(base64)})`,
      powershell: inPowerShell(
        `[Security.Cryptography.HMAC${plain}]::new($key).ComputeHash([Text.Encoding]::UTF8.GetBytes($stringToSign))`,
        base64,
      ),
      postman: `CryptoJS.Hmac${plain}(stringToSign, key).toString(CryptoJS.enc.${base64 ? 'Base64' : 'Hex'})`,
    },
    mac.encoding === 'upper-hex' ? 'then in capitals' : digestRemarks(base64),
  );
}
