import { object, optional, string, type Static } from '../../../json-schema/schema.ts';
import { entraIssuer, eventGridSubscriptions, users } from './account-choices.ts';

/** What the configuration can choose about the ACS provider. */
export const acsOptions = object(
  {
    eventGridEndpoint: optional(
      string({
        pattern: '^https?://',
        description: "Where the development account's incoming calls and recordings are reported.",
      }),
    ),
    eventGridSubscriptions: optional(eventGridSubscriptions),
    users: optional(users),
    recordingHost: optional(
      string({
        pattern: '^[a-z0-9-]+(\\.[a-z0-9-]+)*$',
        description:
          'The name under which recordings are to be had, such as countersign.asm.skype.com: some SDKs download from such hosts only, over https. It must lead to this server (a hosts entry), which answers to it.',
      }),
    ),
    entra: optional(entraIssuer),
  },
  {
    additionalProperties: false,
    description: 'Choices about the ACS provider; those about an account are about the development account.',
  },
);

export type AcsOptions = Static<typeof acsOptions>;
