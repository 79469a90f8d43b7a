import { BoundedMap } from '../../../bounded/bounded-map.ts';
import { weightOf } from '../../../bounded/weight.ts';
import type { Switchboard } from '../../../contract/switchboard.ts';
import type { RoomState } from '../state/room-state.ts';

/** The conferences that go on, by application and conference id. */
export class Conferences {
  readonly #switchboard: Switchboard;
  readonly #newId: () => string;
  /** The room of each conference that has had one; where nobody came or looked for the longest time is forgotten. */
  readonly #rooms = new BoundedMap<string, string>('conferences', {
    weigh: (room, key) => weightOf([key, room]),
    order: 'use',
  });

  constructor(switchboard: Switchboard, newId: () => string) {
    this.#switchboard = switchboard;
    this.#newId = newId;
  }

  /** The room that a participant is to enter: the one that is open, or a fresh id. */
  roomFor(applicationKey: string, conferenceId: string): string {
    const key = keyOf(applicationKey, conferenceId);
    const known = this.#rooms.get(key);
    if (known !== undefined && !this.#hasEnded(known)) return known;
    const room = this.#newId();
    this.#rooms.set(key, room);
    return room;
  }

  /** Whether a room has been opened. */
  isOpen(room: string): boolean {
    return this.#switchboard.call(room) !== undefined;
  }

  /** The state of a conference that goes on; `undefined` when there is none of that id. */
  find(applicationKey: string, conferenceId: string): RoomState | undefined {
    const room = this.#rooms.get(keyOf(applicationKey, conferenceId));
    if (room === undefined || !this.isOpen(room) || this.#hasEnded(room)) return undefined;
    return this.#switchboard.providerState<RoomState>(room);
  }

  /** Forgets a conference whose room has ended. */
  forget({ applicationKey, conferenceId, room }: Pick<RoomState, 'applicationKey' | 'conferenceId' | 'room'>): void {
    const key = keyOf(applicationKey, conferenceId);
    if (this.#rooms.get(key) === room) this.#rooms.delete(key);
  }

  #hasEnded(room: string): boolean {
    const call = this.#switchboard.call(room);
    return call === 'gone' || call?.endedAtMs !== undefined;
  }
}

function keyOf(applicationKey: string, conferenceId: string): string {
  return `${applicationKey} ${conferenceId}`;
}
