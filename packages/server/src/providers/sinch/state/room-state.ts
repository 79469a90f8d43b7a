import type { LegId, OperationId } from '../../../engine/call.ts';
import { byId, Keyed } from '../../../engine/keyed.ts';
import type { Due } from './due.ts';
import type { MemberNote } from './notes.ts';

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
  readonly members: Keyed<Member>;
  /** Those who are there, in the order in which they came. */
  readonly present: Keyed<{ readonly id: LegId }>;
  /** The leg of each participant, by the id of its call. */
  readonly legs: Keyed<{ readonly id: string; readonly leg: LegId }>;
  /** The leg that hears music because it is, or was, alone. */
  readonly alone: LegId | undefined;
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

/** A conference before its first participant. */
export function emptyRoom(room: string, applicationKey: string, conferenceId: string): RoomState {
  return {
    kind: 'room',
    room,
    applicationKey,
    conferenceId,
    members: Keyed.by({ idOf: ({ leg }) => leg, isOver: () => false }),
    present: Keyed.of(),
    legs: Keyed.of(),
    alone: undefined,
    due: [],
  };
}

/** The participant that a call is. */
export function memberOfCall({ members, legs }: RoomState, callId: string): Member | undefined {
  const leg = byId(legs, callId)?.leg;
  return leg === undefined ? undefined : byId(members, leg);
}
