import { headerValue, type Header } from '@countersign/core/message';
import type { PreparedRequest } from './prepare-request.ts';
import { badInput } from '../failure.ts';

/**
 * The request as a curl command for a POSIX shell. curl sends exactly what was signed: the body as it is
 * (`--data-binary`), no header of its own that the signature would cover, the path unsquashed, nothing expanded.
 *
 * @throws CommandFailure `output/binary-body` when the body is not text and not in a file, so that no argument can hold it
 */
export function writeCurlCommand({ protocol, authority, message, dataFile }: PreparedRequest): string {
  const { method, target, headers, body } = message;
  const hasBody = body.length > 0 || method === 'POST';
  const flags = [
    ...(/\/\.{1,2}(?:\/|$)/.test(target.split('?', 1)[0] ?? '') ? ['--path-as-is'] : []),
    ...(/[[\]{}]/.test(target) ? ['--globoff'] : []),
  ];
  const first = ['curl', ...flags, method === 'HEAD' ? '--head' : `-X ${shellQuote(method)}`];
  const url = shellQuote(`${protocol}//${authority}${target}`);
  const lines = [
    `${first.join(' ')} ${url}`,
    ...sentHeaders(headers, authority, protocol).map(headerOption),
    // curl adds a form content type to any data; the signature may cover that header.
    ...(hasBody && headerValue(headers, 'content-type') === undefined ? ["-H 'Content-Type:'"] : []),
    ...(hasBody ? [dataOption(body, dataFile)] : []),
  ];
  return lines.join(' \\\n  ');
}

/** Host goes without saying where curl would write the same. */
function sentHeaders(headers: readonly Header[], authority: string, protocol: string): readonly Header[] {
  const defaultPort = protocol === 'https:' ? ':443' : ':80';
  const curlWritesIt = /^[a-z0-9.-]+(?::\d+)?$/.test(authority) && !authority.endsWith(defaultPort);
  return headers.filter(([name, value]) => name.toLowerCase() !== 'host' || value !== authority || !curlWritesIt);
}

function headerOption([name, value]: Header): string {
  return `-H ${shellQuote(value === '' ? `${name};` : `${name}: ${value}`)}`;
}

function dataOption(body: Uint8Array, dataFile: string | undefined): string {
  if (dataFile !== undefined) return `--data-binary ${shellQuote(`@${dataFile}`)}`;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    text = '\0';
  }
  if (text.includes('\0')) {
    throw badInput('output/binary-body', 'the body is binary, which no command line can hold; give it as --data @FILE');
  }
  // --data-binary would read a leading @ as a file's name; --data-raw does not, and keeps every byte as well.
  return `${text.startsWith('@') ? '--data-raw' : '--data-binary'} ${shellQuote(text)}`;
}

/** Quotes one word for a POSIX shell. */
export function shellQuote(word: string): string {
  return /^[A-Za-z0-9_/:.,@%+=-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
