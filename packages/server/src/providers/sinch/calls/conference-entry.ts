import type { Membership } from '../state/membership.ts';
import { failWithoutParty } from './ending.ts';
import { reachLegs } from './hearing.ts';
import type { Turn } from './turn.ts';

/** Takes the party that the program is about into a conference, answering it first where it still waits. */
export function joinConference(turn: Turn, wish: Pick<Membership, 'conferenceId' | 'dtmf' | 'moh'>): void {
  const [leg] = reachLegs(turn);
  turn.set({ program: undefined, begun: true });
  if (leg === undefined) {
    failWithoutParty(turn, 'connectConf');
    return;
  }
  const membership: Membership = { ...wish, leg, room: undefined };
  turn.set({ membership });
  turn.enterConference(leg, membership);
}
