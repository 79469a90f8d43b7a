import { developmentAccount } from '@countersign/core/development-account';
import { type Credential, Secret } from '@countersign/core/secret';
import { array, literal, object, optional, string, type Static } from '../../../json-schema/schema.ts';
import { listedNumber, secretSource } from '../../listed-account.ts';
import type { AccountKind } from '../../plug.ts';

/** A Sinch Voice application: its key and secret, its numbers and its callback URLs. */
export interface SinchAccount {
  readonly provider: 'sinch';
  readonly applicationKey: string;
  readonly credential: Credential;
  readonly numbers: readonly string[];
  readonly callbacks: { readonly primary?: string; readonly fallback?: string };
}

const closed = { additionalProperties: false } as const;
const url = string({ pattern: '^https?://' });

const listed = object(
  {
    provider: literal('sinch'),
    applicationKey: string({ minLength: 1 }),
    applicationSecret: secretSource,
    numbers: optional(array(listedNumber)),
    callbacks: optional(object({ primary: optional(url), fallback: optional(url) }, closed)),
  },
  { ...closed, description: 'A Sinch Voice application.' },
);

/** A Sinch application as the configuration lists it. */
export type ListedSinchAccount = Static<typeof listed>;

/** What the server knows of Sinch applications. */
export const sinchAccount: AccountKind<SinchAccount, ListedSinchAccount> = {
  title: 'Sinch application',
  idMember: 'applicationKey',
  schema: listed,
  async read({ applicationKey, applicationSecret, numbers = [], callbacks = {} }, readSecret) {
    const secret = await readSecret(applicationSecret, '/applicationSecret');
    return { provider: 'sinch', applicationKey, credential: { keyId: applicationKey, secret }, numbers, callbacks };
  },
  development: developmentSinchAccount,
  id: ({ applicationKey }) => applicationKey,
  credentials: ({ credential }) => [credential],
  callbacks: ({ callbacks }) => callbacks,
};

/** The Sinch application of the development account. It owns `+12065550150`. */
function developmentSinchAccount(): SinchAccount {
  const { applicationKey, applicationSecret, number } = developmentAccount.sinch;
  return {
    provider: 'sinch',
    applicationKey,
    credential: { keyId: applicationKey, secret: new Secret(applicationSecret, 'base64'), name: 'development' },
    numbers: [number],
    callbacks: {},
  };
}
