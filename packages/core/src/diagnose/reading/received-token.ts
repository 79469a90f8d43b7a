import { ownMember } from '../../canonical/strict-json.ts';
import { parseDictionary } from '../../canonical/structured-fields.ts';
import { parametersField } from '../../parts/components.ts';
import type { UrlHashRule } from '../../parts/token-claims.ts';
import { originOf } from '../../parts/origin.ts';
import { readTokenDate, type Validity } from '../../places/token-date.ts';
import { readToken, type Token } from '../../places/token.ts';
import type { Evidence } from './evidence.ts';

export type { Validity } from '../../places/token-date.ts';
export { longestTokenPart, type Token } from '../../places/token.ts';

/** The token of a request, as far as it can be read strictly; `undefined` where the scheme has none, or it cannot be. */
export function receivedToken({ authorization }: Pick<Evidence, 'authorization'>): Token | undefined {
  const token = readToken(authorization?.fields.fields ?? {});
  return 'code' in token ? undefined : token;
}

/** Whether a part of a token reads strictly, whatever its other part does. */
export function readsStrictly(part: string): boolean {
  return !('code' in readToken({ header: part, claims: part }));
}

/** What a token, or a signature that declares its components, says of its own time; `undefined` where it says nothing. */
export function receivedValidity({
  scheme,
  authorization,
}: Pick<Evidence, 'scheme' | 'authorization'>): Validity | undefined {
  if (scheme.components) return declaredValidity(authorization?.fields.fields?.[parametersField] ?? '');
  const { claim } = scheme.date ?? {};
  if (claim === undefined) return undefined;
  const read = readTokenDate(claim, authorization?.fields.fields ?? {});
  return 'code' in read ? undefined : read.validity;
}

/** The parameter `expires` of a signature. */
function declaredValidity(parameters: string): Validity | undefined {
  const parsed = parseDictionary(`x=${parameters}`);
  const expires = 'value' in parsed ? parsed.value.get('x')?.parameters.get('expires')?.value : undefined;
  return typeof expires === 'number' ? { fromMs: undefined, untilMs: expires * 1000 } : undefined;
}

/** The hash of a URL in a token, and the URL of the request. */
export interface ReceivedUrlHash {
  readonly rule: UrlHashRule;
  readonly sent: string;
  readonly url: string;
}

/** What the token says of the URL; `undefined` where the scheme's tokens say nothing of it, or this one cannot be read. */
export function receivedUrlHash(evidence: Evidence): ReceivedUrlHash | undefined {
  const { scheme, message } = evidence;
  const source = scheme.parts.find((part) => part.source.from === 'token-claims')?.source;
  const rule = source?.from === 'token-claims' ? source.urlHash : undefined;
  const token = receivedToken(evidence);
  const sent = rule && token && ownMember(token.claims, rule.claim);
  return rule && typeof sent === 'string' ? { rule, sent, url: originOf(message) + message.target } : undefined;
}
