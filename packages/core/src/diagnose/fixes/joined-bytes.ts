import type { Scheme } from '../../scheme.ts';
import { fixLanguages, type FixLanguage } from '../diagnosis.ts';
import { concatenation, merged, pieceOf, type Piece } from './concatenation.ts';

/** The bytes that HMAC takes, or the pieces that it takes one after the other; in bash a command that writes them. */
export type SignedBytes = Readonly<Record<FixLanguage, string | readonly string[]>>;

/** Something that is signed as bytes: text, the body, or the digest of the body. */
export type BytePiece = { readonly text: readonly Piece[] } | 'body' | 'body-digest';

/**
 * One expression for the bytes of pieces, one behind the other; in bash a command that writes them, and where a language has
 * nothing that joins bytes, one for each piece.
 *
 * @param body what holds the body
 */
export function joinedBytes(
  language: FixLanguage,
  pieces: readonly BytePiece[],
  body: { readonly bytes: string; readonly digest: string },
): string | readonly string[] {
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
    case 'go':
      return each;
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
  go: 'func() []byte { sum := sha256.Sum256(body); return sum[:] }()',
  ruby: "OpenSSL::Digest.digest('SHA256', body)",
  bash: 'printf %s "$body" | openssl dgst -sha256 -binary',
  powershell: '[Security.Cryptography.SHA256]::Create().ComputeHash($body)',
  postman: "CryptoJS.SHA256(pm.variables.replaceIn(pm.request.body?.raw ?? ''))",
};

/** Neighboring texts made one piece each, so that what is signed as bytes stands between them. */
export function runs(pieces: readonly (Piece | 'body' | 'body-digest')[]): BytePiece[] {
  const result: BytePiece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (typeof piece === 'string') result.push(piece);
    else if (typeof last === 'object') result[result.length - 1] = { text: merged([...last.text, piece]) };
    else if (!('text' in piece) || piece.text !== '') result.push({ text: [piece] });
  }
  return result.filter((piece) => typeof piece === 'string' || piece.text.length > 0);
}

/** What is signed by a scheme that signs a digest as it is: no text. In each language the bytes, of the scheme's own variables. */
export function signedBytes({ parts }: Pick<Scheme, 'parts'>): SignedBytes | undefined {
  if (!parts.some(({ source }) => source.from === 'body-digest')) return undefined;
  const pieces = runs(
    parts.flatMap((part): (Piece | 'body-digest')[] => [
      { text: part.before ?? '' },
      part.source.from === 'body-digest' ? 'body-digest' : pieceOf(part),
      { text: part.after },
    ]),
  );
  const written = fixLanguages.map((language) => [
    language,
    joinedBytes(language, pieces, { bytes: '', digest: bodyDigest[language] }),
  ]);
  return Object.fromEntries(written) as SignedBytes;
}
