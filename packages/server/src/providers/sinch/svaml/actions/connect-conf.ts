import { Type } from 'typebox';
import { joinConference } from '../../calls/conference-entry.ts';
import { defineAction } from '../element.ts';
import { conferenceDtmfOptions, conferenceIdText, musicOnHold } from '../fields.ts';

/** Takes the party into a conference, which begins with its first participant. */
export const connectConf = defineAction({
  name: 'connectConf',
  places: ['ice', 'ace', 'pie'],
  fields: Type.Object({
    conferenceId: conferenceIdText,
    conferenceDtmfOptions: Type.Optional(conferenceDtmfOptions),
    moh: Type.Optional(musicOnHold),
  }),
  run: (turn, { conferenceId, conferenceDtmfOptions: dtmf = {}, moh }) =>
    joinConference(turn, { conferenceId, dtmf, moh }),
});
