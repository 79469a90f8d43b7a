import type { Message } from '@countersign/core/message';
import { readCurlCommand } from '@countersign/core/requests/curl-command';
import { readHar } from '@countersign/core/requests/har';
import { readRawRequest } from '@countersign/core/requests/raw-request';

/** A pasted text as requests: one for a raw request or a curl command, several for a HAR. */
export interface PastedRequests {
  readonly form: 'raw request' | 'curl command' | 'HAR';
  readonly requests: readonly {
    readonly title: string;
    readonly message: Message;
    readonly notes: readonly string[];
  }[];
}

const utf8 = new TextEncoder();

/**
 * Reads what was pasted, by its look: JSON is a HAR, a line that begins with `curl` is a command, everything else a raw
 * request.
 *
 * @throws Error with a sentence that says what is wrong and where
 */
export async function readPasted(text: string): Promise<PastedRequests> {
  const start = text.trimStart();
  if (start.startsWith('{')) {
    const requests = readHar(utf8.encode(text)).map(({ message, notes, status }) => ({
      title: `${message.method} ${message.target} → ${status}`,
      message,
      notes: notes.map(({ summary }) => summary),
    }));
    return { form: 'HAR', requests };
  }
  const isCommand = /^(?:\$\s*)?curl(?:\.exe)?\s/i.test(start);
  const { message, notes } = isCommand ? await readCurlCommand(start) : readRawRequest(utf8.encode(start));
  const title = `${message.method} ${message.target}`;
  return {
    form: isCommand ? 'curl command' : 'raw request',
    requests: [{ title, message, notes: notes.map(({ summary }) => summary) }],
  };
}
