import type { AuthorizationFields } from '../../places/authorization.ts';
import type { Scheme } from '../../scheme.ts';
import { basicPair } from './basic-pair.ts';
import { printedDigest } from '../text/printed-digest.ts';
import { looksLikeDigest } from './received-signature.ts';

/** Reads templates without labels: `application {keyId}:{signature}`, or the signature alone. */
export function readPositional(
  { authorization: { template } }: Scheme,
  text: string,
  slips: string[],
): AuthorizationFields | undefined {
  if (!template.includes('{keyId}')) {
    const literal = /^[^{\s]*(?=\{signature\}$)/.exec(template)?.[0] ?? '';
    const hasLiteral = text.toLowerCase().startsWith(literal.toLowerCase());
    if (!hasLiteral) slips.push(`"${literal}" is missing before the signature`);
    return { signature: hasLiteral ? text.slice(literal.length) : text };
  }
  if (isKeyIdAlone(text)) return undefined;
  const packed = basicPair(text);
  if (packed && looksLikeDigest(packed.password)) {
    slips.push('key id and signature are base64-encoded together, as in Basic authentication');
    return { keyId: packed.user, signature: packed.password };
  }
  const named = readNamedId(text);
  if (named) return named;
  const pair = /^([^:\s,=;]+)(\s*[:,=;]\s*|\s+)(.+)$/s.exec(text);
  const [, keyId = '', separator = '', signature = ''] = pair ?? [];
  // Of two signatures that were joined, one is enough.
  const isSignature = printedDigest(signature) || [signature, ...signature.split(/[\s,;]+/)].some(looksLikeDigest);
  if (!isSignature) {
    if (!looksLikeDigest(text)) return undefined;
    slips.push('the key id is missing');
    return { signature: text };
  }
  if (separator.trim() === '') slips.push('key id and signature are separated by white space instead of ":"');
  else if (separator.trim() !== ':')
    slips.push(`key id and signature are separated by "${separator.trim()}" instead of ":"`);
  else if (separator !== ':') slips.push('white space stands beside the ":"');
  const bare = keyId.replace(/^["'`]|["'`]$/g, '');
  if (bare !== keyId) slips.push('the key id stands in quotes');
  return { keyId: bare, signature };
}

/** A key id with what kind of id it is before it (`urn:uuid:…:signature`): how it is spelled is another class's affair. */
export function readNamedId(text: string): AuthorizationFields | undefined {
  const pieces = text.split(':');
  const signature = pieces.at(-1) ?? '';
  if (pieces.length < 3 || !isKeyIdAlone(pieces.at(-2) ?? '') || !looksLikeDigest(signature)) return undefined;
  return isKeyIdAlone(pieces[0] ?? '') ? undefined : { keyId: pieces.slice(0, -1).join(':'), signature };
}

/** A GUID, or 32 hexadecimal digits, and no signature behind it: as an id is written, and no digest of this scheme. */
export function isKeyIdAlone(text: string): boolean {
  const bare = text.replace(/^[{("'<]|[})"'>]?:?$/g, '').trim();
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(bare) || /^[0-9a-f]{32}$/i.test(bare);
}
