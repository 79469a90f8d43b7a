import { headerValue, headerValues, type Message } from '@countersign/core/message';
import type { OwnNames } from './own-names.ts';

/** Why a request is refused before anybody looks at it. */
export interface StrangerRefusal {
  /** For programs: `host/refused`, `origin/refused`. */
  readonly code: string;
  readonly summary: string;
}

const readsOnly: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
const absoluteTarget = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i;
const shownLength = 100;

/**
 * Finds out whether a request is one that a web page from elsewhere has a browser send: it is addressed to a name that
 * is not the server's, or it changes something and comes from a page of another origin.
 *
 * A request can name the server more than once (two `Host` headers, or an absolute target, which goes before `Host`);
 * each of these names must be the server's own. Browsers always name it, so a request that does not is let through: its
 * signature will miss the header.
 *
 * @param target the request target as sent
 */
export function strangerRefusal(message: Message, target: string, names: OwnNames): StrangerRefusal | undefined {
  for (const authority of authorities(message, target)) {
    if (!names.has(authority)) return hostRefusal(authority);
  }
  const origin = readsOnly.has(message.method) ? undefined : otherOrigin(message);
  if (origin === undefined) return undefined;
  const summary = `${origin} may not change anything here; this server takes that from its own pages and from programs`;
  return { code: 'origin/refused', summary };
}

/**
 * The pages of another origin that a browser sends a request for, in words; `undefined` when there is none. Where
 * browsers tell how page and server are related, that counts: a proxy in front of both may rewrite `Host`.
 */
function otherOrigin({ headers }: Message): string | undefined {
  const origin = headerValue(headers, 'origin');
  const site = headerValue(headers, 'sec-fetch-site');
  const host = headerValue(headers, 'host') ?? '';
  const isOwn =
    site === undefined ? origin === undefined || isOriginOf(host, origin) : site === 'same-origin' || site === 'none';
  if (isOwn) return undefined;
  return `pages of ${origin === undefined ? 'another origin' : shown(origin)}`;
}

/** Whether an `Origin` is that of pages which a host serves itself. */
export function isOriginOf(host: string, origin: string): boolean {
  return origin === `http://${host}` || origin === `https://${host}`;
}

/** Everything in a request that says whom it is for. */
function authorities({ headers }: Message, target: string): readonly string[] {
  const hosts = headerValues(headers, 'host');
  if (target.startsWith('/')) return hosts;
  const named = absoluteTarget.exec(target)?.[1] ?? '';
  const inTarget = named.slice(named.lastIndexOf('@') + 1);
  return inTarget === '' ? hosts : [inTarget, ...hosts];
}

function hostRefusal(authority: string): StrangerRefusal {
  const name = shown(authority);
  const summary =
    `"${name}" is not a name of this server, and a web page may be behind it; use localhost, or allow the name: ` +
    `"publicHosts" in countersign.config.json, or serve --public-host NAME`;
  return { code: 'host/refused', summary };
}

function shown(text: string): string {
  return text.length <= shownLength ? text : `${text.slice(0, shownLength)}…`;
}
