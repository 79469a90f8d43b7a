import { matchesHost } from '../providers/host-match.ts';
import { providerHints } from '../providers/provider-hints.ts';
import { fitsScheme, readClaims } from '../claims.ts';
import { headerValue, type Message } from '../message.ts';
import { presignedParameters } from '../canonical/presigned.ts';
import { isForm, parameterValues } from '../canonical/parameters.ts';
import type { Scheme } from '../scheme.ts';

/** A scheme that was not named but recognized, and by what. */
export interface Recognition {
  readonly scheme: Scheme;
  /** For people: `its Authorization header`. */
  readonly by: string;
  /** Further schemes that the request fits as well, by all that it shows. */
  readonly alsoFits: readonly Scheme[];
}

/** The scheme that a request to this host and target would be signed with, or `undefined`. */
export function schemeOfUrl(schemes: readonly Scheme[], host: string, target: string): Recognition | undefined {
  return (
    first(schemes, 'the host', (scheme) => isProviderHost(scheme, host)) ??
    best(schemes, 'the path', (scheme) => routeLikeness(scheme, target))
  );
}

/** The scheme that a request was signed with: by its Authorization header, then its other headers, its host, its path. */
export function schemeOfMessage(schemes: readonly Scheme[], message: Message): Recognition | undefined {
  const host = headerValue(message.headers, 'host') ?? '';
  const ofUrl = schemeOfUrl(schemes, host, message.target);
  // Where two schemes begin alike, a header in the form of the wrong one is the mistake of a request that goes here.
  if (ofUrl && hasAuthorizationWord(ofUrl.scheme, message)) return ofUrl;
  return (
    (presignedParameters(message) && first(schemes, 'its query', ({ key }) => key.derived !== undefined)) ??
    atHost(
      best(schemes, 'the form of its Authorization header', (scheme) => exactLikeness(scheme, message)),
      host,
    ) ??
    likeliest(best(schemes, 'its headers', (scheme) => headerLikeness(scheme, message))) ??
    ofUrl
  );
}

/** Of several that fit, those whose provider's host it goes to, where it goes to one. */
function atHost(found: Recognition | undefined, host: string): Recognition | undefined {
  const [scheme, ...alsoFits] = found
    ? [found.scheme, ...found.alsoFits].filter((one) => isProviderHost(one, host))
    : [];
  return found && scheme && found.alsoFits.length > 0 ? { scheme, by: `${found.by} and its host`, alsoFits } : found;
}

/** Headers that belong to a signature which is not there say too little of others. */
function likeliest(found: Recognition | undefined): Recognition | undefined {
  return found && { ...found, alsoFits: [] };
}

function first(schemes: readonly Scheme[], by: string, fits: (scheme: Scheme) => boolean): Recognition | undefined {
  const scheme = schemes.find(fits);
  return scheme && { scheme, by, alsoFits: [] };
}

/** The first of those that score highest; none when nothing scores. */
function best(schemes: readonly Scheme[], by: string, score: (scheme: Scheme) => number): Recognition | undefined {
  let found: Scheme[] = [];
  let highest = 0;
  for (const scheme of schemes) {
    const points = score(scheme);
    if (points > highest) [found, highest] = [[scheme], points];
    else if (points === highest && points > 0) found.push(scheme);
  }
  const [scheme, ...alsoFits] = found;
  return scheme && { scheme, by, alsoFits };
}

function isProviderHost(scheme: Scheme, host: string): boolean {
  return matchesHost(providerHints(scheme)?.hosts ?? [], host);
}

/** How many leading segments of the path some route has; a path that is a whole route counts one more. */
function routeLikeness(scheme: Scheme, target: string): number {
  const segments = (target.split('?', 1)[0] ?? '').split('/').slice(1);
  let highest = 0;
  for (const route of providerHints(scheme)?.routes ?? []) {
    const wanted = route.split('/').slice(1);
    let same = 0;
    while (same < wanted.length && segmentFits(wanted[same] ?? '', segments[same])) same++;
    const whole = same === wanted.length && same === segments.length;
    highest = Math.max(highest, whole ? same + 1 : same);
  }
  return highest;
}

function segmentFits(wanted: string, segment: string | undefined): boolean {
  if (segment === undefined) return false;
  if (!wanted.includes('{')) return wanted === segment;
  const literal = wanted.split(/\{\w+\}/).map((text) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  return new RegExp(`^${literal.join('.+')}$`).test(segment);
}

function hasExactAuthorization(scheme: Scheme, message: Message): boolean {
  const read = readClaims(scheme, message);
  // Tokens of everybody look alike: what one says decides whose it is.
  if (isOfOther(scheme, read)) return false;
  // A scheme's date or signed headers may be wrong in a request that is nevertheless its own.
  return read.ok || !read.code.startsWith('authorization/') || read.code === 'authorization/signed-headers';
}

/**
 * How well a request with a signature in the scheme's form fits the scheme otherwise: several providers use one header. None
 * where it has not that form; the most where all is there that the scheme signs, and the signature is as long as its own.
 */
function exactLikeness(scheme: Scheme, message: Message): number {
  if (!hasExactAuthorization(scheme, message)) return 0;
  const { authorization, contentHash, date, parts } = scheme;
  const has = (name: string): boolean => headerValue(message.headers, name) !== undefined;
  const hasParameter = (name: string): boolean =>
    new RegExp(`[?&]${name}=`).test(message.target) || parameterValues(message, 'form-or-query', name).length > 0;
  const isThere = [
    ...(authorization.keyHeader ? [true] : []),
    ...(contentHash?.header !== undefined ? [has(contentHash.header)] : []),
    ...(contentHash?.parameter !== undefined ? [hasParameter(contentHash.parameter)] : []),
    ...(date && date.headers.length > 0 ? [date.headers.some(has)] : []),
    ...(date?.parameter !== undefined ? [hasParameter(date.parameter)] : []),
    ...parts.flatMap(({ source }) =>
      source.from === 'header' && source.absent === 'refused' ? [has(source.header)] : [],
    ),
    ...(parts.some(({ source }) => source.from === 'form')
      ? [isForm(message.headers) || message.body.length === 0]
      : []),
    hasOwnLength(scheme, message),
  ];
  // What is missing speaks louder than what is there: a scheme that asks for less fits as well.
  return isThere.reduce((points, there) => points + (there ? 1 : -10), 1000);
}

/** Whether the signature is a digest of the scheme's length, in its encoding. */
function hasOwnLength(scheme: Scheme, message: Message): boolean {
  const read = readClaims(scheme, message);
  if (!read.ok) return true;
  const { signature } = read.claims;
  return [scheme.mac, ...Object.values(scheme.mac.choices ?? {})].some(({ algorithm, encoding }) => {
    const bytes = digestBytes[algorithm];
    return encoding === 'base64'
      ? signature.length === 4 * Math.ceil(bytes / 3)
      : signature.length === 2 * bytes && /^[\da-f]*$/i.test(signature);
  });
}

const digestBytes: Readonly<Record<Scheme['mac']['algorithm'], number>> = {
  md5: 16,
  'md5-suffix': 16,
  sha1: 20,
  sha256: 32,
  sha384: 48,
  sha512: 64,
};

/** Whether what stands beside the signature, in the header that all services use, is that of another scheme. */
function isOfOther(scheme: Scheme, read: ReturnType<typeof readClaims>): boolean {
  if (scheme.authorization.header !== 'authorization') return false;
  return read.ok ? !fitsScheme(scheme, read.claims) : /^(?:token|date)\//.test(read.code) && namesToken(scheme);
}

function namesToken({ parts }: Scheme): boolean {
  return parts.some(({ source }) => source.from === 'token-claims');
}

function hasAuthorizationWord({ authorization: { header, template } }: Scheme, message: Message): boolean {
  const value = headerValue(message.headers, header)?.trim().toLowerCase() ?? '';
  const word = /^[^\s{]+\s?/.exec(template)?.[0].toLowerCase() ?? '';
  // Any service's tokens come behind it.
  return word !== '' && word !== 'bearer ' && `${value} `.startsWith(word);
}

function headerLikeness(scheme: Scheme, message: Message): number {
  let points = hasAuthorizationWord(scheme, message) ? 2 : 0;
  const { contentHash, date } = scheme;
  if (contentHash?.header !== undefined && headerValue(message.headers, contentHash.header) !== undefined) points += 2;
  for (const name of date?.headers ?? []) {
    // Every scheme may come with a plain Date.
    if (name !== 'date' && headerValue(message.headers, name) !== undefined) points += 2;
  }
  return points;
}
