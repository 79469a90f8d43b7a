/** The values that a ready event is made with. */
export interface ReadyOccasion {
  /** A UUID for the call that it is about; every id in it follows from this one. */
  readonly call: string;
  /** When it happened. */
  readonly at: Date;
  /** The id of the account that the event belongs to, as the provider writes it. */
  readonly account: string;
}

/** How the provider proves that an event is its own. */
export type EventProof =
  /** It signs the request by a scheme of `@countersign/core`. */
  | { readonly by: 'scheme'; readonly scheme: string }
  /** It sends a token of its own. */
  | { readonly by: 'token'; readonly token: string }
  /** Nothing in the request proves it. */
  | { readonly by: 'nothing'; readonly why: string };

/** An event that a provider sends, made by its own encoders without a call. */
export interface ReadyEvent {
  /** The provider's name of it, and where it has several forms, the form: `CallConnected`, `RecognizeCompleted.speech`. */
  readonly name: string;
  /** When the provider sends it, completing "when …". */
  readonly when: string;
  readonly proof: EventProof;
  /** The headers beside those that prove it. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The body, byte for byte. */
  readonly body: (occasion: ReadyOccasion) => string;
}

/** A private key as a JSON Web Key, which tokens are signed with. */
export interface TokenKey {
  readonly kty: 'RSA';
  readonly kid: string;
  readonly alg: 'RS256';
  readonly [member: string]: unknown;
}

/** The token with which a provider proves its events. */
export interface EventToken {
  /** What it is called, as a scheme would be: `acs-event-token`. */
  readonly id: string;
  readonly title: string;
  /** The audience of the development account. */
  readonly audience: string;
  /** The key pair of the local server; it is public, so anybody can make such tokens. */
  readonly developmentKey: TokenKey;
  /** The issuer that it names. */
  readonly issuer: string;
  /** Where the provider, and the local server, publish the keys. */
  readonly keysPath: string;
  /** Makes the Authorization header of one event: a fresh token. */
  readonly authorization: (audience: string, now: Date, key: TokenKey) => Promise<string>;
}
