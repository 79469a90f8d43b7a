import { integer, object, optional, string } from '../../../../json-schema/schema.ts';
import { startParking } from '../../calls/parking.ts';
import { parsePrompts } from '../../svaml/prompts.ts';
import { defineAction } from '../../calls/element.ts';
import { promptText } from '../../svaml/fields.ts';

/** Parks the call: the party hears a prompt over and over, until a request takes the call back or time is up. */
export const park = defineAction({
  name: 'park',
  places: ['ice', 'manage'],
  fields: object({
    locale: optional(string()),
    introPrompt: optional(promptText),
    holdPrompt: optional(promptText),
    maxDuration: optional(integer({ minimum: 1, maximum: 600 })),
  }),
  problem: ({ introPrompt = '', holdPrompt = '' }) => {
    for (const [name, prompt] of Object.entries({ introPrompt, holdPrompt })) {
      const parsed = parsePrompts(prompt, {});
      if (!parsed.ok) return `${name}: ${parsed.problem}`;
    }
    return undefined;
  },
  run: (turn, action) => startParking(turn, action),
});
