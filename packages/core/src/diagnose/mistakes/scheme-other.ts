import { ownSignedHeaders } from '../reading/own-signed-headers.ts';
import { readClaims } from '../../claims.ts';
import type { Message } from '../../message.ts';
import type { Scheme } from '../../scheme.ts';
import { Secret } from '../../secret.ts';
import { spanText } from '../../span.ts';
import { verify } from '../../verify.ts';
import { authorizationFixes } from '../fixes/authorization.ts';
import type { Evidence } from '../reading/evidence.ts';
import { speaksForItsService } from '../reading/known-service.ts';
import { hostPatterns } from '../reading/provider-host.ts';
import { sentSecret } from '../reading/sent-secret.ts';
import type { Finding, MistakeClass, Step } from '../search/mistake-class.ts';
import { claimsOf, type TokenClaims } from '../text/token-claims.ts';
import { secretText } from '../text/secret-text.ts';
import { visible } from '../text/visible.ts';

type Other =
  | { readonly kind: 'basic' | 'signature'; readonly shape: string }
  | { readonly kind: 'bearer'; readonly shape: string; readonly claims: TokenClaims | undefined }
  /** `in the form of this one` where only the string that was signed is the other's. */
  | { readonly kind: 'verifies' | 'string of another'; readonly title: string; readonly id: string }
  | { readonly kind: 'look-alike'; readonly departures: readonly Step[] };

/** Signed by another scheme, or carrying what is no signature at all. */
export const schemeOther: MistakeClass<Other> = {
  id: 'scheme/other',
  rank: 490,
  needs: 'nothing',
  finding: 'unsigned',
  lint: (evidence) => {
    // A key that was sent is the first thing to know.
    if (evidence.authorization || sentSecret(evidence) !== undefined) return undefined;
    return elsewhere(evidence);
  },
  beforePairs: (evidence) => otherScheme(evidence) ?? otherString(evidence),
  instead: (evidence, steps) => otherOfProviders(evidence, steps) ?? lookAlike(evidence, steps),
  say: (detail, { evidence }) => sentence(detail, evidence),
  fixes: (evidence) => authorizationFixes(evidence.scheme, ownSignedHeaders(evidence)),
};

function sentence(detail: Other, evidence: Evidence): string {
  const { scheme, provider, options, host } = evidence;
  const { header, template } = scheme.authorization;
  switch (detail.kind) {
    case 'signature':
      return `The request is signed by another scheme: ${header} is ${detail.shape}, not "${template}".`;
    case 'basic':
      return `The request is not signed: ${header} is Basic authentication, a user name and a password, and this scheme takes "${template}".`;
    case 'bearer': {
      const words = provider?.alsoTakes?.bearer ?? `This scheme takes "${template}".`;
      return `The request is not signed: ${header} is ${detail.shape}${describe(detail.claims, options.now ?? new Date())}, and a token is no signature. ${words}`;
    }
    case 'verifies':
      return `The request is signed by another scheme: it verifies as ${detail.title} (${detail.id}), and was judged as ${scheme.title} (${scheme.id}).`;
    case 'string of another':
      return `The signature is right by another scheme, ${detail.title} (${detail.id}), and stands where and as ${scheme.title} (${scheme.id}) has it.`;
    case 'look-alike':
      return `The request is probably another service's, which uses the same header: neither its host "${host}" nor its path is one of the service of ${scheme.id}, and its signature is right by another rule. ${detail.departures.map((step) => departure(step, evidence)).join(' ')}`;
  }
}

function departure({ mistake, detail, part, yours, expected }: Step, evidence: Evidence): string {
  // A key is not shown, and no sentence of these needs it.
  const exact = part === 'key' ? { yours: '', expected: '' } : { yours, expected };
  return mistake.say(detail, { part, yours: visible(exact.yours), expected: visible(exact.expected), exact, evidence });
}

/** Who issued a token, for whom, and until when: none of it is secret. */
function describe(claims: TokenClaims | undefined, now: Date): string {
  if (!claims) return '';
  const age = claims.expiresAtMs === undefined ? 0 : (now.getTime() - claims.expiresAtMs) / 1000;
  const words = [
    claims.issuer !== undefined && `issued by ${claims.issuer}`,
    claims.audience !== undefined && `for ${claims.audience}`,
    age > 0 && `expired ${spanText(age)} ago`,
  ].filter((word) => word !== false);
  return words.length > 0 ? `, ${words.join(', ')}` : '';
}

/** The header begins with a word of something else, and no signature of this scheme stands in it. */
function elsewhere({ foreign, scheme }: Evidence): Finding<Other> | undefined {
  if (!foreign) return undefined;
  const { kind, shape, word, rest } = foreign;
  return {
    detail: kind === 'bearer' ? { kind, shape, claims: claimsOf(rest) } : { kind, shape },
    part: 'authorization',
    yours: `${word} …`,
    expected: scheme.authorization.template,
  };
}

/** One of the library's other schemes accepts the request. */
function otherScheme(evidence: Evidence): Finding<Other> | undefined {
  return verifiesAs(evidence, 'verifies', () => evidence.message);
}

/** One of them accepts it once its signature stands where and as that scheme has it. */
function otherString(evidence: Evidence): Finding<Other> | undefined {
  return verifiesAs(evidence, 'string of another', (other) => inFormOf(other, evidence));
}

function verifiesAs(
  { options, credential, scheme }: Evidence,
  kind: 'verifies' | 'string of another',
  messageFor: (other: Scheme) => Message | undefined,
): Finding<Other> | undefined {
  for (const other of options.otherSchemes ?? []) {
    const message = other.id === scheme.id ? undefined : messageFor(other);
    if (!message) continue;
    try {
      const secret = new Secret(secretText(credential.secret), other.key.encoding);
      const read = readClaims(other, message);
      const keyId = credential.keyId ?? (read.ok ? read.claims.keyId : undefined);
      const result = verify(other, { secret, ...(keyId !== undefined && { keyId }) }, message, {
        tolerate: 'all',
        toleranceSeconds: Number.MAX_SAFE_INTEGER,
      });
      if (result.ok)
        return {
          detail: { kind, title: other.title, id: other.id },
          part: 'authorization',
          yours: other.id,
          expected: scheme.id,
        };
    } catch {
      // The secret is none of that scheme's.
    }
  }
  return undefined;
}

/** The request with its signature in another scheme's header; `undefined` where that one needs more than the request has. */
function inFormOf(other: Scheme, { message, authorization, credential, date }: Evidence): Message | undefined {
  const { header, template, keyHeader } = other.authorization;
  if (!authorization || header === '' || keyHeader || other.signedHeaders || other.components) return undefined;
  const fields: Readonly<Record<string, string | undefined>> = {
    signature: authorization.fields.signature,
    keyId: authorization.fields.keyId ?? credential.keyId,
    date: date?.text,
  };
  let isWhole = true;
  const value = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    if (fields[name] === undefined) isWhole = false;
    return fields[name] ?? '';
  });
  if (!isWhole) return undefined;
  const others = message.headers.filter(([name]) => name.toLowerCase() !== header);
  return { ...message, headers: [...others, [header, value]] };
}

/**
 * Of a request that a provider sent: nobody slips there, so that it is right by another scheme is likelier than that it is
 * wrong by this one, or that its body is one of which this one signs nothing. A body that is not the one that was hashed is
 * lost by whichever scheme.
 */
function otherOfProviders(evidence: Evidence, steps: readonly Step[]): Finding<Other> | undefined {
  if (evidence.scheme.signer !== 'provider') return undefined;
  const isOfBody = steps.every(({ mistake }) => /^(?:body|content-hash)\//.test(mistake.id));
  if (isOfBody) return undefined;
  const found = otherScheme(evidence);
  const other = evidence.options.otherSchemes?.find(({ id }) => id === found?.yours);
  // What it was judged by is known to be right, and how the key is read is all that is another: that is the mistake.
  const isOfKey = steps.length > 0 && steps.every(({ mistake }) => mistake.id === 'key/encoding');
  return other && isOfKey && isSameButForKey(evidence.scheme, other) ? undefined : found;
}

/** Whether two schemes sign the same string in the same header, under another reading of the key. */
function isSameButForKey(one: Scheme, other: Scheme): boolean {
  const signs = ({ parts, authorization, mac, contentHash }: Scheme): string =>
    JSON.stringify([
      parts.map(({ source, before = '', after }) => [source.from, before, after]),
      authorization.template,
      mac.algorithm,
      mac.encoding,
      contentHash,
    ]);
  return one.key.encoding !== other.key.encoding && signs(one) === signs(other);
}

/**
 * Nothing but the header speaks for the scheme's service, and the key is read in another way than that one's, or all that
 * departs is what services settle differently.
 */
function lookAlike(evidence: Evidence, steps: readonly Step[]): Finding<Other> | undefined {
  const readsKeyOtherwise = steps.some(({ mistake, part }) => part === 'key' && mistake.variesByService);
  const variesOnly = steps.length > 0 && steps.every(({ mistake }) => mistake.variesByService);
  if ((!readsKeyOtherwise && !variesOnly) || speaksForItsService(evidence)) return undefined;
  const { host = '', provider } = evidence;
  return {
    detail: { kind: 'look-alike', departures: steps },
    part: 'authorization',
    yours: host,
    expected: provider ? hostPatterns(provider) : '',
    certainty: 'likely',
  };
}
