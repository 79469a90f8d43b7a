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
  const [host, secondHost] = valuesOf(rawHeaders, 'host');
  if (host === undefined && httpVersion === '1.1') return 'there is no Host header';
  if (secondHost !== undefined) return 'there are two Host headers';
  const encodings = valuesOf(rawHeaders, 'transfer-encoding');
  const lengths = valuesOf(rawHeaders, 'content-length');
  if (encodings.length > 0) {
    if (encodings.length > 1 || encodings[0]?.toLowerCase() !== 'chunked')
      return 'Transfer-Encoding is something else than chunked';
    if (lengths.length > 0) return 'Transfer-Encoding and Content-Length are both there';
    if (httpVersion === '1.0') return 'HTTP/1.0 has no Transfer-Encoding';
  }
  if (lengths.length > 1 || lengths.some((length) => !/^\d+$/.test(length))) return 'Content-Length is no one number';
  const named = connectionNames(rawHeaders).find((name) => !ownConnectionWords.has(name));
  if (named !== undefined) return `Connection names the header ${JSON.stringify(named)}, which others would drop`;
  return targetProblem(url, host);
}

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

/** The values of a header, in any case of its name. */
export function valuesOf(rawHeaders: readonly string[], name: string): string[] {
  const values: string[] = [];
  for (let at = 0; at + 1 < rawHeaders.length; at += 2) {
    const candidate = rawHeaders[at] ?? '';
    if (candidate.length === name.length && candidate.toLowerCase() === name) values.push(rawHeaders[at + 1] ?? '');
  }
  return values;
}

function connectionNames(rawHeaders: readonly string[]): string[] {
  return valuesOf(rawHeaders, 'connection')
    .flatMap((value) => value.split(','))
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '');
}
