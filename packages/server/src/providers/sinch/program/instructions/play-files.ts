import { array, object, optional, string } from '../../../../json-schema/schema.ts';
import { playPrompts } from '../../calls/hearing.ts';
import { voiceOf } from '../../svaml/locale.ts';
import { parsePrompts } from '../../svaml/prompts.ts';
import { defineInstruction } from '../../calls/element.ts';
import { promptText } from '../../svaml/fields.ts';

/** The most prompts of one instruction, in all its ids. */
const maxPrompts = 50;

/** Plays files, texts (`#tts[…]`), SSML (`#ssml[…]`) and URLs, one after the other. */
export const playFiles = defineInstruction({
  name: 'playFiles',
  places: ['ice', 'ace', 'pie', 'manage'],
  fields: object({ ids: array(promptText), locale: optional(string()) }),
  heard: true,
  problem: ({ ids, locale }) => {
    if (locale === undefined && ids.some((id) => /#(?:tts|ssml)\[/i.test(id))) {
      return 'needs a "locale" for #tts[] and #ssml[]';
    }
    let prompts = 0;
    for (const [index, id] of ids.entries()) {
      const parsed = parsePrompts(id, {});
      if (!parsed.ok) return `ids[${index}]: ${parsed.problem}`;
      prompts += parsed.prompts.length;
      if (prompts > maxPrompts) return `ids[${index}]: the ids have more than ${maxPrompts} prompts`;
    }
    return undefined;
  },
  run: (turn, { ids, locale }) =>
    playPrompts(
      turn,
      ids.flatMap((id) => {
        const parsed = parsePrompts(id, voiceOf(locale));
        return parsed.ok ? parsed.prompts : [];
      }),
    ),
});
