import type { Credential } from '@countersign/core/secret';

/** An ACS resource: its immutable id (the `aud` of event tokens), its access keys and the numbers it owns. */
export interface AcsAccount {
  readonly provider: 'acs';
  readonly resourceId: string;
  /** The host that selects this account among several; a request names no key. Unset for the development account. */
  readonly host?: string;
  /** Primary and secondary. Either signs. */
  readonly credentials: readonly Credential[];
  readonly numbers: readonly string[];
  /** Where Event Grid events go: incoming calls, recordings that are ready. Without it none are sent. */
  readonly eventGridEndpoint?: string;
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
