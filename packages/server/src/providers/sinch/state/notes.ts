import type { CallFact } from '../../../engine/event.ts';
import { providerNotes } from '../../kit/notes.ts';
import type { CallHeader, ConferenceDtmfOptions, MusicOnHold, SvamlPlace, Svaml } from '../svaml/svaml-object.ts';

/** Who is to hear which music. */
export interface HoldMusicNote {
  readonly leg: string;
  readonly moh: MusicOnHold;
}

/** What a room is told of a participant. */
export interface MemberNote {
  readonly leg: string;
  readonly callId: string;
  readonly cli: string;
  readonly dtmf: ConferenceDtmfOptions;
  readonly moh: MusicOnHold | undefined;
}

/** SVAML of a request that manages a call. */
export interface ManageRequest {
  readonly svaml: Svaml;
  readonly place: SvamlPlace;
  readonly leg: 'caller' | 'callee' | 'both';
}

/** What would be said to a SIP server. */
export interface SipNote {
  readonly to: string;
  /** UDP, TCP or TLS. */
  readonly transport: string;
  /** As SIP headers. */
  readonly callHeaders: readonly CallHeader[];
  /** Music that the caller hears when the SIP party puts it on hold, which the phones of this server cannot. */
  readonly moh?: string;
}

/**
 * What the Sinch provider writes into a call's history beside the engine's own facts, and folds back into its state. The
 * names are those of `noted` events.
 */
export interface SinchNotes {
  /** Announces a participant to the room, before its leg arrives. */
  readonly 'sinch-member': MemberNote;
  /** A room tells a participant's call what happened to its leg there. */
  readonly 'sinch-room': CallFact;
  /** A room tells a participant's call which keys were detected. */
  readonly 'sinch-digits': string;
  /** Asks a room for music to a participant on hold. */
  readonly 'sinch-hold-music': HoldMusicNote;
  /** A request hands SVAML to a call. */
  readonly 'sinch-manage': ManageRequest;
  readonly 'sinch-sip-invite': SipNote;
}

/** Writes the notes, and tells them apart. */
export const { note, byNote } = providerNotes<SinchNotes>();
