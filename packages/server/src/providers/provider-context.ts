import type { Account } from '../accounts.ts';
import type { CallClock } from '../switchboard/clock.ts';
import type { Switchboard } from '../switchboard/switchboard.ts';

/** What the server gives every provider. All of it is injected: two servers in one process share nothing. */
export interface ProviderContext {
  readonly switchboard: Switchboard;
  readonly clock: CallClock;
  /** The wall clock: signatures, tokens and their freshness. */
  readonly wallNow: () => Date;
  /** A fresh UUID (version 4 shape) from the server's source of randomness. */
  readonly newId: () => string;
  readonly accounts: readonly Account[];
  /** The server's own base URL, for example `http://localhost:7509`; known once it listens. */
  readonly serverUrl: () => string;
  /** Refuse the deviations of official SDKs that are otherwise tolerated and shown. */
  readonly strict: boolean;
  /** Insist on https callback URLs, as Azure does; otherwise http is accepted to loopback and private addresses. */
  readonly strictCallbacks: boolean;
  /** Faults switched on by the control API, by name: for example `speech`, `media`, `callbacks`. */
  readonly fault: (name: string) => FaultSetting | undefined;
}

/** A fault that a developer switched on. */
export interface FaultSetting {
  readonly name: string;
  readonly status?: number;
  readonly code?: string;
}
