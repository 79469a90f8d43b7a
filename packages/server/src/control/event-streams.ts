import { bounds } from '../bounded/bounds.ts';
import type { EventStream } from './event-stream.ts';

const { items: maxStreams, bytes: maxUnsentBytes } = bounds['event-streams'];
/** A stream that waits holds the event that its client did not take; so much is nothing to care for. */
const smallBytes = 16 * 1024;

/** The streams of all clients, bounded in number and in what clients leave unread. */
export class EventStreams {
  readonly #streams = new Set<EventStream>();

  /** Whether one more may come. */
  get hasRoom(): boolean {
    return this.#streams.size < maxStreams;
  }

  /** What the clients have not taken yet, in bytes. */
  get unsentBytes(): number {
    let sum = 0;
    for (const { unsentBytes } of this.#streams) sum += unsentBytes;
    return sum;
  }

  add(stream: EventStream): void {
    this.#streams.add(stream);
  }

  delete(stream: EventStream): void {
    this.#streams.delete(stream);
  }

  /** Makes room for an event: those are cut whose clients are furthest behind. False when it is this one. */
  makeRoom(stream: EventStream, bytes: number): boolean {
    if (bytes <= smallBytes) return true;
    // Less what small events may add, which are sent to each client without this check.
    const most = maxUnsentBytes - maxStreams * 2 * smallBytes;
    while (this.unsentBytes + bytes > most) {
      let slowest = stream;
      for (const other of this.#streams) if (other.unsentBytes > slowest.unsentBytes) slowest = other;
      this.#streams.delete(slowest);
      slowest.cut();
      if (slowest === stream) return false;
    }
    return true;
  }

  end(): void {
    for (const stream of this.#streams) stream.end();
  }
}
