import type { Credential } from '@countersign/core/secret';
import type { StoreBound } from '../bounded/bounds.ts';
import type { Account } from '../contract/account.ts';
import type { FaultTable } from '../contract/fault.ts';
import type { Provider } from '../contract/provider.ts';
import type { Schema } from '../json-schema/schema.ts';
import type { ReadSecret } from './listed-account.ts';
import type { ProviderContext } from './provider-context.ts';
import type { EventToken, ReadyEvent } from './ready-event.ts';

declare const types: unique symbol;

/** The types that a provider brings along. */
export interface PlugTypes {
  readonly name: string;
  readonly account: Account;
  /** An account as the configuration lists it. */
  readonly listed: unknown;
  /** What the configuration can choose about the provider. */
  readonly options: unknown;
  /** The environment variables that reach its development account. */
  readonly environment: Readonly<Record<string, string>>;
  /** What the body of a callback says. */
  readonly callback: unknown;
}

/**
 * A provider, as the server plugs it in: everything that the rest of the server knows of it. `plugs.ts` lists them; no
 * other file outside of the provider's folder names it.
 */
export interface ProviderPlug<Types extends PlugTypes = PlugTypes> {
  /** Also the `provider` of its accounts, calls and exchanges, and the member of the configuration with its options. */
  readonly name: Types['name'];
  /** Its name in lists and messages: short. */
  readonly title: string;
  /** The service that it behaves like, in full. */
  readonly product: string;
  /** Where its operations are, for people: `/calling/…`. */
  readonly paths: string;
  /** The ids of the schemes of `@countersign/core` that its requests are signed with. */
  readonly schemes: readonly string[];
  readonly account: AccountKind<Types['account'], Types['listed']>;
  /** What it keeps outside of calls, by the names of `docs/limits.md`, and how much of it at most. */
  readonly bounds: Readonly<Record<string, StoreBound>>;
  /** The faults that it can be told to have; no other provider has one of these names. */
  readonly faults: FaultTable;
  /** The schema of the provider's options. */
  readonly options: Schema<Types['options']>;
  /** Host names that its options give the server, besides those of the accounts. */
  names?(options: Types['options']): readonly string[];
  /** How its development account is reached on a server at that base URL. */
  development(serverUrl: string): DevelopmentAccess<Types['environment']>;
  /** Its events, ready to be sent to somebody's endpoint; loaded when they are asked for. */
  readonly events: () => Promise<readonly ReadyEvent[]>;
  /** The token that proves its events, where one does. */
  readonly eventToken?: EventToken;
  /** Makes the provider. Paths in the options are relative to `directory`. */
  create(
    context: ProviderContext<Types['account']>,
    options: Types['options'] | undefined,
    directory: string,
  ): Provider<any>;
  /** Never set: it only carries the types for the compiler. */
  readonly [types]?: Types;
}

/** The types of a plug. */
export type TypesOf<Plug> = Plug extends { readonly [types]?: infer Types extends PlugTypes } ? Types : never;

/** What is known of a provider's accounts. */
export interface AccountKind<A extends Account = Account, Listed = unknown> {
  /** What an account is called: `ACS resource`. */
  readonly title: string;
  /** The member of a listed account that identifies it. */
  readonly idMember: string;
  /** The schema of an account that the configuration lists; its `provider` is the plug's name. */
  readonly schema: Schema<Listed>;
  /** Makes an account of what the configuration lists. */
  read(listed: Listed, readSecret: ReadSecret): Promise<A>;
  /** The public account, which every server has unless it is switched off. */
  development(): A;
  id(account: A): string;
  /** What signs its requests. */
  credentials(account: A): readonly Credential[];
  /** The name of its endpoint, which is a name of the server. */
  host?(account: A): string | undefined;
  /** The account's own callback URLs, for callbacks whose request names none. */
  callbacks?(account: A): { readonly primary?: string; readonly fallback?: string };
}

/** How a provider's development account is reached. All of it is public. */
export interface DevelopmentAccess<
  Environment extends Readonly<Record<string, string>> = Readonly<Record<string, string>>,
> {
  /** The id of the account. */
  readonly account: string;
  /** A number that it owns, in E.164 form. */
  readonly number: string;
  /** The environment variables with which official SDKs and the command line reach it. */
  readonly environment: Environment;
  /** What signs its requests: the key id where the scheme has one, and the key as its text, encoded as the scheme says. */
  readonly signing: { readonly scheme: string; readonly keyId?: string; readonly secret: string };
  /** For people to copy, in order. */
  readonly credentials: readonly { readonly title: string; readonly value: string }[];
  readonly snippets: readonly Snippet[];
  /** A call that one request places and that speaks by itself; absent where a provider needs more than one. */
  readonly spokenCall?: SpokenCall;
}

/** A request that calls a number and speaks to it, without the signature. */
export interface SpokenCall {
  /** From the server's root. It is sent with `POST`. */
  readonly path: string;
  /** JSON. The number that is called is written `{{callee}}`. */
  readonly body: string;
}

/** Code that calls a number on this server. */
export interface Snippet {
  /** The client that it is for: `Azure SDK, Python`. One snippet of a title. */
  readonly title: string;
  /** What to do first, when there is something. */
  readonly before?: string;
  /** The number that is called is written `{{callee}}`. */
  readonly code: string;
}
