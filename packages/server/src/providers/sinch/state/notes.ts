import type { ConferenceDtmfOptions, MusicOnHold } from '../svaml/svaml-object.ts';

/** The note that announces a participant to the room, before its leg arrives. */
export const memberNote = 'sinch-member';

/** The note by which a room tells a participant's call what happened to its leg there; its data is the fact. */
export const roomNote = 'sinch-room';

/** The note by which a room tells a participant's call which keys were detected; its data is the keys. */
export const digitsNote = 'sinch-digits';

/** The note that asks a room for music to a participant on hold. */
export const holdMusicNote = 'sinch-hold-music';

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
