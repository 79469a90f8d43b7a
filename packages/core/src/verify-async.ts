import { AcceptedRequest, type Match } from './accepted.ts';
import { bytesOf, utf8 } from './canonical/byte-encoding.ts';
import { checkPublicKey } from './check-key.ts';
import { checkBody } from './content-digest.ts';
import type { RefusalCode } from './errors.ts';
import { checkFreshness } from './freshness.ts';
import type { PublicKeyCredential } from './keys/public-key.ts';
import { readSignature } from './keys/signature-text.ts';
import type { Message } from './message.ts';
import { noOptions } from './option-checks.ts';
import { hasPublicKeys, keyKindOf, type AnyScheme, type PublicKeyScheme } from './public-key-scheme.ts';
import type { Deviation } from './request-rules.ts';
import type { Scheme } from './scheme.ts';
import type { Credential } from './secret.ts';
import {
  checkAlgorithm,
  deviantStringToSign,
  mayBeKey,
  readSigned,
  refuse,
  refuseUnknownKey,
  type SignedRequest,
} from './signed-request.ts';
import { toleratedDeviations } from './tolerated-deviations.ts';
import { verify, type Verification } from './verify.ts';
import { checkVerifyOptions, type VerifyOptions } from './verify-options.ts';

/** What a scheme's requests are verified with: a secret, or a public key. */
export type CredentialOf<Given extends AnyScheme> = Given extends PublicKeyScheme ? PublicKeyCredential : Credential;

/** The verdict on a request of a scheme of either kind. */
export type AsyncVerification<Given extends AnyScheme, Code = RefusalCode> = Verification<Code, CredentialOf<Given>>;

/**
 * Verifies a signed message as `verify` does, by schemes whose signatures are verified with a public key as well; it takes
 * those with a shared secret too. The refusals are the same: `signature/malformed` says what a signature of that key would
 * be, and no refusal tells of more than the request and public keys.
 *
 * @param credentials one, or several while keys are rotated, or for several accounts; the result says which matched
 * @returns the verdict, as a promise because runtimes other than Node verify such signatures by WebCrypto
 * @throws all that `verify` throws, as a rejection; and CountersignError `key/kind` when a public key is of another kind than
 * the scheme's, `key/unsupported` when the WebCrypto of the runtime does not know such keys. Nothing that a sender does makes
 * it reject.
 */
export async function verifyAsync<Given extends AnyScheme>(
  scheme: Given,
  credentials: CredentialOf<Given> | readonly CredentialOf<Given>[],
  message: Message,
  options: VerifyOptions = noOptions,
): Promise<AsyncVerification<Given>> {
  const result = hasPublicKeys<Scheme>(scheme)
    ? await verifyByPublicKey(
        scheme,
        credentials as PublicKeyCredential | readonly PublicKeyCredential[],
        message,
        options,
      )
    : verify(scheme, credentials as Credential | readonly Credential[], message, options);
  return result as AsyncVerification<Given>;
}

async function verifyByPublicKey(
  scheme: PublicKeyScheme,
  credentials: PublicKeyCredential | readonly PublicKeyCredential[],
  message: Message,
  options: VerifyOptions,
): Promise<Verification<RefusalCode, PublicKeyCredential>> {
  const tolerated = toleratedDeviations(scheme, options.tolerate);
  checkVerifyOptions(options);
  const candidates = (Array.isArray(credentials) ? credentials : [credentials]) as readonly PublicKeyCredential[];
  for (const credential of candidates) checkPublicKey(scheme, credential);
  checkBody(message.body);
  const request = readSigned(scheme, message, options);
  if ('ok' in request) return request;
  const { claims, exact } = request;
  const keys = candidates.filter(({ keyId }) => mayBeKey(scheme, claims, keyId));
  if (keys.length === 0) return refuseUnknownKey(request);

  const unfit = checkAlgorithm(request, scheme.publicKey.algorithm);
  if (unfit) return refuse(request, unfit.code, unfit.summary);
  const received = receivedSignatures(request);
  if ('problem' in received)
    return refuse(
      request,
      'signature/malformed',
      `the signature is ${received.problem} (${scheme.publicKey.algorithm})`,
    );
  const match = await matchSignature(request, keys, received, bytesOf(exact), tolerated);
  if (!match)
    return refuse(request, 'signature/mismatch', 'the signature is not that of this request under any key given');

  const stale = checkFreshness(scheme, claims, options);
  if (stale) return refuse(request, stale.code, stale.summary);
  const { publicKey: key } = match.credential;
  return new AcceptedRequest({ request, match, key, fingerprint, pinnedHeaders: options.furtherHeaders ?? [] });
}

/** A public key is no secret, so its own fingerprint stands for it. */
function fingerprint({ publicKey }: PublicKeyCredential): Uint8Array {
  return utf8.encode(publicKey.fingerprint);
}

/** A signature as it was received, and its bytes. */
interface ReceivedSignature {
  readonly text: string;
  readonly bytes: Uint8Array;
}

/** Whoever rotates keys sends a few; what is sent beyond that costs no time. */
const mostSignatures = 16;

/** The signatures that can be read, of those that the request carries; else what is wrong with the first. */
function receivedSignatures({
  scheme,
  claims,
}: SignedRequest<PublicKeyScheme>): readonly ReceivedSignature[] | { readonly problem: string } {
  const texts = [claims.signature, ...(claims.otherSignatures ?? [])].slice(0, mostSignatures);
  const readable: ReceivedSignature[] = [];
  let problem: string | undefined;
  for (const text of texts) {
    const bytes = readSignature(keyKindOf(scheme), scheme.publicKey, text);
    if ('problem' in bytes) problem ??= bytes.problem;
    else readable.push({ text, bytes });
  }
  return readable.length === 0 && problem !== undefined ? { problem } : readable;
}

async function matchSignature(
  request: SignedRequest<PublicKeyScheme>,
  keys: readonly PublicKeyCredential[],
  received: readonly ReceivedSignature[],
  exact: Uint8Array,
  tolerated: readonly Deviation[],
): Promise<Match<PublicKeyCredential> | undefined> {
  const { algorithm } = request.scheme.publicKey;
  for (const deviation of [undefined, ...tolerated]) {
    const signed = deviation ? deviantStringToSign(request, deviation) : exact;
    if (!signed) continue;
    for (const credential of keys) {
      for (const { text, bytes } of received) {
        // One behind the other: the first that fits ends it.
        // oxlint-disable-next-line no-await-in-loop
        if (await credential.publicKey.check(algorithm, signed, bytes))
          return { credential, deviation, signed, signature: text };
      }
    }
  }
  return undefined;
}
