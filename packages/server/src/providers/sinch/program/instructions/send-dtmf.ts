import { object, optional } from '../../../../json-schema/schema.ts';
import { sendKeys } from '../../calls/hearing.ts';
import { defineInstruction } from '../../calls/element.ts';
import { dtmfText } from '../../svaml/fields.ts';

/** Plays the tones of keys; `w` is a pause of half a second. */
export const sendDtmf = defineInstruction({
  name: 'sendDtmf',
  places: ['ice', 'pie', 'manage'],
  fields: object({ value: optional(dtmfText) }),
  heard: true,
  run: (turn, { value = '' }) => sendKeys(turn, value),
});
