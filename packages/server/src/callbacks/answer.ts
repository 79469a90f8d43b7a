import type { IncomingMessage } from 'node:http';
import type { AttemptOutcome } from './callback.ts';
import type { HeaderLines } from './header-lines.ts';

/** How much of a receiver's answer is read; an SVAML answer is a few kilobytes. */
const answerLimitBytes = 1024 * 1024;

/**
 * Reads a receiver's answer to its end, and tells what came of the attempt.
 *
 * @param tell its first call counts; of an answer that is too large it comes at once, and the rest is not read
 */
export function readAnswer(
  response: IncomingMessage,
  headerLines: HeaderLines,
  tell: (outcome: AttemptOutcome) => void,
): void {
  const chunks: Buffer[] = [];
  let length = 0;
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length <= answerLimitBytes) return;
    tell({ failure: 'answer-too-large', detail: `the answer is larger than ${answerLimitBytes} bytes` });
    response.destroy();
  });
  response.on('end', () => tell(outcomeOf(response, headerLines, textOf(chunks))));
  response.on('error', () =>
    tell({ failure: 'network', detail: 'the connection was closed in the middle of the answer' }),
  );
}

function outcomeOf(response: IncomingMessage, headerLines: HeaderLines, body: string): AttemptOutcome {
  const { statusCode: status = 0, headers, rawHeaders } = response;
  const { location } = headers;
  if (status >= 300 && status < 400 && location !== undefined) {
    return { failure: 'redirect', detail: `${status} to ${location}; redirects are not followed` };
  }
  return { status, headers: headerLines.of(rawHeaders), body };
}

/** UTF-8; a byte order mark is no part of the text. */
function textOf(chunks: readonly Buffer[]): string {
  if (chunks.length === 0) return '';
  const text = Buffer.concat(chunks).toString('utf8');
  return text.startsWith('\u{feff}') ? text.slice(1) : text;
}
