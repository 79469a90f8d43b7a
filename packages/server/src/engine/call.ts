import type { Keyed } from './keyed.ts';
import type { Sequence } from './sequence.ts';

/**
 * The state of one call, as folded from its events. A call is a room with legs in it: with a controller besides
 * them, with one or two legs alone, with many in a conference. Providers map their own ids and their own view onto it. Times are milliseconds on the call clock.
 */
export interface Call {
  readonly id: CallId;
  /** The provider that the call belongs to, and its account, by the provider's own id of it. */
  readonly provider: string;
  readonly account: string;
  readonly openedAtMs: number;
  readonly endedAtMs: number | undefined;
  /** In the order in which they joined. Ended legs stay, because their audio and cause are part of the history. */
  readonly legs: Keyed<Leg>;
  readonly operations: Keyed<MediaOperation>;
  /** The operations that are checked after every command. */
  readonly pending: PendingOperations;
  /** Audio that is being streamed into the call. */
  readonly streams: Keyed<LiveStream>;
  readonly recordings: Keyed<Recording>;
  /** Timers that are running. */
  readonly timers: Keyed<Timer>;
  /** How many events the call has had; the optimistic-concurrency version of the store's door. */
  readonly version: number;
}

export type CallId = string;
export type LegId = string;
export type OperationId = string;
export type RecordingId = string;
export type TimerId = string;
/** The address of audio in the media store. */
export type MediaId = string;

/** Who is at the end of a leg. */
export type Party =
  | { readonly kind: 'phone'; readonly number: string }
  | { readonly kind: 'user'; readonly id: string }
  | { readonly kind: 'sip'; readonly address: string }
  /** Another application, which has the other side of the call in a call of its own; `id` is its provider's. */
  | { readonly kind: 'application'; readonly id: string }
  | { readonly kind: 'stream'; readonly url: string };

export interface Leg {
  readonly id: LegId;
  readonly party: Party;
  /** What the party sees as the caller, for outbound legs; what it dialed, for inbound ones. */
  readonly presented: string | undefined;
  /** `outbound`: the server rings the party. `inbound`: the party calls, and the provider answers. */
  readonly direction: 'outbound' | 'inbound';
  readonly state: 'ringing' | 'connected' | 'ended';
  readonly muted: boolean;
  readonly held: boolean;
  readonly invitedAtMs: number;
  readonly answeredAtMs: number | undefined;
  readonly endedAtMs: number | undefined;
  readonly cause: EndCause | undefined;
  /** What the party hears from the server, and what it says itself: times are call-clock times. */
  readonly heard: AudioTrack;
  readonly spoken: AudioTrack;
}

/** What sounded on a leg, in the order in which it was asked for; `audioTrack` makes one. */
export type AudioTrack = Sequence<AudioEntry>;

/** Why a leg ended. */
export const endCauses = [
  'hung-up', // the party hung up
  'dropped', // the application ended the leg or the call
  'busy',
  'declined',
  'no-answer', // the ring time-out passed
  'unreachable', // no such party
  'canceled', // the invitation was withdrawn before it was answered
  'call-ended', // the last other party left
  'max-duration',
  'transferred',
  'moved', // to another call
  'failed',
] as const;
/** Why a leg ended. */
export type EndCause = (typeof endCauses)[number];

/** A stretch of audio on a leg. `stoppedAtMs` cuts it short. */
export interface AudioEntry {
  readonly media: MediaId;
  readonly startedAtMs: number;
  /** 0 for audio that is live. */
  readonly durationMs: number;
  readonly stoppedAtMs?: number;
  /** The media grows while it is heard: it has no end until it is stopped. */
  readonly live?: true;
  /** How far into the media it begins, for a leg that hears something live from later on. */
  readonly offsetMs?: number;
  /** The play or other operation it belongs to. */
  readonly operation?: OperationId;
  /** The leg whose party made it, where another party did. */
  readonly from?: LegId;
  /** The text, where known: what was spoken or which keys were pressed. */
  readonly text?: string;
  readonly substituted?: VoiceSubstitution;
}

/** What is to be heard: the provider's own source, in the engine's words. */
export type Prompt =
  | { readonly kind: 'text'; readonly text: string; readonly voice?: VoiceWish }
  | { readonly kind: 'ssml'; readonly ssml: string; readonly voice?: VoiceWish }
  /** `missing`: why it cannot be had, where the provider knows that without asking for it. */
  | { readonly kind: 'file'; readonly uri: string; readonly missing?: string }
  | { readonly kind: 'tones'; readonly tones: string }
  /** Music on hold; the default music without a name. */
  | { readonly kind: 'music'; readonly name?: string }
  /** What a caller hears while the other party rings, as in a country: `se`, `us`. */
  | { readonly kind: 'ring-tone'; readonly country: string }
  /** The signal after which an answering machine records: 1000 Hz for 400 ms. */
  | { readonly kind: 'beep' };

/** How the provider's request names a voice; speech chooses the nearest one it has. */
export interface VoiceWish {
  readonly locale?: string;
  readonly gender?: 'male' | 'female';
  readonly name?: string;
}

/** A prompt whose audio is known. */
export interface ReadyMedia {
  readonly media: MediaId;
  readonly durationMs: number;
  /** The words of markup. */
  readonly text?: string;
  readonly substituted?: VoiceSubstitution;
  /** What the audio lacks of what was asked for: a recording that could not be had, a text that cannot be spoken. */
  readonly shortcomings?: readonly { readonly id: string; readonly summary: string }[];
}

/** Another voice speaks than was asked for. */
export interface VoiceSubstitution {
  readonly asked: string;
  /** Who speaks instead: the engine, its voice. */
  readonly used: string;
}

export type MediaOperation = PlayOperation | CollectOperation | ToneWatch | SendTonesOperation;

/** Audio being played to legs. */
export interface PlayOperation {
  readonly kind: 'play';
  readonly id: OperationId;
  readonly prompts: readonly Prompt[];
  /** At the positions of their prompts; gaps where audio is still to come. */
  readonly ready: Sequence<ReadyMedia>;
  /** The legs it was asked for; with `toAll`, those that were connected then. */
  readonly to: readonly LegId[];
  /** Asked for everybody: each round is heard by the legs that are connected and not held when it begins. */
  readonly toAll: boolean;
  /** How often the whole is played; `forever` until cancelled. */
  readonly repeat: number | 'forever';
  /** Rounds begun. */
  readonly played: number;
  /** `preparing`: its audio is not complete yet, or an earlier play on the same legs goes first. */
  readonly state: 'preparing' | 'playing' | 'done';
  readonly startedAtMs: number | undefined;
  /** Once it is done: how it ended. */
  readonly outcome: PlayOutcome | undefined;
}

/** How a play ended. */
export type PlayOutcome =
  | { readonly kind: 'completed' }
  | {
      readonly kind: 'failed';
      readonly index: number;
      readonly reason: MediaFailure;
      readonly detail: string;
      readonly status?: number;
    }
  | { readonly kind: 'canceled'; readonly why: 'requested' | 'interrupted' | 'barge-in' | 'call-ended' };

/** Why audio could not be had. */
export type MediaFailure = 'download' | 'format' | 'synthesis' | 'empty';

/** Waiting for one party to press keys or say something, after an optional prompt. */
export interface CollectOperation {
  readonly kind: 'collect';
  readonly id: OperationId;
  readonly leg: LegId;
  readonly wish: CollectWish;
  /** The operation that plays the prompt, while it is played. */
  readonly prompt?: OperationId;
  readonly state: 'prompting' | 'listening' | 'done';
  readonly tones: string;
  readonly speech: string;
}

/** What counts as input, and for how long to wait. All times in milliseconds. */
export interface CollectWish {
  readonly initialSilenceMs: number;
  /** Whether a key or a word during the prompt stops it. */
  readonly bargeIn: boolean;
  readonly dtmf?: {
    readonly maxTones: number;
    readonly stopTones: string;
    readonly interToneMs: number;
  };
  /** Named alternatives, each by key or by phrase. */
  readonly choices?: readonly { readonly label: string; readonly tone?: string; readonly phrases: readonly string[] }[];
  readonly speech?: { readonly endSilenceMs: number };
}

/** Reports every key that a party presses until it is stopped. */
export interface ToneWatch {
  readonly kind: 'tone-watch';
  readonly id: OperationId;
  readonly leg: LegId;
  readonly state: 'listening' | 'done';
  readonly count: number;
}

/** Keys sent to one party as sound. Mixed with whatever else is played; it does not wait for plays. */
export interface SendTonesOperation {
  readonly kind: 'send-tones';
  readonly id: OperationId;
  readonly leg: LegId;
  readonly tones: string;
  readonly state: 'preparing' | 'sending' | 'done';
}

/** Operations that commands and time go on with, among those that are not done. */
export interface PendingOperations {
  /** Plays that have not begun. */
  readonly plays: Keyed<PlayOperation>;
  readonly collects: Keyed<CollectOperation>;
  readonly watches: Keyed<ToneWatch>;
  /** Operations under way that name a leg, in the order in which they were asked for. */
  readonly byLeg: Keyed<{ readonly id: LegId; readonly operations: Keyed<{ readonly id: OperationId }> }>;
  /** Plays under way to everybody. */
  readonly toAll: Keyed<PlayOperation>;
}

/** Audio that an application, or the party at the end of a leg, streams into the call; its id is the stream's. */
export interface LiveStream {
  readonly id: OperationId;
  readonly media: MediaId;
  readonly startedAtMs: number;
  /** The leg whose party sends it. */
  readonly from?: LegId;
}

export interface Recording {
  readonly id: RecordingId;
  readonly state: 'active' | 'paused' | 'stopped';
  /** Stretches of the call clock that were recorded. */
  readonly stretches: Sequence<{ readonly fromMs: number; readonly toMs?: number }>;
  /** What the provider needs to remember about it. */
  readonly details: unknown;
}

/** A timer of the call clock; `purpose` says what is done when it fires. */
export interface Timer {
  readonly id: TimerId;
  readonly dueAtMs: number;
  readonly purpose: TimerPurpose;
}

export type TimerPurpose =
  | { readonly kind: 'ring-timeout'; readonly leg: LegId }
  | { readonly kind: 'play-end'; readonly operation: OperationId }
  | { readonly kind: 'tones-end'; readonly operation: OperationId }
  | { readonly kind: 'collect-silence'; readonly operation: OperationId }
  | { readonly kind: 'collect-inter-tone'; readonly operation: OperationId }
  | { readonly kind: 'collect-end-silence'; readonly operation: OperationId }
  | { readonly kind: 'max-duration'; readonly leg: LegId | 'all' }
  | { readonly kind: 'provider'; readonly name: string; readonly data?: unknown };
