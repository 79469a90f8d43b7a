import type { AnyScheme } from '@countersign/core/public-key-scheme';

/**
 * Header names as programs know them that make one name of `-`, `_` and, some, of every other sign: CGI, WSGI, Rack.
 */
export function foldedName(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '-');
}

/** The headers that a scheme knows, by their folded names: that of the signature, of the date, and those that it signs. */
export function namesOfScheme(scheme: AnyScheme): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const gather = (value: unknown, isName: boolean): void => {
    if (typeof value === 'string') {
      if (isName) names.set(foldedName(value), value.toLowerCase());
    } else if (Array.isArray(value)) {
      for (const each of value as unknown[]) gather(each, isName);
    } else if (typeof value === 'object' && value !== null) {
      for (const [member, each] of Object.entries(value)) gather(each, /^(?:header|headers|.*Headers?)$/.test(member));
    }
  };
  gather(scheme, false);
  return names;
}

/** What no trailer may say, because it says how the message is read, where it goes or whose it is. */
const neverTrailers = new Set(
  (
    'transfer-encoding content-length host trailer te connection upgrade expect content-type content-encoding ' +
    'content-range authorization proxy-authorization cookie forwarded x-forwarded-for x-forwarded-host x-forwarded-proto'
  ).split(' '),
);

/**
 * Why an application could read another value of a header than the one that was verified: it is there once more under a name
 * that many programs take for the same, or behind the body, where some programs add it to the headers. `undefined` where it
 * cannot.
 *
 * @param rawHeaders names and values in turn
 * @param known the names of the scheme, by their folded ones
 * @param covered the names of what is signed in this request
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-6.5.1
 */
export function secondReading(
  rawHeaders: readonly string[],
  rawTrailers: readonly string[],
  known: ReadonlyMap<string, string>,
  covered: () => readonly string[],
): string | undefined {
  const signedAs = (folded: string): string | undefined =>
    known.get(folded) ?? covered().find((name) => foldedName(name) === folded);
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (!/[^A-Za-z0-9-]/.test(name)) continue;
    const signed = signedAs(foldedName(name));
    if (signed !== undefined && signed !== name.toLowerCase())
      return `many programs take the header ${JSON.stringify(name)} for ${signed}, which is verified`;
  }
  for (let at = 0; at < rawTrailers.length; at += 2) {
    const name = rawTrailers[at] ?? '';
    const folded = foldedName(name);
    const isHeader = rawHeaders.some((header, place) => place % 2 === 0 && foldedName(header) === folded);
    if (isHeader || neverTrailers.has(folded) || signedAs(folded) !== undefined)
      return `the trailer ${JSON.stringify(name)} could be taken for a header`;
  }
  return undefined;
}
