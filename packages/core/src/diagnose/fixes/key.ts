import type { KeyEncoding } from '../../scheme.ts';
import type { Fixes } from '../diagnosis.ts';

/** Code that makes the key's bytes from the secret's text as the scheme reads it. */
export const keyFixes: Readonly<Record<KeyEncoding, Fixes>> = {
  base64: {
    javascript: "const key = Buffer.from(secret, 'base64'); // the bytes, not the text",
    python: 'key = base64.b64decode(secret)  # the bytes, not secret.encode()',
    csharp: 'var key = Convert.FromBase64String(secret); // not Encoding.UTF8.GetBytes(secret)',
    java: 'byte[] key = Base64.getDecoder().decode(secret); // not secret.getBytes()',
    php: '$key = base64_decode($secret, true);',
    postman: "const key = CryptoJS.enc.Base64.parse(pm.variables.get('key'));",
  },
  hex: {
    javascript: "const key = Buffer.from(secret, 'hex'); // the bytes, not the text",
    python: 'key = bytes.fromhex(secret)  # the bytes, not secret.encode()',
    csharp: 'var key = Convert.FromHexString(secret); // not Encoding.UTF8.GetBytes(secret)',
    java: 'byte[] key = HexFormat.of().parseHex(secret); // not secret.getBytes()',
    php: '$key = hex2bin($secret);',
    postman: "const key = CryptoJS.enc.Hex.parse(pm.variables.get('key'));",
  },
  utf8: {
    javascript: "const key = Buffer.from(secret, 'utf8'); // the text as it stands, not decoded",
    python: 'key = secret.encode()  # the text as it stands, not base64.b64decode(secret)',
    csharp: 'var key = Encoding.UTF8.GetBytes(secret); // not Convert.FromBase64String(secret)',
    java: 'byte[] key = secret.getBytes(StandardCharsets.UTF_8); // not decoded',
    php: '$key = $secret; // the text as it stands, not decoded',
    postman: "const key = CryptoJS.enc.Utf8.parse(pm.variables.get('key'));",
  },
};

/** Code that takes the key out of a connection string. */
export const keyOfConnectionString: Fixes = {
  javascript:
    'const secret = /accesskey=([^;]+)/i.exec(connectionString)[1]; // what follows "accesskey=", with its "=" at the end',
  python: "secret = re.search(r'accesskey=([^;]+)', connection_string, re.I)[1]  # with its '=' at the end",
  csharp: 'var secret = Regex.Match(connectionString, "accesskey=([^;]+)", RegexOptions.IgnoreCase).Groups[1].Value;',
  java: 'String secret = connectionString.replaceFirst("(?i)^.*accesskey=([^;]+).*$", "$1");',
  php: "preg_match('/accesskey=([^;]+)/i', $connectionString, $match); $secret = $match[1];",
  postman: "const secret = /accesskey=([^;]+)/i.exec(pm.environment.get('connectionString'))[1];",
};
