import { Type } from 'typebox';
import { promptText } from './fields.ts';

/** A menu: its prompts, how often it is repeated, how long it waits, and what its keys do. */
export const menu = Type.Object({
  id: Type.String({ minLength: 1 }),
  mainPrompt: Type.Optional(promptText),
  repeatPrompt: Type.Optional(promptText),
  repeats: Type.Optional(Type.Integer({ minimum: 0 })),
  maxDigits: Type.Optional(Type.Integer({ minimum: 1 })),
  timeoutMills: Type.Optional(Type.Integer({ minimum: 1 })),
  maxTimeoutMills: Type.Optional(Type.Integer({ minimum: 1 })),
  options: Type.Optional(
    Type.Array(Type.Object({ dtmf: Type.String({ pattern: '^[0-9*#]+$' }), action: Type.String() })),
  ),
});

/** The fields of `runMenu`. */
export const runMenuFields = Type.Object({
  barge: Type.Optional(Type.Boolean()),
  locale: Type.Optional(Type.String()),
  mainMenu: Type.Optional(Type.String()),
  enableVoice: Type.Optional(Type.Boolean()),
  menus: Type.Array(menu, { minItems: 1 }),
});

/** A menu of `runMenu`. */
export type Menu = Type.Static<typeof menu>;

/** What `runMenu` says. */
export type RunMenu = Type.Static<typeof runMenuFields>;
