import type { FaultSetting } from '../contract/fault.ts';
import type { RefusedRequest } from '../contract/refused-request.ts';
import type { Account } from '../contract/account.ts';
import type { LiveAudio } from '../audio/live-audio.ts';
import type { CallbackDraft } from '../contract/callback-draft.ts';
import type { EncodeMp3OffThread } from '../audio/audio-threads.ts';
import type { MediaLookup } from '../audio/timeline.ts';
import type { Explanation } from '../contract/exchange-recorder.ts';
import type { OutboundGuard } from '../outbound/outbound-guard.ts';
import type { TextArrival, TextMessage } from '../contract/text-message.ts';
import type { CallClock } from '../contract/clock.ts';
import type { Switchboard } from '../contract/switchboard.ts';

/** What the server gives every provider. All of it is injected: two servers in one process share nothing. */
export interface ProviderContext<A extends Account = Account> {
  readonly switchboard: Switchboard;
  readonly clock: CallClock;
  /** The wall clock: signatures, tokens and their freshness. */
  readonly wallNow: () => Date;
  /** A fresh UUID (version 4 shape) from the server's source of randomness. */
  readonly newId: () => string;
  /** The accounts of this provider. */
  readonly accounts: readonly A[];
  /** The server's own base URL, for example `http://localhost:7509`; known once it listens. */
  readonly serverUrl: () => string;
  /** Finds the audio that calls are made of, for recordings that are rendered when somebody asks. */
  readonly media?: MediaLookup;
  /** Writes the MP3 files of recordings, on a thread of its own. */
  readonly encodeMp3?: EncodeMp3OffThread;
  /** Keeps the audio of streams while they come in. */
  readonly liveAudio?: LiveAudio;
  /** Puts a text message into the inbox of the phone that it is for. */
  readonly deliverText?: (message: TextMessage) => TextArrival;
  /** Takes a callback that is due and belongs to no event of a call. */
  readonly enqueue?: (draft: CallbackDraft) => void;
  /** Refuse the deviations of official SDKs that are otherwise tolerated and shown. */
  readonly strict: boolean;
  /**
   * Whether a signed request was there before, by its `replayKey`; remembers it. Absent where repeats are accepted, which
   * official SDKs send when they retry.
   */
  readonly isRepeat?: (replayKey: string) => boolean;
  /** Insist on https callback URLs, as Azure does; otherwise http is accepted to loopback and private addresses. */
  readonly strictCallbacks: boolean;
  /** Says which hosts nothing is sent to. Default: link-local addresses and metadata services. */
  readonly outbound?: OutboundGuard;
  /** Reports an internal error to the person who runs the server; never with a secret. */
  readonly onProblem: (problem: string) => void;
  /** Faults switched on by the control API, by name: for example `speech`, `media`, `callbacks`. */
  readonly fault: (name: string) => FaultSetting | undefined;
  /**
   * Explains a refused signature by single mistakes; the search goes on in the background where they do not, and its
   * result is added to the exchange. Put what it returns into the exchange's `AuthenticationRecord`: the `x-countersign-diagnosis`
   * header is made from there. Absent where a server does not diagnose.
   */
  readonly explainRefusal?: (refused: RefusedRequest) => Promise<Explanation>;
}
