import { decodeBase64, decodeBase64Url, textOfUtf8 } from '../../canonical/byte-encoding.ts';
import { longestTokenPart, readsStrictly, receivedToken } from '../reading/received-token.ts';
import { grouped } from '../text/grouped.ts';
import { tokenFixes } from '../fixes/token.ts';
import type { Evidence } from '../reading/evidence.ts';
import { carriesToken } from '../reading/lenient-token.ts';
import type { Finding, MistakeClass } from '../search/mistake-class.ts';

interface Malformed {
  readonly kind:
    'too long' | 'padded' | 'standard alphabet' | 'no base64url' | 'no JSON' | 'member twice' | 'cut' | 'extension';
  readonly part: 'header' | 'claims' | 'signature';
  /** Of the part as it was sent. */
  readonly characters: number;
}

/** The token cannot be read by whoever reads strictly: it was cut, encoded otherwise, or says things twice. */
export const tokenMalformed: MistakeClass<Malformed> = {
  id: 'token/malformed',
  rank: 12,
  needs: 'token',
  finding: 'alone',
  lint: (evidence) => {
    const { authorization } = evidence;
    const fields = authorization?.fields.fields;
    if (!carriesToken(evidence.scheme) || !authorization || !fields) return undefined;
    const token = receivedToken(evidence);
    for (const part of ['header', 'claims'] as const) {
      const kind = token ? undefined : faultOf(fields[part] ?? '');
      if (kind) return finding(evidence, { kind, part }, fields[part] ?? '');
    }
    if (token && Object.hasOwn(token.header, 'crit'))
      return finding(evidence, { kind: 'extension', part: 'header' }, fields['header'] ?? '');
    const isUnsigned = token?.header['alg'] === 'none';
    return authorization.fields.signature === '' && !isUnsigned
      ? finding(evidence, { kind: 'cut', part: 'signature' }, '')
      : undefined;
  },
  say: (detail) => `The token is malformed: ${inWords(detail)}.`,
  fixes: tokenFixes,
};

function finding({ scheme }: Evidence, fault: Omit<Malformed, 'characters'>, yours: string): Finding<Malformed> {
  const detail = { ...fault, characters: yours.length };
  return { detail, part: 'token', yours, expected: scheme.authorization.template };
}

function faultOf(text: string): Malformed['kind'] | undefined {
  if (text.length > longestTokenPart) return 'too long';
  const bare = text.replace(/=+$/, '');
  const bytes = decodeBase64Url(text);
  if (!bytes) {
    if (bare !== text && (decodeBase64Url(bare) ?? decodeBase64(text))) return 'padded';
    return /[+/]/.test(text) && decodeBase64Url(bare.replaceAll('+', '-').replaceAll('/', '_'))
      ? 'standard alphabet'
      : 'no base64url';
  }
  const json = textOfUtf8(bytes);
  try {
    JSON.parse(json ?? '');
  } catch {
    return 'no JSON';
  }
  if (readsStrictly(text)) return undefined;
  return json?.trimStart().startsWith('{') ? 'member twice' : 'no JSON';
}

function inWords({ kind, part, characters }: Malformed): string {
  switch (kind) {
    case 'too long':
      return `its ${part} ${part === 'claims' ? 'have' : 'has'} ${grouped(characters)} characters, and more than ${grouped(longestTokenPart)} are refused unread`;
    case 'cut':
      return 'nothing stands where its signature belongs, behind the second dot';
    case 'padded':
      return `its ${part} ${part === 'claims' ? 'are' : 'is'} padded with "=", and tokens are base64url without padding`;
    case 'standard alphabet':
      return `its ${part} ${part === 'claims' ? 'have' : 'has'} "+" or "/", and tokens are base64url, with "-" and "_"`;
    case 'no base64url':
      return `its ${part} ${part === 'claims' ? 'are' : 'is'} no base64url: characters were lost or changed`;
    case 'no JSON':
      return `its ${part} ${part === 'claims' ? 'are' : 'is'} no JSON object`;
    case 'member twice':
      return `its ${part} ${part === 'claims' ? 'name' : 'names'} a member twice, of which one verifier reads the first and another the last`;
    case 'extension':
      return 'its header has extensions that must be understood ("crit"), and the scheme has none';
  }
}
