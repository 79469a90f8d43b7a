import type {
  AudioEntry,
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
  Timer,
  TimerId,
  TimerPurpose,
} from './call.ts';
import type { CallbackOutcome } from './command.ts';

/** A fact of a call's history. `seq` counts from 1 within the call. */
export type CallEvent = {
  readonly call: CallId;
  readonly seq: number;
  /** Call-clock time, milliseconds since the epoch. */
  readonly atMs: number;
} & CallFact;

/**
 * What can happen in a call. Effects are facts too: `media-wanted`, `speech-wanted`, `timer-set` and `timer-cleared`
 * tell the shell what to do; it reports back by a command. Nothing follows `call-ended`.
 */
export type CallFact =
  | { readonly type: 'call-opened'; readonly provider: string; readonly account: string; readonly details: unknown }
  | {
      readonly type: 'leg-invited';
      readonly leg: LegId;
      readonly party: Party;
      readonly direction: 'outbound' | 'inbound';
      readonly presented?: string;
    }
  | { readonly type: 'leg-answered'; readonly leg: LegId }
  | { readonly type: 'leg-ended'; readonly leg: LegId; readonly cause: EndCause }
  | { readonly type: 'leg-muted'; readonly leg: LegId; readonly muted: boolean }
  | { readonly type: 'leg-held'; readonly leg: LegId; readonly held: boolean }
  | { readonly type: 'leg-moved-out'; readonly leg: LegId; readonly to: CallId }
  | { readonly type: 'leg-moved-in'; readonly leg: Leg; readonly from: CallId }
  | { readonly type: 'call-ended'; readonly cause: EndCause }
  // Media
  | {
      readonly type: 'play-requested';
      readonly operation: OperationId;
      readonly prompts: readonly Prompt[];
      readonly to: readonly LegId[];
      readonly toAll: boolean;
      readonly repeat: number | 'forever';
    }
  | { readonly type: 'media-wanted'; readonly operation: OperationId; readonly index: number; readonly prompt: Prompt }
  | {
      readonly type: 'media-prepared';
      readonly operation: OperationId;
      readonly index: number;
      readonly media: ReadyMedia;
    }
  | { readonly type: 'play-started'; readonly operation: OperationId }
  /** One round of the prompts began: what each leg of `to` hears from now on. */
  | {
      readonly type: 'play-round';
      readonly operation: OperationId;
      readonly to: readonly LegId[];
      readonly entries: readonly AudioEntry[];
    }
  | { readonly type: 'play-completed'; readonly operation: OperationId }
  | {
      readonly type: 'play-failed';
      readonly operation: OperationId;
      readonly index: number;
      readonly reason: MediaFailure;
      readonly detail: string;
      /** The HTTP status that whoever makes the audio answered, where it did. */
      readonly status?: number;
    }
  | {
      readonly type: 'play-canceled';
      readonly operation: OperationId;
      readonly why: 'requested' | 'interrupted' | 'barge-in' | 'call-ended';
    }
  | {
      readonly type: 'collect-started';
      readonly operation: OperationId;
      readonly leg: LegId;
      readonly wish: CollectWish;
      readonly prompt?: OperationId;
    }
  | { readonly type: 'collect-listening'; readonly operation: OperationId }
  | {
      readonly type: 'collect-input';
      readonly operation: OperationId;
      readonly tones?: string;
      readonly speech?: string;
    }
  | { readonly type: 'collect-completed'; readonly operation: OperationId; readonly result: CollectResult }
  | {
      readonly type: 'collect-failed';
      readonly operation: OperationId;
      readonly reason: 'initial-silence' | 'inter-tone' | 'no-match' | 'prompt';
      readonly tones: string;
      readonly speech: string;
      /** For `prompt`: which source failed, and why. */
      readonly failure?: {
        readonly index: number;
        readonly reason: MediaFailure;
        readonly detail: string;
        readonly status?: number;
      };
    }
  | {
      readonly type: 'collect-canceled';
      readonly operation: OperationId;
      readonly why: 'requested' | 'interrupted' | 'call-ended';
    }
  | { readonly type: 'tone-watch-started'; readonly operation: OperationId; readonly leg: LegId }
  | {
      readonly type: 'tone-watch-heard';
      readonly operation: OperationId;
      readonly tone: string;
      readonly count: number;
    }
  | { readonly type: 'tone-watch-stopped'; readonly operation: OperationId; readonly why: 'requested' | 'call-ended' }
  /** `media-wanted` follows, with `tones` as its prompt; then `tones-started`; at the end one of the last two. */
  | { readonly type: 'tones-requested'; readonly operation: OperationId; readonly leg: LegId; readonly tones: string }
  | {
      readonly type: 'tones-started';
      readonly operation: OperationId;
      readonly leg: LegId;
      readonly entry: AudioEntry;
    }
  | { readonly type: 'tones-sent'; readonly operation: OperationId; readonly leg: LegId; readonly tones: string }
  | {
      readonly type: 'tones-failed';
      readonly operation: OperationId;
      readonly leg: LegId;
      readonly reason: MediaFailure | 'requested' | 'call-ended';
      readonly detail: string;
    }
  // What parties do
  /**
   * Live audio began to be heard, by the legs of `to` and by those who join or are taken off hold until it is cut. What
   * is streamed makes no events: `media` grows with it.
   */
  | {
      readonly type: 'audio-streamed';
      readonly operation: OperationId;
      readonly media: MediaId;
      /** When `media` began, if that was before. */
      readonly startedAtMs?: number;
      /** The leg whose party sends it; the application does without one. */
      readonly from?: LegId;
      readonly to: readonly LegId[];
    }
  | { readonly type: 'streamed-audio-cut'; readonly operation: OperationId }
  | { readonly type: 'tones-pressed'; readonly leg: LegId; readonly tones: string }
  | { readonly type: 'speech-wanted'; readonly leg: LegId; readonly text: string; readonly sound?: 'beep' }
  | {
      readonly type: 'leg-said';
      readonly leg: LegId;
      readonly text: string;
      readonly entry: AudioEntry;
      readonly hearers: readonly LegId[];
      /** A sound instead of known words. */
      readonly sound?: 'beep' | 'audio';
    }
  /** What the party was saying is cut short. */
  | { readonly type: 'leg-silenced'; readonly leg: LegId }
  | {
      readonly type: 'speech-failed';
      readonly leg: LegId;
      readonly text: string;
      readonly reason: MediaFailure;
      readonly detail: string;
    }
  // Recordings
  | {
      readonly type: 'recording-started';
      readonly recording: RecordingId;
      readonly details: unknown;
      readonly paused: boolean;
    }
  | { readonly type: 'recording-paused' | 'recording-resumed'; readonly recording: RecordingId }
  | {
      readonly type: 'recording-stopped';
      readonly recording: RecordingId;
      readonly why: 'requested' | 'call-ended';
    }
  /**
   * Something that the application wants is not done, or the call ends for a reason of the server's: `summary` says what
   * and why in a sentence, `code` is for programs (`svaml/invalid`, `callback/unanswered`, …).
   */
  | { readonly type: 'refused'; readonly code: string; readonly summary: string }
  // Time, callbacks and the provider's own steps
  | { readonly type: 'timer-set'; readonly timer: Timer }
  | { readonly type: 'timer-cleared'; readonly timer: TimerId }
  | { readonly type: 'timer-fired'; readonly timer: TimerId; readonly purpose: TimerPurpose }
  | { readonly type: 'callback-answered'; readonly callback: string; readonly outcome: CallbackOutcome }
  | { readonly type: 'noted'; readonly name: string; readonly data: unknown };

/** What a party gave. */
export type CollectResult =
  | {
      readonly kind: 'tones';
      readonly tones: string;
      readonly ended: 'max-tones' | 'stop-tone' | 'inter-tone';
      readonly stopTone?: string;
    }
  | { readonly kind: 'choice'; readonly label: string; readonly by: 'tone' | 'phrase'; readonly recognized: string }
  | { readonly kind: 'speech'; readonly text: string };
