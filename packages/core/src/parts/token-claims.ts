import { hashText } from '#digest';
import { encodeBase64Url, encodeHex, utf8 } from '../canonical/byte-encoding.ts';
import { ownMember } from '../canonical/strict-json.ts';
import { digestEncodings, digestNames } from '../digest/algorithms.ts';
import type { DigestRule } from '../content-digest.ts';
import type { Refusal } from '../errors.ts';
import type { Message } from '../message.ts';
import { writers, type FieldsScheme, type FieldValues } from '../places/writers.ts';
import { checkClaimText, claimText, readToken, type Token } from '../places/token.ts';
import { isObject, optionalTexts, optionalWords } from '../rule-members.ts';
import { provideReader } from './readers.ts';
import { sourceFrom } from './source-from.ts';
import type { SourceRow } from './source.ts';
import { algorithmsInTokens } from './token-header.ts';
import { readUrl, url } from './url.ts';

/**
 * The claims of a JSON Web Token as they stand in the template's `{claims}`, in base64url, and what they must say. Of the body
 * they say something by the scheme's `contentHash.claim`, of the time by its `date.claim`, of the key by its
 * `authorization.keyHeader.claim`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc7519
 */
export interface TokenClaimsSource {
  readonly from: 'token-claims';
  /** What `iss` must be. */
  readonly issuer?: string;
  /** What `aud` must be, or have among others. */
  readonly audience?: string;
  /** The claim that is another one in each token: `jti`. */
  readonly nonce?: string;
  /** Further claims that must be there, as text. */
  readonly required?: readonly string[];
  /** The claim that holds a hash of the public URL as the sender called it. */
  readonly urlHash?: UrlHashRule;
}

/** How a token is bound to a URL. */
export interface UrlHashRule extends DigestRule {
  readonly claim: string;
}

const wholeUrl = { from: 'url', form: 'as-sent' } as const;

provideReader<TokenClaimsSource>('token-claims', (_, _message, { fields }) => fields?.['claims'] ?? '');

const { fields: otherFields } = writers;

writers.fields = (scheme) => {
  const source = sourceFrom<TokenClaimsSource>(scheme.parts, 'token-claims');
  if (!source) return otherFields(scheme);
  const { tokenHeader } = scheme.authorization.keyHeader ?? {};
  return (message, mac, values) => {
    if (!mac) return values;
    const fields = {
      header: written({
        alg: algorithmsInTokens[mac.algorithm],
        typ: 'JWT',
        ...(tokenHeader !== undefined && { [tokenHeader]: values.keyId }),
      }),
      claims: values.fields?.['claims'] ?? written(claimsOf(source, scheme, message, values)),
      ...values.fields,
    };
    return { ...values, fields };
  };
};

function claimsOf(
  { issuer, audience, nonce, urlHash }: TokenClaimsSource,
  { date, contentHash, authorization }: FieldsScheme,
  message: Message,
  values: FieldValues,
): Record<string, unknown> {
  const claims: Record<string, unknown> = {};
  const { claim: keyClaim } = authorization.keyHeader ?? {};
  if (keyClaim !== undefined) claims[keyClaim] = values.keyId;
  if (issuer !== undefined) claims['iss'] = issuer;
  if (audience !== undefined) claims['aud'] = audience;
  if (date?.expires) claims['nbf'] = Math.max(0, +values.date - date.toleranceSeconds);
  if (date?.claim !== undefined) claims[date.claim] = +values.date;
  if (nonce !== undefined) claims[nonce] = encodeHex(crypto.getRandomValues(new Uint8Array(16)));
  if (urlHash) claims[urlHash.claim] = urlHashText(urlHash, message);
  if (contentHash?.claim !== undefined && values.contentHash !== '') claims[contentHash.claim] = values.contentHash;
  return { ...claims, ...values.fields };
}

function written(value: object): string {
  return encodeBase64Url(utf8.encode(JSON.stringify(value)));
}

/** The hash that the claim must hold. */
export function urlHashText({ algorithm, encoding }: DigestRule, message: Message): string {
  return hashText(algorithm, readUrl(wholeUrl, message), encoding);
}

/** All that is to be known of it. */
export const tokenClaims: SourceRow<TokenClaimsSource> = {
  members: {
    issuer: optionalWords,
    audience: optionalWords,
    nonce: optionalWords,
    required: optionalTexts,
    urlHash: { wanted: 'an object with claim, algorithm and encoding', fits: isUrlHash, optional: true },
  },
  holds: () => /[\w-]/,
  words: () => 'the token’s claims',
  signs: ({ urlHash }, { contentHash }) => [
    'token',
    ...(urlHash ? (['target', 'path', 'URL'] as const) : []),
    ...(contentHash?.claim === undefined ? [] : (['content-hash', 'body'] as const)),
  ],
  signsRule: (_, rules, rule) => rule !== 'components' && rules[rule]?.claim !== undefined,
  fieldsOf: () => ['claims'],
  // Where the verifier knows the URL, the Host header says nothing.
  headersOf: ({ urlHash }, { origin }) => (urlHash && origin === undefined ? ['host'] : []),
  check(source, message, values) {
    const token = readToken(values.fields ?? {});
    return 'code' in token ? token : (checkClaims(source, token) ?? checkUrlHash(source, message, token));
  },
  fits({ issuer, audience, urlHash }, fields, { contentHash }) {
    const token = readToken(fields);
    if ('code' in token) return false;
    const has = (name: string | undefined): boolean => name !== undefined && Object.hasOwn(token.claims, name);
    if (issuer !== undefined) return token.claims['iss'] === issuer;
    return audience === undefined ? has(contentHash?.claim) || has(urlHash?.claim) : has('aud');
  },
  isNonce: ({ nonce }) => nonce !== undefined,
  nonceOf: ({ nonce }, { fields }) => claimText(fields, nonce ?? ''),
};

function checkClaims({ issuer, audience, nonce, required = [] }: TokenClaimsSource, token: Token): Refusal | undefined {
  for (const name of [...(nonce === undefined ? [] : [nonce]), ...required]) {
    const problem = checkClaimText(token, name);
    if (problem) return problem;
  }
  const { claims } = token;
  const said = ownMember(claims, 'iss');
  if (issuer !== undefined && said !== issuer) return wrongClaim('iss', said, issuer);
  const meant = ownMember(claims, 'aud');
  if (audience === undefined || (Array.isArray(meant) ? meant : [meant]).includes(audience)) return undefined;
  return wrongClaim('aud', meant, audience);
}

function wrongClaim(name: string, said: unknown, wanted: string): Refusal {
  const says = said === undefined ? `has no claim "${name}"` : `says ${name} ${JSON.stringify(said).slice(0, 80)}`;
  return { code: 'token/claim', summary: `the token ${says}; expected ${JSON.stringify(wanted)}` };
}

function checkUrlHash({ urlHash }: TokenClaimsSource, message: Message, { claims }: Token): Refusal | undefined {
  if (!urlHash) return undefined;
  const hostless = url.check?.(wholeUrl, message, noValues);
  if (hostless) return hostless;
  const sent = ownMember(claims, urlHash.claim);
  if (sent === undefined)
    return { code: 'url-hash/missing', summary: `the token has no claim "${urlHash.claim}", so it is for any URL` };
  if (sent === urlHashText(urlHash, message)) return undefined;
  const summary = `the claim "${urlHash.claim}" is of another URL than ${readUrl(wholeUrl, message).slice(0, 200)}`;
  return { code: 'url-hash/mismatch', summary };
}

const noValues = { date: '', contentHash: '' };

function isUrlHash(value: unknown): boolean {
  const { claim, algorithm, encoding, ...others } = (isObject(value) ? value : {}) as Partial<UrlHashRule>;
  return (
    Object.keys(others).length === 0 &&
    typeof claim === 'string' &&
    claim.trim() !== '' &&
    digestNames.some((name) => name === algorithm) &&
    digestEncodings.some((name) => name === encoding)
  );
}
