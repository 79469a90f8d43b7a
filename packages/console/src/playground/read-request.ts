import { readCurlCommand } from '@countersign/core/requests/curl-command';
import { readHar } from '@countersign/core/requests/har';
import { readRawRequest } from '@countersign/core/requests/raw-request';
import type { ReadRequest } from '@countersign/core/requests/request-note';

/** A request of a pasted text. */
export interface PastedRequest extends ReadRequest {
  readonly title: string;
}

const utf8 = new TextEncoder();

/**
 * Reads what was pasted, by its look: JSON is a HAR and may hold several requests, a line that begins with `curl` is a
 * command, everything else a raw request.
 *
 * @throws Error with a sentence that says what is wrong and where
 */
export async function readPasted(text: string): Promise<readonly PastedRequest[]> {
  const start = text.trimStart();
  if (start.startsWith('{')) {
    return readHar(utf8.encode(text)).map(({ message, notes, status }) => ({
      title: `${message.method} ${message.target} → ${status}`,
      message,
      notes,
    }));
  }
  const isCommand = /^(?:\$\s*)?curl(?:\.exe)?\s/i.test(start);
  const read = isCommand ? await readCurlCommand(start) : readRawRequest(utf8.encode(start));
  return [{ ...read, title: `${read.message.method} ${read.message.target}` }];
}
