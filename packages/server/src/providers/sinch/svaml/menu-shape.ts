import { array, boolean, integer, object, optional, string, union, type Static } from '../../../json-schema/schema.ts';
import { promptText } from './fields.ts';

/** The keys of an option; Sinch's own example writes them as a number. */
const optionKeys = union([string({ pattern: '^[0-9*#]+$' }), integer({ minimum: 0 })]);

/** A menu: its prompts, how often it is repeated, how long it waits, and what its keys do. */
const menu = object({
  id: string({ minLength: 1 }),
  mainPrompt: optional(promptText),
  repeatPrompt: optional(promptText),
  repeats: optional(integer({ minimum: 0 })),
  maxDigits: optional(integer({ minimum: 1 })),
  timeoutMills: optional(integer({ minimum: 1 })),
  maxTimeoutMills: optional(integer({ minimum: 1 })),
  options: optional(array(object({ dtmf: optionKeys, action: string() }))),
});

/** The fields of `runMenu`. */
export const runMenuFields = object({
  barge: optional(boolean()),
  locale: optional(string()),
  mainMenu: optional(string()),
  enableVoice: optional(boolean()),
  menus: array(menu, { minItems: 1 }),
});

/** A menu of `runMenu`. */
export type Menu = Static<typeof menu>;

/** What `runMenu` says. */
export type RunMenu = Static<typeof runMenuFields>;
