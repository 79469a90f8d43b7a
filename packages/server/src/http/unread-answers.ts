import type { ServerResponse } from 'node:http';
import { BoundedMap } from '../bounded/bounded-map.ts';
import { bounds } from '../bounded/bounds.ts';

/** Shorter answers are not counted: what the operating system holds for a connection is more. */
const smallBytes = 16 * 1024;
/** What an answer weighs that is made while it is read: a piece that waits, and one that is sent. An estimate. */
const streamedBytes = 128 * 1024;

interface Answer {
  readonly response: ServerResponse;
  readonly bytes: number;
}

/**
 * Answers that their clients have not taken yet. Together they are bounded: then the connection is cut whose client has
 * left its answer unread for the longest time. One answer alone may be longer than that.
 */
export class UnreadAnswers {
  readonly #limit: number;
  readonly #answers: BoundedMap<number, Answer>;
  #count = 0;

  constructor(limit: number = bounds['unread-answers'].bytes) {
    this.#limit = limit;
    this.#answers = new BoundedMap('unread-answers', {
      weigh: ({ bytes }) => bytes,
      bound: { bytes: limit },
      // The connection is cut, not only the answer, because pipelined answers may wait behind it.
      onDrop: ({ response }) => response.req.socket.destroy(),
    });
  }

  /** The size of all unread answers, in bytes. */
  get bytes(): number {
    return this.#answers.bytes;
  }

  /**
   * Counts an answer until it has been taken, or its connection is gone.
   *
   * @param length in bytes; `streamed` for one that is made while it is read
   */
  add(response: ServerResponse, length: number | 'streamed'): void {
    const bytes = length === 'streamed' ? streamedBytes : length;
    if (bytes <= smallBytes) return;
    this.#count += 1;
    const key = this.#count;
    this.#answers.set(key, { response, bytes: Math.min(bytes, this.#limit) });
    const taken = (): void => void this.#answers.delete(key);
    response.once('finish', taken).once('close', taken);
  }
}
