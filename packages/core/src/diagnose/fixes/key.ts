import type { KeyEncoding } from '../../scheme.ts';
import type { Fixes } from '../diagnosis.ts';
import { assigned } from './statement.ts';

/** openssl takes a key as `hexkey:`, which may hold any byte. */
const inHex = "od -An -v -tx1 | tr -d ' \\n'";

/** Code that makes the key's bytes from the secret's text as the scheme reads it. */
export const keyFixes: Readonly<Record<KeyEncoding, Fixes>> = {
  base64: assigned(
    'key',
    'bytes',
    {
      javascript: "Buffer.from(secret, 'base64')",
      python: 'base64.b64decode(secret)',
      csharp: 'Convert.FromBase64String(secret)',
      java: 'Base64.getDecoder().decode(secret)',
      php: 'base64_decode($secret, true)',
      go: { line: 'key, _ := base64.StdEncoding.DecodeString(secret)' },
      ruby: 'Base64.strict_decode64(secret)',
      bash: `$(printf %s "$secret" | openssl base64 -d -A | ${inHex})`,
      powershell: '[Convert]::FromBase64String($secret)',
      postman: "CryptoJS.enc.Base64.parse(pm.variables.get('key'))",
    },
    {
      javascript: 'the bytes, not the text',
      python: 'the bytes, not secret.encode()',
      csharp: 'not Encoding.UTF8.GetBytes(secret)',
      java: 'not secret.getBytes()',
      go: 'not []byte(secret)',
      bash: 'in hex, for hexkey:',
      powershell: 'not [Text.Encoding]::UTF8.GetBytes($secret)',
    },
  ),
  whsec: assigned(
    'key',
    'bytes',
    {
      javascript: "Buffer.from(secret.replace(/^whsec_/, ''), 'base64')",
      python: "base64.b64decode(secret.removeprefix('whsec_'))",
      csharp: 'Convert.FromBase64String(secret.Replace("whsec_", ""))',
      java: 'Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""))',
      php: "base64_decode(preg_replace('/^whsec_/', '', $secret), true)",
      go: { line: 'key, _ := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))' },
      ruby: "Base64.strict_decode64(secret.delete_prefix('whsec_'))",
      bash: `$(printf %s "${'${secret#whsec_}'}" | openssl base64 -d -A | ${inHex})`,
      powershell: "[Convert]::FromBase64String(($secret -replace '^whsec_', ''))",
      postman: "CryptoJS.enc.Base64.parse(pm.variables.get('key').replace(/^whsec_/, ''))",
    },
    'the bytes behind whsec_',
  ),
  hex: assigned(
    'key',
    'bytes',
    {
      javascript: "Buffer.from(secret, 'hex')",
      python: 'bytes.fromhex(secret)',
      csharp: 'Convert.FromHexString(secret)',
      java: 'HexFormat.of().parseHex(secret)',
      php: 'hex2bin($secret)',
      go: { line: 'key, _ := hex.DecodeString(secret)' },
      ruby: "[secret].pack('H*')",
      bash: '$secret',
      powershell: '[Convert]::FromHexString($secret)',
      postman: "CryptoJS.enc.Hex.parse(pm.variables.get('key'))",
    },
    {
      javascript: 'the bytes, not the text',
      python: 'the bytes, not secret.encode()',
      csharp: 'not Encoding.UTF8.GetBytes(secret)',
      java: 'not secret.getBytes()',
      go: 'not []byte(secret)',
      bash: 'in hex, for hexkey:',
      powershell: 'PowerShell 7',
    },
  ),
  utf8: assigned(
    'key',
    'bytes',
    {
      javascript: "Buffer.from(secret, 'utf8')",
      python: 'secret.encode()',
      csharp: 'Encoding.UTF8.GetBytes(secret)',
      java: 'secret.getBytes(StandardCharsets.UTF_8)',
      php: '$secret',
      go: '[]byte(secret)',
      ruby: 'secret',
      bash: `$(printf %s "$secret" | ${inHex})`,
      powershell: '[Text.Encoding]::UTF8.GetBytes($secret)',
      postman: "CryptoJS.enc.Utf8.parse(pm.variables.get('key'))",
    },
    {
      javascript: 'the text as it stands, not decoded',
      python: 'the text as it stands, not base64.b64decode(secret)',
      csharp: 'not Convert.FromBase64String(secret)',
      java: 'not decoded',
      php: 'the text as it stands, not decoded',
      go: 'the text as it stands, not decoded',
      ruby: 'the text as it stands, not decoded',
      bash: 'the text as it stands, in hex for hexkey:',
      powershell: 'not [Convert]::FromBase64String($secret)',
    },
  ),
};
