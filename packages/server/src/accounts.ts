import type { Credential, Secret } from '@countersign/core/secret';

/** Whose bearer tokens an ACS resource takes: a tenant of Microsoft Entra ID, or whatever stands for one. */
export interface EntraIssuer {
  /** The `iss` of its tokens, for example `https://login.microsoftonline.com/{tenant}/v2.0`. */
  readonly issuer: string;
  /** The `aud` of its tokens; `https://communication.azure.com` unless said. */
  readonly audience?: string;
  /** Where its keys are; unless said, where its OpenID metadata says. */
  readonly jwksUrl?: string;
}

/** An Event Grid subscription of an ACS resource. */
export interface EventGridSubscription {
  readonly endpoint: string;
  /** For example `Microsoft.Communication.IncomingCall`; every type unless said. */
  readonly includedEventTypes?: readonly string[];
}

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
  /** Where else Event Grid sends what. */
  readonly eventGridSubscriptions?: readonly EventGridSubscription[];
  /** Whose bearer tokens it takes; none but those of the development issuer, and those for the development account alone, unless set. */
  readonly entra?: EntraIssuer;
}

/** A Sinch Voice application: its key and secret, its numbers and its callback URLs. */
export interface SinchAccount {
  readonly provider: 'sinch';
  readonly applicationKey: string;
  readonly credential: Credential;
  readonly numbers: readonly string[];
  readonly callbacks: { readonly primary?: string; readonly fallback?: string };
}

export type Account = AcsAccount | SinchAccount;

/** The keys of accounts, whichever provider's they are. */
export function keysOf(accounts: readonly Account[]): Secret[] {
  return accounts
    .flatMap((account) => (account.provider === 'acs' ? account.credentials : [account.credential]))
    .map(({ secret }) => secret);
}
