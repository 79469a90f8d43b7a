import type { Scheme } from '../../scheme.ts';
import type { Fixes } from '../diagnosis.ts';
import { assigned } from './statement.ts';

/** Code that derives the key from the secret. Each step is the HMAC of the next word under the key of the step before. */
export function derivedKeyFixes({ key: { derived } }: Scheme): Fixes {
  const { prefix = '', end = '' } = derived ?? {};
  const words = (quote: string): string => [`day`, 'region', 'service', quote + end + quote].join(', ');
  return assigned('key', 'bytes', {
    javascript: `[${words("'")}].reduce((key, step) => createHmac('sha256', key).update(step).digest(), '${prefix}' + secret)`,
    python: `functools.reduce(lambda key, step: hmac.new(key, step.encode(), hashlib.sha256).digest(), [${words("'")}], ('${prefix}' + secret).encode())`,
    csharp: `new[] { ${words('"')} }.Aggregate(Encoding.UTF8.GetBytes("${prefix}" + secret), (key, step) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(step)))`,
    java: {
      line: `byte[] key = ("${prefix}" + secret).getBytes(StandardCharsets.UTF_8); for (String step : new String[] {${words('"')}}) { Mac mac = Mac.getInstance("HmacSHA256"); mac.init(new SecretKeySpec(key, "HmacSHA256")); key = mac.doFinal(step.getBytes(StandardCharsets.UTF_8)); }`,
    },
    php: `array_reduce([$day, $region, $service, '${end}'], fn($key, $step) => hash_hmac('sha256', $step, $key, true), '${prefix}' . $secret)`,
    go: {
      line: `key := []byte("${prefix}" + secret); for _, step := range []string{${words('"')}} { mac := hmac.New(sha256.New, key); mac.Write([]byte(step)); key = mac.Sum(nil) }`,
    },
    ruby: `[${words("'")}].reduce('${prefix}' + secret) { |key, step| OpenSSL::HMAC.digest('SHA256', key, step) }`,
    bash: {
      line: `key=$(printf %s "${prefix}$secret" | od -An -v -tx1 | tr -d ' \\n'); for step in "$day" "$region" "$service" ${end}; do key=$(printf %s "$step" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$key" -binary | od -An -v -tx1 | tr -d ' \\n'); done`,
    },
    powershell: {
      line: `$key = [Text.Encoding]::UTF8.GetBytes('${prefix}' + $secret); foreach ($step in $day, $region, $service, '${end}') { $key = [Security.Cryptography.HMACSHA256]::new($key).ComputeHash([Text.Encoding]::UTF8.GetBytes($step)) }`,
    },
    postman: `[${words("'")}].reduce((key, step) => CryptoJS.HmacSHA256(step, key), '${prefix}' + secret)`,
  });
}
