import type { LegId } from '../../../engine/call.ts';
import type { ConferenceDtmfOptions, MusicOnHold } from '../svaml/svaml-object.ts';

/** A call's place in a conference. */
export interface Membership {
  readonly conferenceId: string;
  readonly leg: LegId;
  readonly dtmf: ConferenceDtmfOptions;
  readonly moh: MusicOnHold | undefined;
  /** The engine's call that is the conference's room; unset before the leg is there, and after it has left. */
  readonly room: string | undefined;
}
