/** A text message that a phone received. */
export interface TextMessage {
  /** The provider's id of it. */
  readonly id: string;
  /** A number, or the name that the sender has registered. */
  readonly from: string;
  readonly to: string;
  readonly text: string;
  /** Call-clock time, milliseconds since the epoch. */
  readonly atMs: number;
}

/** How much is kept; the oldest goes first. */
const maxMessages = 100;
const maxPhones = 1000;

/** The text messages of all phones, by address, the newest last. */
export class Inboxes {
  readonly #messages = new Map<string, readonly TextMessage[]>();

  /** Puts a message into its phone's inbox. Returns false for one that is there already: SDKs send again. */
  deliver(address: string, message: TextMessage): boolean {
    const messages = this.of(address);
    if (messages.some(({ id }) => id === message.id)) return false;
    // The phone that got a message last is the last to be forgotten.
    this.#messages.delete(address);
    this.#messages.set(address, [...messages, message].slice(-maxMessages));
    for (const oldest of this.#messages.keys()) {
      if (this.#messages.size <= maxPhones) break;
      this.#messages.delete(oldest);
    }
    return true;
  }

  of(address: string): readonly TextMessage[] {
    return this.#messages.get(address) ?? [];
  }

  addresses(): Iterable<string> {
    return this.#messages.keys();
  }

  clear(): void {
    this.#messages.clear();
  }
}
