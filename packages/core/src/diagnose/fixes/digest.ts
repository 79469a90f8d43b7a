import { hashOf, type DigestEncoding, type HashAlgorithm } from '../../digest/algorithms.ts';
import type { Scheme } from '../../scheme.ts';
import type { Fixes } from '../diagnosis.ts';
import { signedBytes, type SignedBytes } from './joined-bytes.ts';
import { assigned, type Expressions, type Remarks } from './statement.ts';

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
  return assigned(
    'contentHash',
    'text',
    hashExpressions(algorithm, encoding),
    remarks ?? digestRemarks(encoding === 'base64'),
  );
}

/** Expressions for the hash of the body, as text. */
export function hashExpressions(algorithm: HashAlgorithm, encoding: DigestEncoding): Expressions {
  const { plain, java } = names(algorithm);
  const base64 = encoding === 'base64';
  return {
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
  };
}

/** The bytes of the string to sign, as HMAC takes them; in bash a command that writes them. */
const signedText: SignedBytes = {
  javascript: 'stringToSign',
  python: 'string_to_sign.encode()',
  csharp: 'Encoding.UTF8.GetBytes(stringToSign)',
  java: 'stringToSign.getBytes(StandardCharsets.UTF_8)',
  php: '$stringToSign',
  go: '[]byte(stringToSign)',
  ruby: 'string_to_sign',
  bash: 'printf %s "$string_to_sign"',
  powershell: '[Text.Encoding]::UTF8.GetBytes($stringToSign)',
  postman: 'stringToSign',
};

/** Expressions for the HMAC of bytes under the key, as text. */
export function macExpressions(
  algorithm: HashAlgorithm,
  encoding: 'base64' | 'hex',
  signed: SignedBytes = signedText,
): Expressions {
  const { plain } = names(algorithm);
  const [last = '', ...updates] = [signed.java].flat().toReversed();
  const written = [signed.go].flat().map((piece) => `mac.Write(${piece}); `);
  const updated = updates.toReversed().map((piece) => `mac.update(${piece}); `);
  const base64 = encoding === 'base64';
  return {
    javascript: `createHmac('${algorithm}', key).update(${signed.javascript}).digest('${encoding}')`,
    python: base64
      ? `base64.b64encode(hmac.new(key, ${signed.python}, hashlib.${algorithm}).digest()).decode()`
      : `hmac.new(key, ${signed.python}, hashlib.${algorithm}).hexdigest()`,
    csharp: base64
      ? `Convert.ToBase64String(HMAC${plain}.HashData(key, ${signed.csharp}))`
      : `Convert.ToHexString(HMAC${plain}.HashData(key, ${signed.csharp})).ToLowerInvariant()`,
    java: {
      line: `Mac mac = Mac.getInstance("Hmac${plain}"); mac.init(new SecretKeySpec(key, "Hmac${plain}")); ${updated.join('')}String signature = ${base64 ? 'Base64.getEncoder().encodeToString' : 'HexFormat.of().formatHex'}(mac.doFinal(${last}));`,
    },
    php: base64
      ? `base64_encode(hash_hmac('${algorithm}', ${signed.php}, $key, true))`
      : `hash_hmac('${algorithm}', ${signed.php}, $key)`,
    go: {
      line: `mac := hmac.New(${go[algorithm].make}, key); ${written.join('')}signature := ${base64 ? 'base64.StdEncoding' : 'hex'}.EncodeToString(mac.Sum(nil))`,
    },
    ruby: base64
      ? `Base64.strict_encode64(OpenSSL::HMAC.digest('${plain}', key, ${signed.ruby}))`
      : `OpenSSL::HMAC.hexdigest('${plain}', key, ${signed.ruby})`,
    bash: `$(${signed.bash} | openssl dgst -${algorithm} -mac HMAC -macopt "hexkey:$key" -binary | ${piped(base64)})`,
    powershell: inPowerShell(
      `[Security.Cryptography.HMAC${plain}]::new($key).ComputeHash(${signed.powershell})`,
      base64,
    ),
    postman: `CryptoJS.Hmac${plain}(${signed.postman}, key).toString(CryptoJS.enc.${base64 ? 'Base64' : 'Hex'})`,
  };
}

/** Expressions for the MD5 of the string to sign with the secret behind it, which some old APIs have for a signature. */
export const suffixedMd5: Expressions = {
  javascript: "createHash('md5').update(stringToSign).update(key).digest('hex')",
  python: 'hashlib.md5(string_to_sign.encode() + key).hexdigest()',
  csharp:
    'Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(stringToSign).Concat(key).ToArray())).ToLowerInvariant()',
  java: {
    line: 'MessageDigest md5 = MessageDigest.getInstance("MD5"); md5.update(stringToSign.getBytes(StandardCharsets.UTF_8)); String signature = HexFormat.of().formatHex(md5.digest(key));',
  },
  php: 'md5($stringToSign . $key)',
  go: { line: 'sum := md5.Sum(append([]byte(stringToSign), key...)); signature := hex.EncodeToString(sum[:])' },
  ruby: "OpenSSL::Digest.hexdigest('MD5', string_to_sign + key)",
  bash: '$(printf %s "$string_to_sign$secret" | openssl dgst -md5 -binary | ' + piped(false) + ')',
  powershell: inPowerShell(
    '[Security.Cryptography.MD5]::Create().ComputeHash([byte[]] ([Text.Encoding]::UTF8.GetBytes($stringToSign) + $key))',
    false,
  ),
  postman: "CryptoJS.MD5(stringToSign + pm.variables.get('key')).toString(CryptoJS.enc.Hex)",
};

/** Code that computes the signature as the scheme wants it. */
export function signatureFixes(scheme: Pick<Scheme, 'parts' | 'mac'>, further?: Remarks): Fixes {
  const { mac } = scheme;
  if (mac.algorithm === 'md5-suffix') return assigned('signature', 'text', suffixedMd5, further);
  if (mac.encoding === 'base64url') return tokenSignatureFixes(hashOf(mac.algorithm));
  const encoding = mac.encoding === 'base64' ? 'base64' : 'hex';
  const expressions = macExpressions(hashOf(mac.algorithm), encoding, signedBytes(scheme));
  const written = mac.encoding === 'upper-hex' ? inCapitals(expressions) : expressions;
  return assigned('signature', 'text', written, further ?? digestRemarks(encoding === 'base64'));
}

/** Hexadecimal digits in capitals. */
function inCapitals(expressions: Expressions): Expressions {
  const text = (language: 'javascript' | 'python' | 'csharp' | 'php' | 'ruby' | 'bash' | 'powershell' | 'postman') =>
    String(expressions[language]);
  const line = (language: 'java' | 'go', from: string, to: string) => ({
    line: (expressions[language] as { readonly line: string }).line.replace(from, () => to),
  });
  return {
    javascript: `${text('javascript')}.toUpperCase()`,
    python: `${text('python')}.upper()`,
    csharp: text('csharp').replace('.ToLowerInvariant()', ''),
    java: line('java', 'HexFormat.of()', 'HexFormat.of().withUpperCase()'),
    php: `strtoupper(${text('php')})`,
    go: line('go', 'hex.EncodeToString(mac.Sum(nil))', 'strings.ToUpper(hex.EncodeToString(mac.Sum(nil)))'),
    ruby: `${text('ruby')}.upcase`,
    bash: `${text('bash').slice(0, -1)} | tr a-f A-F)`,
    powershell: text('powershell').replace('.ToLowerInvariant()', ''),
    postman: `${text('postman')}.toUpperCase()`,
  };
}

/** The same in base64url without padding, as tokens have it. */
function tokenSignatureFixes(algorithm: HashAlgorithm): Fixes {
  const { plain } = names(algorithm);
  return assigned(
    'signature',
    'text',
    {
      javascript: `createHmac('${algorithm}', key).update(stringToSign).digest('base64url')`,
      python: `base64.urlsafe_b64encode(hmac.new(key, string_to_sign.encode(), hashlib.${algorithm}).digest()).rstrip(b'=').decode()`,
      csharp: `Base64UrlEncoder.Encode(HMAC${plain}.HashData(key, Encoding.UTF8.GetBytes(stringToSign)))`,
      java: {
        line: `Mac mac = Mac.getInstance("Hmac${plain}"); mac.init(new SecretKeySpec(key, "Hmac${plain}")); String signature = Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(stringToSign.getBytes(StandardCharsets.UTF_8)));`,
      },
      php: `rtrim(strtr(base64_encode(hash_hmac('${algorithm}', $stringToSign, $key, true)), '+/', '-_'), '=')`,
      go: {
        line: `mac := hmac.New(${go[algorithm].make}, key); mac.Write([]byte(stringToSign)); signature := base64.RawURLEncoding.EncodeToString(mac.Sum(nil))`,
      },
      ruby: `Base64.urlsafe_encode64(OpenSSL::HMAC.digest('${plain}', key, string_to_sign), padding: false)`,
      bash: `$(printf %s "$string_to_sign" | openssl dgst -${algorithm} -mac HMAC -macopt "hexkey:$key" -binary | openssl base64 -A | tr '+/' '-_' | tr -d '=')`,
      powershell: `[Convert]::ToBase64String([Security.Cryptography.HMAC${plain}]::new($key).ComputeHash([Text.Encoding]::UTF8.GetBytes($stringToSign))).TrimEnd('=').Replace('+', '-').Replace('/', '_')`,
      postman: `CryptoJS.Hmac${plain}(stringToSign, key).toString(CryptoJS.enc.Base64).replace(/\\+/g, '-').replace(/\\//g, '_').replace(/=+$/, '')`,
    },
    'base64url without padding',
  );
}
