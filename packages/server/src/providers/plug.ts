import type { EventToken, ReadyEvent } from './ready-event.ts';

/** The credentials of a provider's development account, as people copy them. */
export interface ShownCredential {
  /** For example `ACS connection string`. */
  readonly title: string;
  readonly value: string;
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

/** How a provider's development account is reached on a server at that URL. All of it is public. */
export interface DevelopmentAccess {
  /** The id of the account. */
  readonly account: string;
  /** A number that it owns, in E.164 form. */
  readonly number: string;
  /** The environment variables with which official SDKs and the command line reach it. */
  readonly environment: Readonly<Record<string, string>>;
  /** What signs its requests: the key id where the scheme has one, and the key as its text, encoded as the scheme says. */
  readonly signing: { readonly scheme: string; readonly keyId?: string; readonly secret: string };
  readonly credentials: readonly ShownCredential[];
  readonly snippets: readonly Snippet[];
}

/** A provider, as the server plugs it in: everything that the rest of the server knows of it. */
export interface ProviderPlug {
  /** Also the `provider` of its accounts, calls and exchanges. */
  readonly name: string;
  /** Its name in lists and messages: short. */
  readonly title: string;
  /** The service that it behaves like, in full. */
  readonly product: string;
  /** What an account of it is called. */
  readonly accountTitle: string;
  /** The ids of the schemes of `@countersign/core` that its requests are signed with. */
  readonly schemes: readonly string[];
  /** How its development account is reached on a server at that base URL. */
  readonly development: (serverUrl: string) => DevelopmentAccess;
  /** Its events, ready to be sent to somebody's endpoint; loaded when they are asked for. */
  readonly events: () => Promise<readonly ReadyEvent[]>;
  /** The token that proves its events, where one does. */
  readonly eventToken?: EventToken;
}
