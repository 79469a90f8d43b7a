import { array, object, optional, string } from '../../../json-schema/schema.ts';

const closed = { additionalProperties: false } as const;

/** Whose bearer tokens an ACS resource takes. */
export const entraIssuer = object(
  {
    issuer: string({ pattern: '^https?://', description: 'The `iss` of its tokens.' }),
    audience: optional(
      string({ minLength: 1, description: 'The `aud` of its tokens. https://communication.azure.com.' }),
    ),
    jwksUrl: optional(
      string({
        pattern: '^https?://',
        description: 'Where its keys are. By default where `.well-known/openid-configuration` of the issuer says.',
      }),
    ),
  },
  { ...closed, description: 'The Entra ID tenant, or what stands for it, whose bearer tokens are taken.' },
);

/** Where Event Grid sends what happens in an ACS resource. */
export const eventGridSubscriptions = array(
  object(
    {
      endpoint: string({ pattern: '^https?://', description: 'The webhook that the events are sent to.' }),
      includedEventTypes: optional(
        array(string({ pattern: '^Microsoft\\.Communication\\.[A-Za-z]+$' }), {
          minItems: 1,
          description: 'The types of events that it takes, such as Microsoft.Communication.SMSReceived. All of them.',
        }),
      ),
    },
    closed,
  ),
  { description: 'Event Grid subscriptions: each is validated, and gets the events that it takes.' },
);

/** The users for whom an ACS resource answers. */
export const users = array(string({ pattern: '^8:[a-z-]*acs:.+' }), {
  description: 'Users of Communication Services whose calls the application answers, by their raw ids.',
});
