import type {
  CallId,
  CollectWish,
  EndCause,
  Leg,
  LegId,
  MediaFailure,
  MediaId,
  OperationId,
  Party,
  Prompt,
  ReadyMedia,
  RecordingId,
  TimerId,
} from './call.ts';

/**
 * What can be asked of a call, by a provider's request, by a phone, or by the shell that reports back the outcome of an
 * effect. `decide` answers with events, or with a `CommandRefusal` that the provider words in its own way.
 */
export type Command =
  // Calls and legs
  | {
      readonly type: 'open-call';
      readonly provider: string;
      readonly account: string;
      /** The provider's own data about the call: the start of its folded state. */
      readonly details: unknown;
      readonly legs: readonly LegInvitation[];
    }
  | { readonly type: 'add-leg'; readonly leg: LegInvitation }
  | { readonly type: 'answer'; readonly leg: LegId }
  | { readonly type: 'end-leg'; readonly leg: LegId; readonly cause: EndCause }
  | { readonly type: 'end-call'; readonly cause: EndCause }
  | { readonly type: 'mute'; readonly leg: LegId; readonly muted: boolean }
  | { readonly type: 'hold'; readonly leg: LegId; readonly held: boolean }
  /** With `staysOpen`, the call goes on without legs when this was its last. */
  | { readonly type: 'move-leg-out'; readonly leg: LegId; readonly to: CallId; readonly staysOpen?: boolean }
  /** The leg as it is in the call that it leaves, or was when it left; it keeps its id. Before or after `move-leg-out`. */
  | { readonly type: 'move-leg-in'; readonly leg: Leg; readonly from: CallId }
  | { readonly type: 'limit-duration'; readonly leg: LegId | 'all'; readonly maxDurationMs: number }
  // Media
  | {
      readonly type: 'play';
      readonly operation: OperationId;
      readonly prompts: readonly Prompt[];
      readonly to: readonly LegId[] | 'all';
      readonly repeat: number | 'forever';
      /** Whether a play that is under way on the same legs is cancelled for this one; otherwise this one waits its turn. */
      readonly interrupt: boolean;
    }
  | {
      readonly type: 'media-ready';
      readonly operation: OperationId;
      readonly index: number;
      readonly media: ReadyMedia;
    }
  | {
      readonly type: 'media-failed';
      readonly operation: OperationId;
      readonly index: number;
      readonly reason: MediaFailure;
      readonly detail: string;
      /** The HTTP status that whoever makes the audio answered, where it did. */
      readonly status?: number;
    }
  | {
      readonly type: 'collect';
      readonly operation: OperationId;
      readonly leg: LegId;
      readonly prompts: readonly Prompt[];
      readonly wish: CollectWish;
      readonly interrupt: boolean;
    }
  | { readonly type: 'watch-tones'; readonly operation: OperationId; readonly leg: LegId }
  | { readonly type: 'send-tones'; readonly operation: OperationId; readonly leg: LegId; readonly tones: string }
  /**
   * Audio begins to be streamed into the call: `operation` names the stream, `media` is what grows with it, from now on
   * or, when it comes from another call, since `startedAtMs`. `from` is the leg whose party sends it; without one it is
   * the application. No command and no event follows for the audio itself.
   */
  | {
      readonly type: 'stream-audio';
      readonly operation: OperationId;
      readonly media: MediaId;
      readonly startedAtMs?: number;
      readonly from?: LegId;
    }
  /** A stream is over. */
  | { readonly type: 'cut-streamed-audio'; readonly operation: OperationId }
  | { readonly type: 'cancel-operations'; readonly operations: readonly OperationId[] | 'all' }
  // What parties do
  | { readonly type: 'press'; readonly leg: LegId; readonly tones: string }
  /** A party falls silent in the middle of what it says. */
  | { readonly type: 'stop-speaking'; readonly leg: LegId }
  /** With `sound`, the party makes that sound instead of speaking; `text` describes it. */
  | { readonly type: 'say'; readonly leg: LegId; readonly text: string; readonly sound?: 'beep' }
  | {
      readonly type: 'speech-ready';
      readonly leg: LegId;
      readonly media: ReadyMedia;
      readonly text: string;
      /** `audio`: sound whose words, if any, are not known. */
      readonly sound?: 'beep' | 'audio';
    }
  | {
      readonly type: 'speech-failed';
      readonly leg: LegId;
      readonly text: string;
      readonly reason: MediaFailure;
      readonly detail: string;
    }
  // Recordings
  | {
      readonly type: 'start-recording';
      readonly recording: RecordingId;
      readonly details: unknown;
      readonly paused: boolean;
    }
  | { readonly type: 'pause-recording' | 'resume-recording' | 'stop-recording'; readonly recording: RecordingId }
  // Time, callbacks and the provider's own steps
  | { readonly type: 'timer-fired'; readonly timer: TimerId }
  | {
      readonly type: 'set-timer';
      readonly timer: TimerId;
      readonly afterMs: number;
      readonly name: string;
      readonly data?: unknown;
    }
  | { readonly type: 'clear-timer'; readonly timer: TimerId }
  | { readonly type: 'callback-answered'; readonly callback: string; readonly outcome: CallbackOutcome }
  | { readonly type: 'note'; readonly name: string; readonly data: unknown }
  /** Says on the call's timeline what is not done, or why the call is about to end. */
  | { readonly type: 'explain-refusal'; readonly code: string; readonly summary: string };

export interface LegInvitation {
  readonly leg: LegId;
  readonly party: Party;
  readonly direction: 'outbound' | 'inbound';
  readonly presented?: string;
  /** How long the party may ring, in milliseconds. */
  readonly ringTimeoutMs: number;
}

/** What became of a callback that the provider waits for. */
export type CallbackOutcome =
  | { readonly answered: true; readonly status: number; readonly body: string }
  | { readonly answered: false; readonly reason: string };

/** Why a command was not carried out. */
export interface CommandRefusal {
  readonly refused:
    | 'call-not-found'
    | 'call-ended'
    | 'call-not-connected'
    | 'leg-not-found'
    | 'leg-ended'
    | 'leg-not-connected'
    | 'operation-not-found'
    | 'operation-conflict'
    | 'recording-not-found'
    | 'recording-state'
    | 'duplicate-id'
    /** The server has as many calls as its configuration allows. */
    | 'limit-reached';
  readonly summary: string;
}
