/** One event of a server-sent stream. A block that only moves the place in the stream has no `event`. */
export interface SentEvent {
  /** The last id that the stream has named, of this event or an earlier one. */
  readonly id: string | undefined;
  readonly event: string | undefined;
  readonly data: string;
}

/**
 * Reads server-sent events out of text that arrives in pieces.
 *
 * https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation
 */
export class ServerSentEventReader {
  #rest = '';
  #id: string | undefined;

  /** Takes the next piece and returns the events that it completes. */
  read(piece: string): SentEvent[] {
    const blocks = (this.#rest + piece).replaceAll('\r\n', '\n').split('\n\n');
    this.#rest = blocks.pop() ?? '';
    return blocks.flatMap((block) => this.#readBlock(block) ?? []);
  }

  #readBlock(block: string): SentEvent | undefined {
    let event: string | undefined;
    let movesPlace = false;
    const data: string[] = [];
    for (const line of block.split('\n')) {
      const colon = line.indexOf(':');
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (field === 'id') [this.#id, movesPlace] = [value, true];
      if (field === 'event') event = value;
      if (field === 'data') data.push(value);
    }
    if (data.length === 0 && !movesPlace) return undefined;
    return { id: this.#id, event: data.length === 0 ? undefined : (event ?? 'message'), data: data.join('\n') };
  }
}
