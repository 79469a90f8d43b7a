import type { IncomingMessage } from 'node:http';
import { bounds } from '../bounded/bounds.ts';
import type { ByteBudget } from '../bounded/byte-budget.ts';
import type { AttemptOutcome } from './callback.ts';
import type { HeaderLines } from './header-lines.ts';

/** How much of a receiver's answer is read; an SVAML answer is a few kilobytes. */
const answerLimitBytes = 1024 * 1024;
/** How much is kept of an answer that no call waits for. */
const keptBytes = bounds['callback-attempts'].bytes;

export interface ReadAnswerParts {
  readonly headerLines: HeaderLines;
  /** What all answers that are being read may hold together. */
  readonly budget: ByteBudget;
  /** Whether a call waits for the answer: then one with a 2xx status is needed whole. */
  readonly isWanted: boolean;
}

/**
 * Reads a receiver's answer to its end, and tells what came of the attempt. Of an answer that nobody waits for the
 * beginning is kept, and the rest discarded as it comes.
 *
 * @param tell its first call counts; of an answer that is too large it comes at once, and the rest is not read
 */
export function readAnswer(
  response: IncomingMessage,
  { headerLines, budget, isWanted }: ReadAnswerParts,
  tell: (outcome: AttemptOutcome) => void,
): void {
  const { statusCode: status = 0 } = response;
  const isNeeded = isWanted && status >= 200 && status < 300;
  const most = isNeeded ? answerLimitBytes : keptBytes;
  const chunks: Buffer[] = [];
  let kept = 0;
  let length = 0;
  const tooLarge = (detail: string): void => {
    tell({ failure: 'answer-too-large', detail });
    response.destroy();
  };
  response.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length > answerLimitBytes) return tooLarge(`the answer is larger than ${answerLimitBytes} bytes`);
    const part = chunk.length > most - kept ? chunk.subarray(0, most - kept) : chunk;
    if (part.length === 0) return;
    if (budget.take(part.length)) {
      kept += part.length;
      chunks.push(part);
    } else if (isNeeded) {
      tooLarge(`there is no room for it: ${budget.taken} bytes of other answers are being read`);
    }
  });
  response.on('end', () => tell(outcomeOf(response, headerLines, textOf(chunks, length > kept), length, kept)));
  response.on('error', () =>
    tell({ failure: 'network', detail: 'the connection was closed in the middle of the answer' }),
  );
  response.once('close', () => budget.giveBack(kept));
}

function outcomeOf(
  response: IncomingMessage,
  headerLines: HeaderLines,
  body: string,
  length: number,
  kept: number,
): AttemptOutcome {
  const { statusCode: status = 0, headers, rawHeaders } = response;
  const { location } = headers;
  if (status >= 300 && status < 400 && location !== undefined) {
    return { failure: 'redirect', detail: `${status} to ${location}; redirects are not followed` };
  }
  return { status, headers: headerLines.of(rawHeaders), body, ...(length > kept && { bodyBytes: length }) };
}

/** UTF-8; a byte order mark is no part of the text. Of a text that is cut, half a character at its end is left out. */
function textOf(chunks: readonly Buffer[], isCut: boolean): string {
  if (chunks.length === 0) return '';
  const bytes = Buffer.concat(chunks);
  if (isCut) return new TextDecoder().decode(bytes, { stream: true });
  const text = bytes.toString('utf8');
  return text.startsWith('\u{feff}') ? text.slice(1) : text;
}
