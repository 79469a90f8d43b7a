import type { ServerResponse } from 'node:http';
import type { Redaction } from '@countersign/core/redaction';
import type { EventFeed, FeedEvent } from './event-feed.ts';

const heartbeatMs = 15_000;

/**
 * Writes the feed to one client as server-sent events. It keeps nothing of its own but the place in the feed: a client
 * that reads slowly is served from there when it is ready, and told `reset` when the feed has moved on without it.
 */
export class EventStream {
  readonly #response: ServerResponse;
  readonly #feed: EventFeed;
  readonly #serverId: string;
  readonly #redaction: Redaction;
  readonly #stopListening: () => void;
  readonly #heartbeat: NodeJS.Timeout;
  /** The id of the last event that was written. */
  #sent: number;
  #isFull = false;

  /**
   * @param after the id of the last event that the client saw, as it was written here
   * @param redaction hides keys in what is written
   */
  constructor(
    response: ServerResponse,
    feed: EventFeed,
    serverId: string,
    after: string | undefined,
    redaction: Redaction,
  ) {
    this.#response = response;
    this.#feed = feed;
    this.#serverId = serverId;
    this.#redaction = redaction;
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
    const place = after === undefined ? feed.last : this.#placeOf(after);
    this.#sent = place ?? feed.last;
    if (place === undefined) this.#writeReset();
    else this.#write(`: connected\nid: ${serverId}-${this.#sent}\nretry: 1000\n\n`);
    this.#pump();
    this.#stopListening = feed.onEvent(() => this.#pump());
    response.on('drain', () => {
      this.#isFull = false;
      this.#pump();
    });
    this.#heartbeat = setInterval(() => {
      if (!this.#isFull) this.#write(': still here\n\n');
    }, heartbeatMs).unref();
  }

  /** Ends the answer. */
  end(): void {
    clearInterval(this.#heartbeat);
    this.#stopListening();
    this.#response.end();
  }

  #placeOf(after: string): number | undefined {
    const at = after.lastIndexOf('-');
    const id = Number(after.slice(at + 1));
    if (after.slice(0, at) !== this.#serverId || !Number.isSafeInteger(id)) return undefined;
    return id >= this.#feed.first - 1 && id <= this.#feed.last ? id : undefined;
  }

  #pump(): void {
    while (!this.#isFull && this.#sent < this.#feed.last) {
      const event = this.#feed.get(this.#sent + 1);
      if (event) {
        this.#sent += 1;
        this.#write(this.#textOf(event));
      } else {
        this.#sent = this.#feed.last;
        this.#writeReset();
      }
    }
  }

  #textOf({ id, ...fact }: FeedEvent): string {
    return `id: ${this.#serverId}-${id}\nevent: ${fact.type}\ndata: ${this.#redaction.text(JSON.stringify(fact))}\n\n`;
  }

  #writeReset(): void {
    this.#write(`id: ${this.#serverId}-${this.#sent}\nevent: reset\ndata: {"type":"reset"}\n\n`);
  }

  #write(text: string): void {
    if (!this.#response.write(text)) this.#isFull = true;
  }
}
