import { ownMember } from '../../canonical/strict-json.ts';
import type { TokenClaimsSource } from '../../parts/token-claims.ts';
import { receivedToken, type Token } from '../reading/received-token.ts';
import { tokenFixes } from '../fixes/token.ts';
import type { MistakeClass } from '../search/mistake-class.ts';
import { visible } from '../text/visible.ts';

interface Claim {
  readonly kind: 'issuer' | 'audience' | 'missing' | 'no text';
  readonly claim: string;
  readonly said: string;
  readonly wanted: string;
}

/** A claim that is missing, or says that the token is somebody else's: another issuer, another audience. */
export const tokenClaim: MistakeClass<Claim> = {
  id: 'token/claim',
  rank: 345,
  needs: 'token',
  lint: ({ scheme, authorization }) => {
    const source = scheme.parts.find((part) => part.source.from === 'token-claims')?.source;
    const token = receivedToken({ authorization });
    const detail = source?.from === 'token-claims' && token ? wrongClaim(source, token) : undefined;
    return detail && { detail, part: 'token', yours: detail.said, expected: detail.wanted };
  },
  say({ kind, claim, said, wanted }) {
    switch (kind) {
      case 'issuer':
        return `The token is issued by ${said} (claim iss), and this scheme's are by ${wanted}: it is another service's, or another product's of the same one.`;
      case 'audience':
        return `The token is for ${said} (claim aud), and not for ${wanted}.`;
      case 'missing':
        return `The token has no claim ${claim}${claim === 'jti' ? ', by which repeats are told' : ''}: it was not made by the scheme.`;
      case 'no text':
        return `The claim ${claim} of the token is no text.`;
    }
  },
  fixes: tokenFixes,
};

function wrongClaim(source: TokenClaimsSource, { claims }: Token): Claim | undefined {
  const { issuer, audience, nonce, required = [], urlHash } = source;
  const [iss, aud] = [ownMember(claims, 'iss'), ownMember(claims, 'aud')];
  if (issuer !== undefined && iss !== issuer)
    return iss === undefined
      ? missing('iss', issuer)
      : { kind: 'issuer', claim: 'iss', said: shown(iss), wanted: issuer };
  if (audience !== undefined && !(Array.isArray(aud) ? aud : [aud]).includes(audience))
    return aud === undefined
      ? missing('aud', audience)
      : { kind: 'audience', claim: 'aud', said: shown(aud), wanted: audience };
  for (const claim of [...(nonce === undefined ? [] : [nonce]), ...required, ...(urlHash ? [urlHash.claim] : [])]) {
    const value = ownMember(claims, claim);
    if (value === undefined || value === '') return missing(claim, '');
    if (typeof value !== 'string') return { kind: 'no text', claim, said: shown(value), wanted: '' };
  }
  return undefined;
}

function missing(claim: string, wanted: string): Claim {
  return { kind: 'missing', claim, said: '', wanted };
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return visible(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
