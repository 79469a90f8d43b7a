import { checkCredential } from './check-credential.ts';
import { checkPublicKey } from './check-key.ts';
import type { ReceiverRefusalCode } from './errors.ts';
import type { PublicKeyCredential } from './keys/public-key.ts';
import { noOptions } from './option-checks.ts';
import { definePublicKeyScheme, hasPublicKeys, type AnyScheme } from './public-key-scheme.ts';
import { publicPlace } from './public-place.ts';
import type { UnreadRequest } from './raw-body.ts';

import {
  headFromIncoming,
  type FetchRequest,
  type IncomingBody,
  type IncomingRequest,
  type MessageHead,
} from './receive.ts';
import { ofDigest, readingReceiver, receiving, type ReceiveLimits, type ReceiverOptions } from './receiver.ts';
import { defineScheme, type Scheme } from './scheme.ts';
import type { Credential } from './secret.ts';
import type { Verification } from './verify.ts';
import { verifyAsync, type AsyncVerification, type CredentialOf } from './verify-async.ts';

/** What a receiver of requests of one scheme, of either kind, is made of. */
export interface AsyncReceiverOptions<Given extends AnyScheme> extends Omit<ReceiverOptions, 'scheme' | 'credentials'> {
  readonly scheme: Given;
  /** Secrets, or public keys where a private key signs: one, or several while they are rotated. */
  readonly credentials: CredentialOf<Given> | readonly CredentialOf<Given>[];
}

/** The verdict of such a receiver. */
export type ReceivedVerification<Given extends AnyScheme> = AsyncVerification<Given, ReceiverRefusalCode>;

/** Verifies the requests that one server receives: a `Receiver` whose every answer is a promise. */
export interface AsyncReceiver<Given extends AnyScheme> {
  /** As `Receiver.verify`. */
  verify(request: IncomingRequest, body: IncomingBody): Promise<ReceivedVerification<Given>>;
  /** As `Receiver.receive`. */
  receive(
    request: UnreadRequest,
    limits?: ReceiveLimits,
  ): Promise<{ readonly result: ReceivedVerification<Given>; readonly body: Uint8Array }>;
  /** As `Receiver.verifyRequest`. */
  verifyRequest(request: FetchRequest): Promise<ReceivedVerification<Given>>;
}

/**
 * Makes the verifier of a server's requests by any scheme, also one whose signatures are verified with a public key.
 * Everything else is as `receiver` has it.
 *
 *     const webhooks = asyncReceiver({ scheme: telnyx, credentials: { publicKey: new PublicKey(process.env.KEY) } });
 *     const { result, body } = await webhooks.receive(request);
 *
 * @throws as `receiver`; and CountersignError `key/kind` when a public key is of another kind than the scheme's
 */
export function asyncReceiver<Given extends AnyScheme>(options: AsyncReceiverOptions<Given>): AsyncReceiver<Given> {
  publicPlace(options);
  const scheme = checkedScheme(options.scheme);
  const credentials = checkedCredentials(scheme, options.credentials);
  const { verdictOf, told } = receiving(scheme, options);
  const judge = async (head: MessageHead, body: IncomingBody): Promise<Verification<ReceiverRefusalCode>> => {
    const { message, given } = verdictOf(head, body);
    if ('code' in message) return message;
    try {
      // Credentials of either kind, checked above; the types below say which.
      return (await verifyAsync(scheme, credentials as never, message, given)) as Verification;
    } catch (error) {
      return ofDigest(error);
    }
  };
  const { receive, verifyRequest } = readingReceiver(judge, told);
  const verifying: AnyReceiver = {
    async verify(request, body) {
      const head = headFromIncoming(request);
      return told(await judge(head, body), head);
    },
    receive,
    verifyRequest,
  };
  return verifying as unknown as AsyncReceiver<Given>;
}

/** The same without the kind of its credentials. */
type AnyReceiver = AsyncReceiver<Scheme>;

/**
 * Verifies a Fetch API `Request` by any scheme, as `verifyRequest` does by those with a shared secret.
 *
 *     const result = await verifyRequestAsync(telnyx, { publicKey }, request);
 *     if (!result.ok) return new Response(null, { status: 401 });
 *
 * @throws as `asyncReceiver` does; all as a rejection, and nothing that is sent causes it
 */
export async function verifyRequestAsync<Given extends AnyScheme>(
  scheme: Given,
  credentials: AsyncReceiverOptions<Given>['credentials'],
  request: FetchRequest,
  options: Omit<AsyncReceiverOptions<Given>, 'scheme' | 'credentials'> = noOptions,
): Promise<ReceivedVerification<Given>> {
  return asyncReceiver({ ...options, scheme, credentials }).verifyRequest(request);
}

function checkedScheme(scheme: AnyScheme): AnyScheme {
  if (typeof scheme !== 'object' || scheme === null) {
    throw new TypeError('scheme must be a scheme, such as telnyx of @countersign/core/schemes/telnyx');
  }
  return hasPublicKeys<Scheme>(scheme) ? definePublicKeyScheme(scheme) : defineScheme(scheme);
}

function checkedCredentials(scheme: AnyScheme, given: unknown): readonly Credential[] | readonly PublicKeyCredential[] {
  const credentials = (Array.isArray(given) ? [...given] : [given]) as readonly (Credential & PublicKeyCredential)[];
  if (credentials.length === 0) throw new TypeError('credentials must be at least one credential: the list is empty');
  for (const credential of credentials) {
    if (hasPublicKeys<Scheme>(scheme)) checkPublicKey(scheme, credential);
    else checkCredential(scheme, credential);
  }
  return credentials;
}
