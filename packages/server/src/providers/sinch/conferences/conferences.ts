import { BoundedMap } from '../../../bounded/bounded-map.ts';
import { weightOf } from '../../../bounded/weight.ts';
import type { Switchboard } from '../../../contract/switchboard.ts';
import { lookupKey } from '../state/index-of.ts';
import type { RoomState } from '../state/room-state.ts';
import { sinchBounds } from '../protocol/bounds.ts';

/** The conferences that go on, by application and conference id. */
export class Conferences {
  readonly #switchboard: Pick<Switchboard, 'call' | 'callBy' | 'providerState'>;
  /** Rooms that somebody is on the way to; where nobody came or looked for the longest time is forgotten. */
  readonly #rooms = new BoundedMap<string, string>(sinchBounds.conferences, {
    weigh: (room, key) => weightOf([key, room]),
    order: 'use',
  });

  constructor(switchboard: Pick<Switchboard, 'call' | 'callBy' | 'providerState'>) {
    this.#switchboard = switchboard;
  }

  /**
   * The room that a participant is to enter.
   *
   * @param fresh the id of the room where there is none yet
   */
  roomFor(applicationKey: string, conferenceId: string, fresh: string): string {
    const key = lookupKey.conference(applicationKey, conferenceId);
    const known = this.#rooms.get(key);
    if (known !== undefined && !this.#hasEnded(known)) return known;
    const room = this.find(applicationKey, conferenceId)?.room ?? fresh;
    this.#rooms.set(key, room);
    return room;
  }

  /** The state of a conference that goes on; `undefined` when there is none of that id. */
  find(applicationKey: string, conferenceId: string): RoomState | undefined {
    const room = this.#switchboard.callBy(lookupKey.conference(applicationKey, conferenceId));
    if (room === undefined || room === 'gone' || room.endedAtMs !== undefined) return undefined;
    return this.#switchboard.providerState<RoomState>(room.id);
  }

  #hasEnded(room: string): boolean {
    const call = this.#switchboard.call(room);
    return call === 'gone' || call?.endedAtMs !== undefined;
  }
}
