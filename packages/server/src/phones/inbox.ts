import type { TextMessage } from '../contract/text-message.ts';
import { BoundedMap } from '../bounded/bounded-map.ts';
import { weightOf } from '../bounded/weight.ts';

/** How many are kept of one phone; the oldest goes first. */
const maxMessages = 100;

/** The text messages of all phones, by address, the newest last. */
export class Inboxes {
  /** The phone that got a message last is the last to be forgotten. */
  readonly #messages = new BoundedMap<string, readonly TextMessage[]>('text-messages', {
    weigh: (messages, address) => weightOf([address, messages]),
  });

  /** Puts a message into its phone's inbox. Returns false for one that is there already: SDKs send again. */
  deliver(address: string, message: TextMessage): boolean {
    const messages = this.of(address);
    if (messages.some(({ id }) => id === message.id)) return false;
    this.#messages.delete(address);
    this.#messages.set(address, [...messages, message].slice(-maxMessages));
    return true;
  }

  of(address: string): readonly TextMessage[] {
    return this.#messages.get(address) ?? [];
  }

  /** The size of all messages, in bytes. */
  get bytes(): number {
    return this.#messages.bytes;
  }

  addresses(): Iterable<string> {
    return this.#messages.keys();
  }

  clear(): void {
    this.#messages.clear();
  }
}
