import { object, optional } from '../../../../json-schema/schema.ts';
import { defineAction } from '../../calls/element.ts';
import { failWithoutParty } from '../../calls/ending.ts';
import { reachLegs } from '../../calls/hearing.ts';
import type { Turn } from '../../calls/turn.ts';
import type { Membership } from '../../state/membership.ts';
import { conferenceDtmfOptions, conferenceIdText, musicOnHold } from '../../svaml/fields.ts';

/** Takes the party into a conference, which begins with its first participant. */
export const connectConf = defineAction({
  name: 'connectConf',
  places: ['ice', 'ace', 'pie'],
  fields: object({
    conferenceId: conferenceIdText,
    conferenceDtmfOptions: optional(conferenceDtmfOptions),
    moh: optional(musicOnHold),
  }),
  run: (turn, { conferenceId, conferenceDtmfOptions: dtmf = {}, moh }) =>
    joinConference(turn, { conferenceId, dtmf, moh }),
});

/** Takes the party that the program is about into a conference, answering it first where it still waits. */
function joinConference(turn: Turn, wish: Pick<Membership, 'conferenceId' | 'dtmf' | 'moh'>): void {
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
