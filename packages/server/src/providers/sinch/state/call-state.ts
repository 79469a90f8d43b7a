import type { LegId, OperationId, RecordingId } from '../../../engine/call.ts';
import { Sequence } from '../../../engine/sequence.ts';
import type { CallHeader, SvamlPlace, SvamlElement } from '../svaml/svaml-object.ts';
import type { RunMenu } from '../svaml/menu-shape.ts';
import type { CallDetails } from './call-details.ts';
import type { Due } from './due.ts';
import type { Membership } from './membership.ts';
import type { CallOutcome } from './outcome.ts';
import type { Destination } from './party.ts';

/** What the provider remembers about a call, folded from the call's events and nothing else. */
export interface CallState {
  readonly kind: 'call';
  readonly callId: string;
  readonly applicationKey: string;
  readonly details: CallDetails;
  /** The leg of the party that called in. */
  readonly caller: LegId | undefined;
  /** Whether the caller has been answered: the command may still be on its way. */
  readonly callerAnswered: boolean;
  /** The leg of the party that was called. */
  readonly callee: LegId | undefined;
  /** How the callee was connected. */
  readonly connection: ConnectWish | undefined;
  /** The ring tone that the caller hears while the callee rings. */
  readonly ringTone: OperationId | undefined;
  readonly program: Program | undefined;
  /** Whether what the callout asked for (its text, its conference) has begun. */
  readonly begun: boolean;
  /** Instructions that were asked for before anybody could hear them; they are played when the callee answers. */
  readonly deferred: Sequence<SvamlElement>;
  readonly awaited: AwaitedCallback | undefined;
  readonly menu: MenuRun | undefined;
  readonly parked: ParkRun | undefined;
  readonly detection: DetectionRun | undefined;
  readonly membership: Membership | undefined;
  readonly recording: RecordingRun | undefined;
  readonly cookies: Readonly<Record<string, string>>;
  readonly answeredAtMs: number | undefined;
  readonly endedAtMs: number | undefined;
  /** Why the call ended, as soon as it is known. */
  readonly outcome: CallOutcome | undefined;
  /** What the last event asked for; `react` carries it out. */
  readonly due: readonly Due[];
}

/** How the callee was connected: what the connecting action said. */
export interface ConnectWish {
  readonly to: Destination;
  readonly suppressCallbacks: boolean;
  readonly maxDurationMs: number | undefined;
  readonly dtmf: string | undefined;
  readonly detection: 'off' | 'synchronous' | 'asynchronous';
  readonly callHeaders: readonly CallHeader[];
  /** Of a stream's audio. */
  readonly sampleRateHz?: number;
}

/** SVAML that is being played. */
export interface Program {
  readonly place: SvamlPlace;
  readonly instructions: readonly SvamlElement[];
  /** Index of the instruction that comes next. */
  readonly next: number;
  readonly action: SvamlElement | undefined;
  /** What follows where no action stands. */
  readonly otherwise: Otherwise;
  /** Who hears what it plays. */
  readonly legs: readonly LegId[];
  /** The operation whose end it waits for. */
  readonly waitingFor: OperationId | undefined;
}

/**
 * What follows a program without an action. `answered`: the callee has heard what was due to it, ACE comes next.
 * `settle`: two parties are connected, a callout begins, one alone is hung up on. `callback-error`: the call ends for want of an answer.
 */
export type Otherwise = 'answered' | 'continue' | 'settle' | 'hangup' | 'callback-error' | 'nothing';

/** The callback whose answer decides what the call does next. */
export interface AwaitedCallback {
  readonly id: string;
  readonly event: 'ice' | 'ace' | 'pie';
  /** Whose answer to a menu or detection it is about. */
  readonly legs: readonly LegId[];
}

/** A menu that a party is in. */
export interface MenuRun {
  readonly action: RunMenu;
  readonly leg: LegId;
  readonly menuId: string;
  /** How often its prompt has been repeated. */
  readonly repeated: number;
  readonly operation: OperationId;
}

/** A call that is parked. */
export interface ParkRun {
  readonly leg: LegId;
  readonly holdPrompt: string | undefined;
  readonly locale: string | undefined;
  /** The prompt that is being played. */
  readonly operation: OperationId | undefined;
  /** The maximum duration has passed: the call ends with the prompt. */
  readonly expired: boolean;
}

/** Answering machine detection under way on the callee's leg. */
export interface DetectionRun {
  readonly mode: 'synchronous' | 'asynchronous';
  readonly leg: LegId;
  readonly answeredAtMs: number;
  /** The first thing the callee said. */
  readonly greeting: { readonly startedAtMs: number; readonly endsAtMs: number } | undefined;
  readonly result: Detection | undefined;
}

/** What detection found. */
export interface Detection {
  readonly status: 'machine' | 'human' | 'notsure' | 'hangup' | 'inprogress';
  readonly reason: 'longgreeting' | 'initialsilence' | 'greeting' | 'beep' | 'n/a';
  /** Whole seconds since the answer. */
  readonly duration: number;
}

/** The recording that is being made of the call, wherever its parties are: also of one in a conference. */
export interface RecordingRun {
  readonly recording: RecordingId;
  readonly format: string;
  readonly notifies: boolean;
  readonly transcribes: boolean;
}

/** The state before the first event of a call with these details. */
export function newCallState(callId: string, applicationKey: string, details: CallDetails): CallState {
  return {
    kind: 'call',
    callId,
    applicationKey,
    details,
    caller: undefined,
    callerAnswered: false,
    callee: undefined,
    connection: undefined,
    ringTone: undefined,
    program: undefined,
    begun: false,
    deferred: Sequence.of(),
    awaited: undefined,
    menu: undefined,
    parked: undefined,
    detection: undefined,
    membership: undefined,
    recording: undefined,
    cookies: {},
    answeredAtMs: undefined,
    endedAtMs: undefined,
    outcome: undefined,
    due: [],
  };
}
