import { headerValue, type Header, type Message } from '../message.ts';

/** A request, and how curl is to send it. */
export interface CurlRequest {
  /** Scheme and authority: `https://api.example.com:8443`. */
  readonly origin: string;
  readonly message: Message;
  /** The file from which curl reads the body; without one the body stands in the command. */
  readonly dataFile?: string;
  /** These headers were on the wire, and are all of them: curl adds none of its own. Else it adds what it always does. */
  readonly isComplete?: boolean;
}

/**
 * A request as a curl command for a POSIX shell. curl sends exactly what was signed: the body as it is (`--data-binary`), no
 * header of its own that the signature would cover, the path unsquashed, nothing expanded.
 *
 * @returns `undefined` when the body is not text and in no file: no argument can hold it; and for HEAD with a body, which curl
 * does not send
 */
export function writeCurlCommand({ origin, message, dataFile, isComplete = false }: CurlRequest): string | undefined {
  const { method, target, headers, body } = message;
  if (method === 'HEAD' && body.length > 0) return undefined;
  const hasBody = method !== 'HEAD' && (dataFile !== undefined || body.length > 0 || method === 'POST');
  const data = hasBody ? dataOption(body, dataFile) : '';
  if (data === undefined) return undefined;
  const sent = isComplete ? headers.filter(([name]) => !ofConnection.test(name)) : headers;
  // curl adds a form content type to any data; the signature may cover that header.
  const added = [...(isComplete ? ['Accept', 'User-Agent'] : []), ...(hasBody ? ['Content-Type'] : [])];
  const flags = [
    ...(/\/\.{1,2}(?:\/|$)/.test(target.split('?', 1)[0] ?? '') ? ['--path-as-is'] : []),
    ...(/[[\]{}]/.test(target) ? ['--globoff'] : []),
  ];
  const first = [
    'curl',
    ...flags,
    method === 'HEAD' ? '--head' : `-X ${shellQuote(method)}`,
    shellQuote(origin + target),
  ];
  const lines = [
    first.join(' '),
    ...withoutHost(sent, origin).map(headerOption),
    ...added.filter((name) => headerValue(headers, name) === undefined).map((name) => `-H '${name}:'`),
    ...(hasBody ? [data] : []),
  ];
  return lines.join(' \\\n  ');
}

/** What curl writes itself, or the connection decides. */
const ofConnection = /^(?:content-length|connection|transfer-encoding|expect|keep-alive)$/i;

/** Host goes without saying where curl would write the same. */
function withoutHost(headers: readonly Header[], origin: string): readonly Header[] {
  const [, protocol = '', authority = ''] = /^(https?:)\/\/(.*)$/i.exec(origin) ?? [];
  const defaultPort = protocol.toLowerCase() === 'https:' ? ':443' : ':80';
  const curlWritesIt = /^[a-z0-9.-]+(?::\d+)?$/.test(authority) && !authority.endsWith(defaultPort);
  return headers.filter(([name, value]) => name.toLowerCase() !== 'host' || value !== authority || !curlWritesIt);
}

function headerOption([name, value]: Header): string {
  return `-H ${shellQuote(value === '' ? `${name};` : `${name}: ${value}`)}`;
}

function dataOption(body: Message['body'], dataFile: string | undefined): string | undefined {
  if (dataFile !== undefined) return `--data-binary ${shellQuote(`@${dataFile}`)}`;
  const text = textOf(body);
  if (text === undefined || text.includes('\0')) return undefined;
  // --data-binary would read a leading @ as a file's name; --data-raw does not, and keeps every byte as well.
  return `${text.startsWith('@') ? '--data-raw' : '--data-binary'} ${shellQuote(text)}`;
}

function textOf(body: Message['body']): string | undefined {
  if (!(body instanceof Uint8Array)) return undefined;
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return undefined;
  }
}

/** Quotes one word for a POSIX shell. */
export function shellQuote(word: string): string {
  return /^[A-Za-z0-9_/:.,@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
