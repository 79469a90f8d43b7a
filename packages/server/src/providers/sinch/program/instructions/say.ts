import { object, optional, string } from '../../../../json-schema/schema.ts';
import { playPrompts } from '../../calls/hearing.ts';
import { voiceOf } from '../../svaml/locale.ts';
import { defineInstruction } from '../../calls/element.ts';
import { promptText } from '../../svaml/fields.ts';

/** Speaks a text. */
export const say = defineInstruction({
  name: 'say',
  places: ['ice', 'ace', 'pie', 'manage'],
  fields: object({ text: optional(promptText), locale: optional(string()) }),
  heard: true,
  run: (turn, { text = '', locale }) =>
    playPrompts(turn, text.trim() === '' ? [] : [{ kind: 'text', text, voice: voiceOf(locale) }]),
});
