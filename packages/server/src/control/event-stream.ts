import type { ServerResponse } from 'node:http';
import type { Redaction } from '@countersign/core/redaction';
import { bounds } from '../bounded/bounds.ts';
import type { EventFeed, FeedEvent } from './event-feed.ts';

const heartbeatMs = 15_000;
/** The longest event that is sent; several fit into a client's share at the same time. */
const maxEventBytes = bounds['event-streams'].bytes / 4;

/**
 * What a stream may leave unsent while there are others.
 *
 * @param bytes of one more event
 * @returns false when this stream had to end for it
 */
export type MakeRoom = (stream: EventStream, bytes: number) => boolean;

/**
 * Writes the feed to one client as server-sent events. It keeps nothing of its own but the place in the feed: a client
 * that reads slowly is served from there when it is ready, and told `reset` when the feed has moved on without it.
 */
export class EventStream {
  readonly #response: ServerResponse;
  readonly #feed: EventFeed;
  readonly #serverId: string;
  readonly #makeRoom: MakeRoom;
  readonly #redaction: Redaction;
  readonly #stopListening: () => void;
  readonly #heartbeat: NodeJS.Timeout;
  /** The id of the last event that was written. */
  #sent: number;
  #isFull = false;
  #hasEnded = false;

  /**
   * @param after the id of the last event that the client saw, as it was written here
   * @param redaction hides keys in what is written
   * @param makeRoom asked before so many bytes are written; the client has been cut off when it says no
   */
  constructor(
    response: ServerResponse,
    feed: EventFeed,
    serverId: string,
    after: string | undefined,
    redaction: Redaction,
    makeRoom: MakeRoom = () => true,
  ) {
    this.#response = response;
    this.#feed = feed;
    this.#serverId = serverId;
    this.#makeRoom = makeRoom;
    this.#redaction = redaction;
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
    const place = after === undefined ? feed.last : this.#placeOf(after);
    this.#sent = place ?? feed.last;
    if (place === undefined) this.#writeReset();
    else this.#write(`: connected\nid: ${serverId}-${this.#sent}\nretry: 1000\n\n`);
    this.#pump();
    this.#stopListening = feed.onEvent(() => this.#pump());
    response.on('drain', () => {
      if (this.#hasEnded) return;
      this.#isFull = false;
      this.#pump();
    });
    this.#heartbeat = setInterval(() => {
      if (!this.#isFull) this.#write(': still here\n\n');
    }, heartbeatMs).unref();
  }

  /** How many bytes the client has not taken yet. */
  get unsentBytes(): number {
    return this.#response.writableLength;
  }

  /** Cuts the connection; a client comes back for what it missed. */
  cut(): void {
    this.end();
    this.#response.destroy();
  }

  /** Ends the answer. */
  end(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#isFull = true;
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
      const text = event && this.#textOf(event);
      if (text !== undefined && text.length <= maxEventBytes) {
        if (!this.#makeRoom(this, text.length)) return;
        this.#sent += 1;
        this.#write(text);
      } else {
        // The event is no longer kept, or too long to send: the client has to read the state again.
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
