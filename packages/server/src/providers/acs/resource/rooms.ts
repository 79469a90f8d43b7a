import { BoundedMap } from '../../../bounded/bounded-map.ts';
import { weightOf } from '../../../bounded/weight.ts';
import { acsBounds } from '../protocol/bounds.ts';

/** The roles that a participant of a room can have. */
export const roomRoles = ['Presenter', 'Attendee', 'Consumer', 'Collaborator'] as const;

export type RoomRole = (typeof roomRoles)[number];

/** A room of Communication Services: who may meet in it, and when. Times are of the wall clock. */
export interface Room {
  readonly id: string;
  readonly resourceId: string;
  readonly createdAt: Date;
  readonly validFrom: Date;
  readonly validUntil: Date;
  readonly pstnDialOutEnabled: boolean;
  readonly participants: readonly { readonly rawId: string; readonly role: RoomRole }[];
}

/** The rooms of all accounts. */
export class Rooms {
  readonly #rooms = new BoundedMap<string, Room>(acsBounds.rooms, {
    weigh: ({ id, resourceId, participants }) => weightOf([id, resourceId, participants, 0, 0, 0]),
  });

  /**
   * Keeps a room, in place of what it was before.
   *
   * @returns whether it is kept: not if it alone weighs more than all rooms may
   */
  set(room: Room): boolean {
    return this.#rooms.set(room.id, room);
  }

  /** A room of an account, by its id. */
  find(resourceId: string, id: string): Room | undefined {
    const room = this.#rooms.get(id);
    return room?.resourceId === resourceId ? room : undefined;
  }

  /** An account's rooms, the oldest first. */
  of(resourceId: string): Room[] {
    return [...this.#rooms.values()].filter((room) => room.resourceId === resourceId);
  }

  delete(id: string): void {
    this.#rooms.delete(id);
  }

  clear(): void {
    this.#rooms.clear();
  }

  /** The size of all rooms, in bytes. */
  get bytes(): number {
    return this.#rooms.bytes;
  }
}
