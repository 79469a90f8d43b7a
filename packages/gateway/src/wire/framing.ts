import type { IncomingMessage } from 'node:http';

/** What of a request is looked at: its head, as it was on the wire. */
export type RawHead = Pick<IncomingMessage, 'url' | 'httpVersion' | 'rawHeaders'>;

/**
 * Why a request could be read in two ways by the programs it passes, so that what is verified would not be what is acted
 * upon; `undefined` when there is one way. Node's parser refuses most of them before: two lengths, a length beside chunks,
 * folded lines, blanks in names.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-6.3
 */
export function framingProblem({ url = '', httpVersion, rawHeaders }: RawHead): string | undefined {
  if (httpVersion !== '1.1' && httpVersion !== '1.0') return `the version of HTTP is ${httpVersion}`;
  let host: string | undefined;
  let encoding: string | undefined;
  let length: string | undefined;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? '';
    if (!framingLengths.has(name.length)) continue;
    const value = rawHeaders[at + 1] ?? '';
    switch (name.toLowerCase()) {
      case 'host':
        if (host !== undefined) return 'there are two Host headers';
        host = value;
        break;
      case 'transfer-encoding':
        if (encoding !== undefined || value.toLowerCase() !== 'chunked')
          return 'Transfer-Encoding is something else than chunked';
        encoding = value;
        break;
      case 'content-length':
        if (length !== undefined || !/^\d+$/.test(value)) return 'Content-Length is no one number';
        length = value;
        break;
      case 'connection': {
        const named = wordsOf(value).find((word) => !ownConnectionWords.has(word));
        if (named !== undefined) return `Connection names the header ${JSON.stringify(named)}, which others would drop`;
      }
    }
  }
  if (host === undefined && httpVersion === '1.1') return 'there is no Host header';
  if (encoding !== undefined && length !== undefined) return 'Transfer-Encoding and Content-Length are both there';
  if (encoding !== undefined && httpVersion === '1.0') return 'HTTP/1.0 has no Transfer-Encoding';
  return targetProblem(url, host);
}

/** Of the names that are looked for; of all others not even the case is. */
const framingLengths = new Set(
  ['host', 'connection', 'content-length', 'transfer-encoding'].map(({ length }) => length),
);

/** What Connection may say; of other names the next proxy would drop the headers. */
const ownConnectionWords = new Set(['close', 'keep-alive', 'upgrade', 'te']);

/** An absolute target stands for its own host, and many programs look at the Host header all the same. */
function targetProblem(target: string, host: string | undefined): string | undefined {
  if (target.includes('#')) return 'the target has a fragment';
  if (target.startsWith('/') || target === '*') return undefined;
  const authority = /^https?:\/\/([^/?@]+)(?=[/?]|$)/i.exec(target)?.[1];
  if (authority === undefined) return 'the target is neither a path nor a URL';
  return authority.toLowerCase() === host?.toLowerCase() ? undefined : 'the target names another host than Host does';
}

/** The first value of a header, in any case of its name. For one header Node's `headers` are dear: they are made of all. */
export function firstValueOf(rawHeaders: readonly string[], name: string): string | undefined {
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const candidate = rawHeaders[at] ?? '';
    if (candidate.length === name.length && candidate.toLowerCase() === name) return rawHeaders[at + 1];
  }
  return undefined;
}

/** The values of a header, in any case of its name. */
export function valuesOf(rawHeaders: readonly string[], name: string): string[] {
  const values: string[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const candidate = rawHeaders[at] ?? '';
    if (candidate.length === name.length && candidate.toLowerCase() === name) values.push(rawHeaders[at + 1] ?? '');
  }
  return values;
}

function wordsOf(value: string): string[] {
  return value
    .split(',')
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '');
}
