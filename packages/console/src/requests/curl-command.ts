import type { ExchangeView } from '@countersign/server/control/views/exchange-view';

/** What curl writes itself, or the connection decides. */
const ofConnection = /^(?:content-length|connection|transfer-encoding|expect|keep-alive)$/i;

/**
 * The request as a curl command for a POSIX shell, as it arrived: the same method, target, headers and body, and so the
 * same signature. Each value is one quoted word, in which a shell expands nothing.
 *
 * @returns `undefined` when what was kept is not the whole request, or its body is no text that a command can hold
 */
export function curlCommand(
  { method, target, request, redacted }: Pick<ExchangeView, 'method' | 'target' | 'request' | 'redacted'>,
  origin: string,
): string | undefined {
  const { headers, body, bodyCut } = request;
  if (redacted || bodyCut || !('text' in body) || body.text.includes('\0')) return undefined;
  const sent = headers.filter(([name]) => !ofConnection.test(name));
  const has = (wanted: string): boolean => sent.some(([name]) => name.toLowerCase() === wanted);
  // curl would add them, and the request did not have them.
  const unset = ['accept', 'user-agent', ...(body.text === '' ? [] : ['content-type'])].filter((name) => !has(name));
  const lines = [
    `curl --path-as-is --globoff ${method === 'HEAD' ? '--head' : `-X ${quoted(method)}`} ${quoted(origin + target)}`,
    ...sent.map(([name, value]) => `-H ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`),
    ...unset.map((name) => `-H ${quoted(`${name}:`)}`),
    // Of --data-binary, a leading @ would be the name of a file.
    ...(body.text === '' ? [] : [`--data-raw ${quoted(body.text)}`]),
  ];
  return lines.join(' \\\n  ');
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
