import type { LegId, OperationId } from '../../../engine/call.ts';
import type { Due } from '../calls/due.ts';
import type { MemberNote } from './note.ts';

/** The details of the engine's call that is a conference's room. */
export interface RoomDetails {
  readonly kind: 'room';
  readonly conferenceId: string;
}

/** Whether a call's first event opened a room. */
export function isRoomDetails(details: unknown): details is RoomDetails {
  return typeof details === 'object' && details !== null && (details as { kind?: unknown }).kind === 'room';
}

/** What the provider remembers about a conference, folded from the events of its room. */
export interface RoomState {
  readonly kind: 'room';
  readonly room: string;
  readonly applicationKey: string;
  readonly conferenceId: string;
  /** Those who are announced or there, by leg. */
  readonly members: Readonly<Record<LegId, Member>>;
  readonly due: readonly Due[];
}

/** A participant. */
export interface Member extends MemberNote {
  /** Unset until the leg has arrived. */
  readonly joinedAtMs: number | undefined;
  /** The music that is being played to it alone. */
  readonly music: OperationId | undefined;
  /** Keys detected so far. */
  readonly digits: string;
}
