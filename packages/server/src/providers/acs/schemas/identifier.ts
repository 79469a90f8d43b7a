import { boolean, choice, object, optional, string } from '../../../json-schema/schema.ts';

const cloud = optional(choice(['public', 'dod', 'gcch']));

/** `PhoneNumberIdentifierModel`: `{ "value": "+12065550100" }`. */
export const phoneNumber = object({
  value: string({ minLength: 1 }),
  isAnonymous: optional(boolean()),
  assertedId: optional(string()),
});

/** `CommunicationUserIdentifierModel`: `{ "id": "8:acs:…" }`. */
export const communicationUser = object({ id: string({ minLength: 1 }) });

/** `CommunicationIdentifierModel`: at most one of its typed members; `kind` and `rawId` are optional in requests. */
export const identifier = object({
  kind: optional(
    choice([
      'unknown',
      'communicationUser',
      'phoneNumber',
      'microsoftTeamsUser',
      'microsoftTeamsApp',
      'teamsExtensionUser',
    ]),
  ),
  rawId: optional(string()),
  communicationUser: optional(communicationUser),
  phoneNumber: optional(phoneNumber),
  microsoftTeamsUser: optional(object({ userId: string({ minLength: 1 }), isAnonymous: optional(boolean()), cloud })),
  microsoftTeamsApp: optional(object({ appId: string({ minLength: 1 }), cloud })),
  teamsExtensionUser: optional(
    object({
      userId: string({ minLength: 1 }),
      tenantId: string({ minLength: 1 }),
      resourceId: string({ minLength: 1 }),
      cloud,
    }),
  ),
});
