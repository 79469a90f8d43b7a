import type { Message } from '@countersign/core/message';
import { readCurlCommand } from '@countersign/core/requests/curl-command';
import { readHar } from '@countersign/core/requests/har';
import { readRawRequest } from '@countersign/core/requests/raw-request';

/** A request of a pasted text. */
export interface PastedRequest {
  readonly title: string;
  readonly message: Message;
  /** What was noticed while it was read. */
  readonly notes: readonly string[];
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
      notes: notes.map(({ summary }) => summary),
    }));
  }
  const isCommand = /^(?:\$\s*)?curl(?:\.exe)?\s/i.test(start);
  const { message, notes } = isCommand ? await readCurlCommand(start) : readRawRequest(utf8.encode(start));
  const title = `${message.method} ${message.target}`;
  return [{ title, message, notes: notes.map(({ summary }) => summary) }];
}
