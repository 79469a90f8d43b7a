import { array, number, object, optional, string, type Static } from '../../json-schema/schema.ts';

/** Something that a party heard. Times are milliseconds on the call clock. */
const heardView = object({
  call: string({ description: 'Where it sounded; the room of a conference is a call of its own.' }),
  leg: string(),
  to: string({ description: 'Who heard it: a number, a user, a SIP address.' }),
  from: optional(string({ description: 'Which party said it; absent for what the application played.' })),
  text: string({
    description:
      'What was said, or the keys. What has no words is named in brackets: `[http://…/menu.wav]`, `[hold music music1]`.',
  }),
  startedAtMs: number(),
  endedAtMs: optional(number({ description: 'When it ended or was cut short; absent while it sounds.' })),
  substituted: optional(
    object({ asked: string(), used: string() }, { description: 'Another voice spoke than was asked for.' }),
  ),
});
/** Something that a party heard, as text. */
export type Heard = Static<typeof heardView>;

/** What parties heard, first to last. */
export const heardList = object({ heard: array(heardView) });
