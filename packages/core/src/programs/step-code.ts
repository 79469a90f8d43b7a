import { concatenation, textIn, type Piece } from '../diagnose/fixes/concatenation.ts';
import type { Fixes, FixLanguage } from '../diagnose/diagnosis.ts';
import { assigned, nameIn, type Expressions } from '../diagnose/fixes/statement.ts';

/** The key's id from the environment; a Postman script has it in a variable of the collection. */
export const keyIdFixes: Fixes = assigned('keyId', 'text', {
  javascript: 'process.env.SIGNING_KEY_ID',
  python: "os.environ['SIGNING_KEY_ID']",
  csharp: 'Environment.GetEnvironmentVariable("SIGNING_KEY_ID")!',
  java: 'System.getenv("SIGNING_KEY_ID")',
  php: "getenv('SIGNING_KEY_ID')",
  go: 'os.Getenv("SIGNING_KEY_ID")',
  ruby: "ENV.fetch('SIGNING_KEY_ID')",
  bash: '"$SIGNING_KEY_ID"',
  powershell: '$env:SIGNING_KEY_ID',
  postman: { line: '' },
});

/** The URL up to its query. */
export const urlWithoutQuery: Expressions = {
  javascript: "url.split('?', 1)[0]",
  python: "url.split('?')[0]",
  csharp: "url.Split('?')[0]",
  java: 'url.split("\\\\?", 2)[0]',
  php: "explode('?', $url)[0]",
  go: 'strings.SplitN(rawURL, "?", 2)[0]',
  ruby: "url.split('?', 2).first",
  bash: '${url%%\\?*}',
  powershell: "$url.Split('?')[0]",
  postman: "url.split('?', 1)[0]",
};

/** The query of a URL that has one, from its text. */
export const queryOfText: Pick<Expressions, 'java' | 'go' | 'ruby'> = {
  java: 'url.split("\\\\?", 2)[1]',
  go: 'strings.SplitN(rawURL, "?", 2)[1]',
  ruby: "url.split('?', 2).last",
};

/** Where Postman has the host of the request, variables filled in. */
export const hostInPostman =
  "const hostStr = pm.variables.replaceIn(pm.request.url.toString()).replace(/^https?:\\/\\//i, '').split(/[/?#]/, 1)[0];";

/** The signature as a URL holds it. */
export const escapedSignature: Expressions = {
  javascript: 'encodeURIComponent(signature)',
  python: "quote(signature, safe='')",
  csharp: 'Uri.EscapeDataString(signature)',
  java: 'URLEncoder.encode(signature, StandardCharsets.UTF_8)',
  php: 'rawurlencode($signature)',
  go: 'neturl.QueryEscape(signature)',
  ruby: 'ERB::Util.url_encode(signature)',
  bash: '${signature//+/%2B}; escaped_signature=${escaped_signature//\\//%2F}; escaped_signature=${escaped_signature//=/%3D}',
  powershell: '[Uri]::EscapeDataString($signature)',
  postman: 'encodeURIComponent(signature)',
};

/** A statement that puts text behind the URL, or behind the body. */
export function appended(language: FixLanguage, to: 'url' | 'body', pieces: readonly Piece[]): string {
  const text = concatenation(pieces)[language];
  const name = nameIn(language, to);
  if (language === 'postman') {
    return to === 'body'
      ? `pm.request.body.update({ mode: 'raw', raw: pm.variables.replaceIn(pm.request.body.raw) + ${text} });`
      : `pm.request.url.update(pm.variables.replaceIn(pm.request.url.toString()) + ${text});`;
  }
  if (to === 'body') {
    if (language === 'python') return `${name} += ${text}.encode()`;
    if (language === 'csharp') return `${name} = [.. ${name}, .. Encoding.UTF8.GetBytes(${text})];`;
    if (language === 'java')
      return `${name} = (${textIn(language, 'body')} + ${text}).getBytes(StandardCharsets.UTF_8);`;
    if (language === 'go') return `${name} = append(${name}, []byte(${text})...)`;
    if (language === 'powershell') return `$body = [byte[]] ($body + [Text.Encoding]::UTF8.GetBytes(${text}))`;
  }
  const ends = language === 'javascript' || language === 'csharp' || language === 'java' || language === 'php';
  const operator = language === 'php' ? '.=' : '+=';
  return language === 'bash' ? `${name}+=${text}` : `${name} ${operator} ${text}${ends ? ';' : ''}`;
}

/** A variable that holds what a function makes of a query or a form. */
export function sortedTextOf(language: FixLanguage, variable: string, called: string, of: string): string {
  if (language === 'bash') {
    const name = nameIn(language, variable);
    // A command's last line breaks are lost, so something has to stand behind them.
    return `${name}=$(${called} "${of}"; printf .); ${name}=\${${name}%.}`;
  }
  const call =
    language === 'powershell'
      ? `${called} ${of.includes(' ') || of.includes('(') ? `(${of})` : of}`
      : `${called}(${of})`;
  const all = Object.fromEntries(
    ['javascript', 'python', 'csharp', 'java', 'php', 'go', 'ruby', 'powershell', 'postman'].map((one) => [one, call]),
  ) as Expressions;
  return assigned(variable, 'text', { ...all, bash: '' })[language];
}

/** Something that is signed as bytes: text, the body, or the digest of the body. */
export type BytePiece = { readonly text: readonly Piece[] } | 'body' | 'body-digest';

/**
 * One expression for the bytes of pieces, one behind the other; in bash a command that writes them.
 *
 * @param body what holds the body
 */
export function joinedBytes(
  language: FixLanguage,
  pieces: readonly BytePiece[],
  body: { readonly bytes: string; readonly digest: string },
): string {
  const each = pieces.map((piece) => {
    if (piece === 'body') return body.bytes;
    if (piece === 'body-digest') return body.digest;
    return bytesOfText(language, concatenation(piece.text)[language]);
  });
  const [only = '', ...more] = each;
  switch (language) {
    case 'javascript':
      return more.length === 0 ? only : `Buffer.concat([${each.join(', ')}])`;
    case 'postman':
      return more.length === 0 ? only : `${only}${more.map((one) => `.concat(${one})`).join('')}`;
    case 'csharp':
      return more.length === 0 ? only : `new[] { ${each.join(', ')} }.SelectMany(piece => piece).ToArray()`;
    case 'java':
      return more.length === 0 ? only : `joined(${each.join(', ')})`;
    case 'go':
      return more.length === 0 ? only : `bytes.Join([][]byte{${each.join(', ')}}, nil)`;
    case 'php':
      return each.join(' . ');
    case 'powershell':
      return more.length === 0 ? only : `[byte[]] (${each.join(' + ')})`;
    case 'bash':
      return more.length === 0 ? only : `{ ${each.join('; ')}; }`;
    default:
      return each.join(' + ');
  }
}

function bytesOfText(language: FixLanguage, text: string): string {
  switch (language) {
    case 'javascript':
      return `Buffer.from(${text})`;
    case 'python':
      return `${text}.encode()`;
    case 'csharp':
    case 'powershell':
      return language === 'csharp' ? `Encoding.UTF8.GetBytes(${text})` : `[Text.Encoding]::UTF8.GetBytes(${text})`;
    case 'java':
      return `(${text}).getBytes(StandardCharsets.UTF_8)`;
    case 'go':
      return `[]byte(${text})`;
    case 'ruby':
      return `${text}.b`;
    case 'bash':
      return `printf %s ${text}`;
    case 'postman':
      return `CryptoJS.enc.Utf8.parse(${text})`;
    default:
      return text;
  }
}

/** The body's SHA-256 as bytes. */
export const bodyDigest: Readonly<Record<FixLanguage, string>> = {
  javascript: "createHash('sha256').update(body).digest()",
  python: 'hashlib.sha256(body).digest()',
  csharp: 'SHA256.HashData(body)',
  java: 'MessageDigest.getInstance("SHA-256").digest(body)',
  php: "hash('sha256', $body, true)",
  go: 'sha256Of(body)',
  ruby: "OpenSSL::Digest.digest('SHA256', body)",
  bash: 'printf %s "$body" | openssl dgst -sha256 -binary',
  powershell: '[Security.Cryptography.SHA256]::Create().ComputeHash($body)',
  postman: "CryptoJS.SHA256(pm.variables.replaceIn(pm.request.body?.raw ?? ''))",
};

/** Functions that the joining of bytes calls, in languages that have none of their own. */
export function joiningFunctions(language: FixLanguage, pieces: readonly BytePiece[]): string[] {
  if (language === 'java' && pieces.length > 1) {
    return [
      `  static byte[] joined(byte[]... pieces) throws java.io.IOException {
    var joined = new java.io.ByteArrayOutputStream();
    for (byte[] piece : pieces) joined.write(piece);
    return joined.toByteArray();
  }`,
    ];
  }
  if (language === 'go' && pieces.includes('body-digest'))
    return ['func sha256Of(body []byte) []byte {\n\tsum := sha256.Sum256(body)\n\treturn sum[:]\n}'];
  return [];
}
