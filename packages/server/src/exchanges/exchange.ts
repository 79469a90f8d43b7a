import type { Header, Message } from '@countersign/core/message';
import type { AuthenticationRecord } from '../contract/exchange-recorder.ts';

/** One request that reached the server, with its answer and how its signature was judged. */
export interface Exchange {
  readonly id: string;
  /** A provider's name, or `none` for routes that are no provider's. */
  readonly provider: string;
  /** The account whose key matched, or against which a refusal was diagnosed. */
  readonly account?: string;
  /** Wall clock, milliseconds since the epoch. */
  readonly receivedAtMs: number;
  readonly elapsedMs?: number;
  /** The request as it was on the wire, but for keys of the server in it. The body is whole up to the server's body limit. */
  readonly request: Message;
  readonly response?: {
    readonly status: number;
    readonly headers: readonly Header[];
    readonly body: Uint8Array;
    /** How long the body was, in bytes, when `body` is only its beginning. */
    readonly bodyBytes?: number;
  };
  /** A configured key stood in the request: in `request` and `head` it is masked, so that they are not what was signed. */
  readonly redacted?: true;
  readonly authentication?: AuthenticationRecord;
  /** The call that the request opened or addressed. */
  readonly call?: string;
  /**
   * True when the body is not whole: it was longer than the server's limit (the message has its beginning, and the answer
   * was 413), or there was no room for it beside those of other requests (503).
   */
  readonly bodyCut?: boolean;
  /** The request line and headers as bytes, kept only when they are no valid UTF-8 and the message cannot stand for them. */
  readonly head?: Uint8Array;
}
