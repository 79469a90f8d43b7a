/** The header that tells the application what was verified. Only the guard writes it. */
export const verifiedHeader = 'countersign-verified';

/** Headers of one connection: each side has its own. */
const ofConnection = new Set(['connection', 'keep-alive', 'proxy-connection']);
/** Of all other names not even the case is looked at. */
const lengthsOfConnection = new Set([...ofConnection].map(({ length }) => length));

/**
 * The lines of a request as they go on: unchanged, in order, without those of the connection and without any that an
 * application could take for the guard's own. CGI and WSGI make one name of `-`, `_` and, some, of every other sign.
 *
 * @param rawHeaders names and values in turn
 */
export function headersToUpstream(rawHeaders: readonly string[], keepsConnection = false): string[] {
  const kept: string[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (looksLikeOwn(name) || (!keepsConnection && isOfConnection(name))) continue;
    kept.push(name, rawHeaders[at + 1] ?? '');
  }
  return kept;
}

/** The lines of an answer as they go on. */
export function headersToClient(rawHeaders: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (!isOfConnection(name)) kept.push(name, rawHeaders[at + 1] ?? '');
  }
  return kept;
}

/** Trailers as pairs, without those that an application could take for the guard's own header. */
export function trailerPairs(rawTrailers: readonly string[]): [name: string, value: string][] {
  const pairs: [string, string][] = [];
  for (let at = 0; at + 1 < rawTrailers.length; at += 2) {
    const name = rawTrailers[at] ?? '';
    if (!looksLikeOwn(name)) pairs.push([name, rawTrailers[at + 1] ?? '']);
  }
  return pairs;
}

function isOfConnection(name: string): boolean {
  return lengthsOfConnection.has(name.length) && ofConnection.has(name.toLowerCase());
}

function looksLikeOwn(name: string): boolean {
  return name.length === verifiedHeader.length && name.toLowerCase().replace(/[^a-z0-9]/g, '-') === verifiedHeader;
}

/** What the header says. */
export interface VerifiedClaims {
  /** The request's id in the guard's log, a UUID. */
  readonly id: string;
  readonly scheme: string;
  /** The id of the key that matched, else its name. */
  readonly key: string | undefined;
  readonly signedAt: Date | undefined;
  /** `unchecked` where the route has no replay store. */
  readonly replay: 'fresh' | 'repeated' | 'unchecked';
}

/**
 * The header's value, a dictionary of structured fields:
 * `id="…", scheme="acs-hmac", key="primary", signed=1716800887, replay="fresh"`. What there is not is left out.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9651#section-3.2
 */
export function verifiedValue({ id, scheme, key, signedAt, replay }: VerifiedClaims): string {
  const named = key === undefined ? '' : `key=${quoted(key)}, `;
  const signed = signedAt ? `signed=${Math.floor(signedAt.getTime() / 1000)}, ` : '';
  return `id="${id}", scheme=${quoted(scheme)}, ${named}${signed}replay="${replay}"`;
}

/** Such a string holds printable ASCII; what else there is of a key's id is written as in a URL. */
function quoted(text: string): string {
  if (/^[\w+/=:. -]*$/.test(text)) return `"${text}"`;
  const printable = text.replace(/[^\x20-\x7e]/gu, (character) => {
    return [...Buffer.from(character)].map((byte) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`).join('');
  });
  return `"${printable.replace(/["\\]/g, '\\$&')}"`;
}
