import { Type } from 'typebox';

const cloud = Type.Optional(Type.Enum(['public', 'dod', 'gcch']));

/** `PhoneNumberIdentifierModel`: `{ "value": "+12065550100" }`. */
export const phoneNumber = Type.Object({
  value: Type.String({ minLength: 1 }),
  isAnonymous: Type.Optional(Type.Boolean()),
  assertedId: Type.Optional(Type.String()),
});

/** `CommunicationUserIdentifierModel`: `{ "id": "8:acs:…" }`. */
export const communicationUser = Type.Object({ id: Type.String({ minLength: 1 }) });

/** `CommunicationIdentifierModel`: at most one of its typed members; `kind` and `rawId` are optional in requests. */
export const identifier = Type.Object({
  kind: Type.Optional(
    Type.Enum([
      'unknown',
      'communicationUser',
      'phoneNumber',
      'microsoftTeamsUser',
      'microsoftTeamsApp',
      'teamsExtensionUser',
    ]),
  ),
  rawId: Type.Optional(Type.String()),
  communicationUser: Type.Optional(communicationUser),
  phoneNumber: Type.Optional(phoneNumber),
  microsoftTeamsUser: Type.Optional(
    Type.Object({ userId: Type.String({ minLength: 1 }), isAnonymous: Type.Optional(Type.Boolean()), cloud }),
  ),
  microsoftTeamsApp: Type.Optional(Type.Object({ appId: Type.String({ minLength: 1 }), cloud })),
  teamsExtensionUser: Type.Optional(
    Type.Object({
      userId: Type.String({ minLength: 1 }),
      tenantId: Type.String({ minLength: 1 }),
      resourceId: Type.String({ minLength: 1 }),
      cloud,
    }),
  ),
});
