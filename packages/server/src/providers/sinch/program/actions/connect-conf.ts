import { object, optional } from '../../../../json-schema/schema.ts';
import { joinConference } from '../../calls/conference-entry.ts';
import { defineAction } from '../../calls/element.ts';
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
