import type { PrivateKey } from '@countersign/core/private-key';
import type { PublicKey } from '@countersign/core/public-key';
import type { PublicKeyScheme } from '@countersign/core/public-key-scheme';
import type { Scheme } from '@countersign/core/scheme';
import type { Credential } from '@countersign/core/secret';
import type { EventToken, TokenKey } from '@countersign/server/ready-events';
import type { WholeMessage } from '../requests/signed-message.ts';

/** Whoever proves requests: the right ones, and the reference by which an attacker's are judged. */
export interface Prover {
  /** A scheme's id, or a token's. */
  readonly id: string;
  /** The lower-case name of the header that carries the proof; empty where a parameter does. */
  readonly proofHeader: string;
  /** The parameter of the form or query that carries it in place of a header. */
  readonly proofParameter: string | undefined;
  /** The signature as it was written, where there is one. */
  readonly signatureOf: (message: WholeMessage) => string | undefined;
  /** The message with its proof, as if made at that time. */
  readonly prove: (unsigned: WholeMessage, at: Date) => Promise<WholeMessage>;
  /** Whether it is a rightly proved request by all that the scheme or token says, at that time. */
  readonly judge: (message: WholeMessage, now: Date) => Promise<boolean>;
  /** The headers that the proof covers, lower case. */
  readonly coveredHeaders: (message: WholeMessage, now: Date) => readonly string[];
  /** Whether a repeat can be told from a new request by the proof. */
  readonly tellsRepeats: boolean;
  /** How long a request is fresh, in seconds; `undefined` where it is for ever. */
  readonly freshSeconds: number | undefined;
  /** What makes a further request with the same body another one: of a body alone it is the body. */
  readonly toldApartBy: 'nonce' | 'milliseconds' | 'seconds' | 'body';
  readonly by: SchemeProof | KeyPairProof | TokenProof;
}

/** What attacks on signatures are made with. */
export interface SchemeProof {
  readonly kind: 'scheme';
  readonly scheme: Scheme;
  readonly credential: Credential;
  /** Signs with any credential, as if at that time. */
  readonly sign: (unsigned: WholeMessage, credential: Credential, at: Date) => WholeMessage;
}

/** What attacks on signatures by a private key are made with. */
export interface KeyPairProof {
  readonly kind: 'key pair';
  readonly scheme: PublicKeyScheme;
  readonly publicKey: PublicKey;
  /** What is signed in a proved message. */
  readonly stringToSign: (message: WholeMessage, now: Date) => Promise<Uint8Array | undefined>;
  /** Signs with any private key, as if at that time. */
  readonly sign: (unsigned: WholeMessage, privateKey: PrivateKey, at: Date) => Promise<WholeMessage>;
  /** A key of the same kind that nobody trusts. */
  readonly other: () => Promise<PrivateKey>;
}

/** What attacks on tokens are made with. */
export interface TokenProof {
  readonly kind: 'token';
  readonly token: EventToken;
  readonly audience: string;
  readonly key: TokenKey;
}
