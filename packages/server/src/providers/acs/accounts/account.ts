import { developmentAccount } from '@countersign/core/development-account';
import { type Credential, Secret } from '@countersign/core/secret';
import { array, literal, object, optional, string, type Static } from '../../../json-schema/schema.ts';
import { listedNumber, secretSource } from '../../listed-account.ts';
import type { AccountKind } from '../../plug.ts';
import { entraIssuer, eventGridSubscriptions, users } from './account-choices.ts';

/** An ACS resource: its immutable id (the `aud` of event tokens), its access keys and the numbers it owns. */
export interface AcsAccount {
  readonly provider: 'acs';
  readonly resourceId: string;
  /** The host that selects this account among several; a request names no key. Unset for the development account. */
  readonly host?: string;
  /** Primary and secondary. Either signs. */
  readonly credentials: readonly Credential[];
  readonly numbers: readonly string[];
  /** Users whose calls the application answers, by their raw ids: `8:acs:…`. */
  readonly users?: readonly string[];
  /** Where incoming calls and recordings that are ready are reported, by Event Grid. */
  readonly eventGridEndpoint?: string;
  /** Further Event Grid subscriptions. */
  readonly eventGridSubscriptions?: readonly EventGridSubscription[];
  /** Whose bearer tokens it takes; none but those of the development issuer, and those for the development account alone, unless set. */
  readonly entra?: EntraIssuer;
}

/** Whose bearer tokens an ACS resource takes: a tenant of Microsoft Entra ID, or whatever stands for one. */
export type EntraIssuer = Readonly<Static<typeof entraIssuer>>;

/** An Event Grid subscription of an ACS resource. */
export type EventGridSubscription = Readonly<Static<typeof eventGridSubscriptions>[number]>;

const listed = object(
  {
    provider: literal('acs'),
    resourceId: string({ minLength: 1, description: 'The immutable resource id, the `aud` of event tokens.' }),
    host: optional(
      string({
        minLength: 1,
        description:
          'The host of its endpoint: a Host that requests may have, and that selects this account for the diagnosis of refusals.',
      }),
    ),
    keys: object({ primary: secretSource, secondary: optional(secretSource) }, { additionalProperties: false }),
    numbers: optional(array(listedNumber)),
    users: optional(users),
    eventGridEndpoint: optional(
      string({ pattern: '^https?://', description: 'Where incoming calls and recordings are reported.' }),
    ),
    eventGridSubscriptions: optional(eventGridSubscriptions),
    entra: optional(entraIssuer),
  },
  { additionalProperties: false, description: 'An Azure Communication Services resource.' },
);

/** An ACS resource as the configuration lists it. */
export type ListedAcsAccount = Static<typeof listed>;

/** What the server knows of ACS resources. */
export const acsAccount: AccountKind<AcsAccount, ListedAcsAccount> = {
  title: 'ACS resource',
  idMember: 'resourceId',
  schema: listed,
  async read({ keys, numbers = [], ...others }, readSecret) {
    const credentials: Credential[] = [];
    for (const name of ['primary', 'secondary'] as const) {
      const source = keys[name];
      if (source) credentials.push({ name, secret: await readSecret(source, `/keys/${name}`) });
    }
    return { ...others, credentials, numbers };
  },
  development: developmentAcsAccount,
  id: ({ resourceId }) => resourceId,
  credentials: ({ credentials }) => credentials,
  host: ({ host }) => host,
};

/** The ACS resource of the development account. Any number may call or be called; it owns `+12065550100`. */
function developmentAcsAccount(): AcsAccount {
  const { resourceId, accessKey, number } = developmentAccount.acs;
  return {
    provider: 'acs',
    resourceId,
    credentials: [{ secret: new Secret(accessKey, 'base64'), name: 'development' }],
    numbers: [number],
  };
}

/** Whether an ACS resource is the public one. */
export function isDevelopmentResource({ resourceId }: AcsAccount): boolean {
  return resourceId === developmentAccount.acs.resourceId;
}
