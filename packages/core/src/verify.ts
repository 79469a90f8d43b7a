import { AcceptedRequest, type Accepted, type Match, type NamedKey } from './accepted.ts';
import { decodeBytes, encodeBytes } from './canonical/byte-encoding.ts';
import { equalInConstantTime } from './canonical/constant-time.ts';
import { checkCredential } from './check-credential.ts';
import type { SignedClaims } from './claims.ts';
import { checkBody } from './content-digest.ts';
import { digestLength, hashOf, type Mac } from './digest/algorithms.ts';
import type { Refusal, RefusalCode } from './errors.ts';
import { checkFreshness } from './freshness.ts';
import type { Message } from './message.ts';
import { noOptions } from './option-checks.ts';
import { macOf } from './places/mac-choice.ts';
import { writers } from './places/writers.ts';
import type { Deviation, MacRule, Scheme } from './scheme.ts';
import type { Credential } from './secret.ts';
import {
  checkAlgorithm,
  deviantStringToSign,
  mayBeKey,
  readSigned,
  refuse,
  refuseUnknownKey,
  tellsAlgorithm,
  type SignedRequest,
} from './signed-request.ts';
import { toleratedDeviations } from './tolerated-deviations.ts';
import type { SigningTrace } from './trace.ts';
import { checkVerifyOptions, type VerifyOptions } from './verify-options.ts';

export type { Accepted, NamedKey, Note } from './accepted.ts';
export type { VerifyOptions } from './verify-options.ts';

/** The verdict on a message. */
export type Verification<Code = RefusalCode, Key extends NamedKey = Credential> =
  Accepted<Key> | ({ readonly ok: false; trace(): SigningTrace | undefined } & Refusal<Code>);

/**
 * Verifies a signed message, strictly unless `tolerate` names deviations.
 *
 * Repeats are not refused, because official SDKs resend an identical request when they retry. To refuse them, remember
 * the result's `replayKey`. The signature proves nothing that the scheme does not sign: trust only `coveredHeaders`, and
 * see the scheme's page for the rest.
 *
 * A tolerated deviation that decodes or rewrites the target makes different targets equal (`/a%2Fb` and `/a/b`). If you
 * tolerate one, do not route by one spelling and verify the other.
 *
 * @param credentials one, or several during a rotation; the result says which matched
 * @throws CountersignError `content-hash/algorithm` or `body/streamed` when the body is a digest that this scheme cannot
 * use
 * @throws CountersignError `key/id-missing` when the scheme's requests name their key and a credential has no id;
 * `key/id-malformed` when no request could name that id
 * @throws TypeError when an option or a credential cannot be used (`tolerate` names a deviation that the scheme does not
 * have, there is no `Secret`, …), or the body is neither bytes nor a digest of `contentHasher`; nothing that a sender does
 * makes it throw
 */
export function verify(
  scheme: Scheme,
  credentials: Credential | readonly Credential[],
  message: Message,
  options: VerifyOptions = noOptions,
): Verification {
  const tolerated = toleratedDeviations(scheme, options.tolerate);
  checkVerifyOptions(options);
  const candidates = (Array.isArray(credentials) ? credentials : [credentials]) as readonly Credential[];
  for (const credential of candidates) {
    checkCredential(scheme, credential);
    macOf(scheme, credential);
  }
  checkBody(message.body);
  const request = readSigned(scheme, message, options);
  if ('ok' in request) return request;
  const { claims } = request;
  const named = namedKeys(scheme, candidates, claims);
  if (named.length === 0) return refuseUnknownKey(request);
  let keys: readonly Credential[] = named;
  if (tellsAlgorithm(request)) {
    const unfit = named.map((key) => checkAlgorithm(request, macOf(scheme, key).algorithm));
    keys = named.filter((_, at) => !unfit[at]);
    if (keys.length === 0 && unfit[0]) return refuse(request, unfit[0].code, unfit[0].summary);
  }

  const match = matchSignature(request, keys, tolerated);
  if (!match) return refuse(request, ...mismatch(scheme, keys, claims), cutExpected(request, keys[0]));

  const stale = checkFreshness(scheme, claims, options);
  if (stale) return refuse(request, stale.code, stale.summary);
  const { secret: key } = match.credential;
  return new AcceptedRequest({ request, match, key, fingerprint, pinnedHeaders: options.furtherHeaders ?? [] });
}

function namedKeys(scheme: Scheme, candidates: readonly Credential[], claims: SignedClaims): readonly Credential[] {
  const [only, second] = candidates;
  // Mostly there is one, and it is the one that is named.
  if (only && !second && mayBeKey(scheme, claims, only.keyId)) return candidates;
  return candidates.filter(({ keyId }) => mayBeKey(scheme, claims, keyId));
}

function fingerprint({ secret }: Credential, label: string): Uint8Array {
  return secret.mac('sha256').bytes(label);
}

function matchSignature(
  request: SignedRequest<Scheme>,
  keys: readonly Credential[],
  tolerated: readonly Deviation[],
): Match<Credential> | undefined {
  const { scheme, claims, exact } = request;
  for (const credential of keys) {
    const signature = fitting(scheme, credential, claims, exact);
    if (signature !== undefined) return { credential, deviation: undefined, signed: exact, signature };
  }
  for (const deviation of tolerated) {
    const deviant = deviantStringToSign(request, deviation);
    if (deviant === undefined) continue;
    for (const credential of keys) {
      const signature = fitting(scheme, credential, claims, deviant);
      if (signature !== undefined) return { credential, deviation, signed: deviant, signature };
    }
  }
  return undefined;
}

/** The received signature that is the one of these bytes under this key. */
function fitting(
  scheme: Scheme,
  credential: Credential,
  claims: SignedClaims,
  signed: string | Uint8Array,
): string | undefined {
  const { signature, otherSignatures } = claims;
  const { encoding, anyCase } = macOf(scheme, credential);
  const expected = signerOf(scheme, credential, claims).text(signed, encoding);
  if (fits(signature, expected, anyCase)) return signature;
  return otherSignatures?.find((other) => fits(other, expected, anyCase));
}

function fits(received: string, expected: string, anyCase: boolean | undefined): boolean {
  return anyCase
    ? equalInConstantTime(received.toLowerCase(), expected.toLowerCase())
    : equalInConstantTime(received, expected);
}

function mismatch(scheme: Scheme, keys: readonly Credential[], claims: SignedClaims): [RefusalCode, string] {
  const received = [claims.signature, ...(claims.otherSignatures ?? [])];
  const isDigest = ({ algorithm, encoding }: MacRule): boolean =>
    received.some((text) => {
      return decodeBytes(text, encoding)?.length === digestLength[hashOf(algorithm)];
    });
  const rules = keys.map((key) => macOf(scheme, key));
  if (rules.some(isDigest)) {
    return ['signature/mismatch', 'the signature is not that of this request under any key given'];
  }
  const { algorithm, encoding } = rules[0] ?? scheme.mac;
  return ['signature/malformed', `the signature is not ${digestLength[hashOf(algorithm)]} bytes in ${encoding}`];
}

function cutExpected(
  { scheme, claims, exact }: SignedRequest<Scheme>,
  credential: Credential | undefined,
): string | undefined {
  if (!credential) return undefined;
  const { encoding } = macOf(scheme, credential);
  return `${encodeBytes(signerOf(scheme, credential, claims).bytes(exact), encoding).slice(0, 6)}…`;
}

/** What signs with a key: the key itself, or the one that is derived from it for what the request names. */
function signerOf(scheme: Scheme, credential: Credential, { date = '', fields }: SignedClaims): Mac {
  const { secret } = credential;
  return writers.derived(scheme, secret, { date, fields }, macOf(scheme, credential).algorithm);
}
