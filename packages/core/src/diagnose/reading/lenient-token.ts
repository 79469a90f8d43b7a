import type { AuthorizationFields } from '../../places/authorization.ts';
import type { Scheme } from '../../scheme.ts';

/** Whether what a scheme's header carries is a JSON Web Token. */
export function carriesToken({ parts }: Pick<Scheme, 'parts'>): boolean {
  return parts.some(({ source }) => source.from === 'token-claims');
}

/** Reads a token as it was meant, without the word before it; `undefined` where it is none. What its parts hold is judged apart. */
export function readTokenLeniently(text: string, slips: string[]): AuthorizationFields | undefined {
  let token = text.trim();
  const bare = token.replace(/^["'`]|["'`]$/g, '');
  if (bare !== token) slips.push('the token stands in quotes');
  token = bare.replace(/\s+/g, '');
  if (token !== bare) slips.push('white space stands in the token');
  const [header = '', claims, signature, ...more] = token.split('.');
  if (!header.startsWith('ey') || claims === undefined) return undefined;
  if (signature === undefined) slips.push('the token ends with its claims: the signature is cut off');
  if (more.length > 0) slips.push(`the token has ${more.length + 3} parts, where three belong`);
  return { signature: signature ?? '', fields: { header, claims } };
}
