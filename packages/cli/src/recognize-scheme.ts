import { matchesHost } from '@countersign/core/providers/host-match';
import { providerHints } from '@countersign/core/providers/provider-hints';
import { readClaims } from '@countersign/core/claims';
import { headerValue, type Message } from '@countersign/core/message';
import type { Scheme } from '@countersign/core/scheme';

/** A scheme that was not named but recognized, and by what. */
export interface Recognition {
  readonly scheme: Scheme;
  /** For people: `its Authorization header`. */
  readonly by: string;
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
    first(schemes, 'the form of its Authorization header', (scheme) => hasExactAuthorization(scheme, message)) ??
    best(schemes, 'its headers', (scheme) => headerLikeness(scheme, message)) ??
    ofUrl
  );
}

function first(schemes: readonly Scheme[], by: string, fits: (scheme: Scheme) => boolean): Recognition | undefined {
  const scheme = schemes.find(fits);
  return scheme && { scheme, by };
}

/** The first of those that score highest; none when nothing scores. */
function best(schemes: readonly Scheme[], by: string, score: (scheme: Scheme) => number): Recognition | undefined {
  let found: Scheme | undefined;
  let highest = 0;
  for (const scheme of schemes) {
    const points = score(scheme);
    if (points > highest) [found, highest] = [scheme, points];
  }
  return found && { scheme: found, by };
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
  // A scheme's date or signed headers may be wrong in a request that is nevertheless its own.
  return read.ok || !read.code.startsWith('authorization/') || read.code === 'authorization/signed-headers';
}

function hasAuthorizationWord({ authorization: { header, template } }: Scheme, message: Message): boolean {
  const value = headerValue(message.headers, header)?.trim().toLowerCase() ?? '';
  const word = /^[^\s{]+/.exec(template)?.[0].toLowerCase() ?? '';
  return word !== '' && value.startsWith(word);
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
