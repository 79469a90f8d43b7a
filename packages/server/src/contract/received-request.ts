import type { Message } from '@countersign/core/message';

/** A request whose body arrived, whole or cut at the limit. */
export interface ReceivedRequest {
  readonly message: Message & { readonly body: Uint8Array };
  /**
   * `cut`: longer than the limit. `aborted`: the client went away before its end. `crowded`: there was no room for it
   * beside the bodies of other requests, and it was thrown away.
   */
  readonly body: 'whole' | 'cut' | 'aborted' | 'crowded';
  /** The request line and headers as bytes, when they are no valid UTF-8 and `message` cannot stand for them. */
  readonly head?: Uint8Array;
}
