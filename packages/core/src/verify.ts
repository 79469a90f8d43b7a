import { AcceptedRequest, type Accepted, type Note } from './accepted.ts';
import { decodeBytes, encodeBytes, textOfUtf8 } from './canonical/byte-encoding.ts';
import { parameterValues } from './canonical/parameters.ts';
import { equalInConstantTime } from './canonical/constant-time.ts';
import { contentHashText } from './canonical/content-hash.ts';
import { once } from './canonical/once.ts';
import { isServerTarget } from './canonical/request-target.ts';
import { checkCredential } from './check-credential.ts';
import { readClaims, type SignedClaims } from './claims.ts';
import { checkBody } from './content-digest.ts';
import { digestLength, hashOf, type Mac } from './digest/algorithms.ts';
import { CountersignError, type Refusal, type RefusalCode } from './errors.ts';
import { headerValue, headerValues, type Message } from './message.ts';
import { checkDate, checkHeaderNames, checkSeconds, noOptions } from './option-checks.ts';
import { contentDigestProblem } from './parts/content-digest-field.ts';
import { coverageProblem, declaredParts, valueProblem } from './parts/declared-parts.ts';
import { furtherParts } from './parts/further-headers.ts';
import type { PartRule } from './parts/part-rule.ts';
import type { SignedValues } from './parts/source.ts';
import { rowOf } from './parts/sources.ts';
import { joinParts, signedParts, stringToSign } from './parts/string-to-sign.ts';
import { checkHeader } from './places/header.ts';
import { macOf } from './places/mac-choice.ts';
import { writers } from './places/writers.ts';
import { checkHashClaim } from './places/token-hash.ts';
import { namesKey, type ContentHashRule, type Deviation, type MacRule, type Scheme } from './scheme.ts';
import type { Credential } from './secret.ts';
import type { Validity } from './places/token-date.ts';
import { spanText } from './span.ts';
import { toleratedDeviations } from './tolerated-deviations.ts';
import { signingTrace, type SigningTrace } from './trace.ts';

export type { Accepted, Note } from './accepted.ts';

/** How strictly, and when, a message is judged. */
export interface VerifyOptions {
  /** The verifier's clock. Defaults to now. */
  readonly now?: Date;
  /** How far the signed date may be from `now`, either way, in seconds; `Infinity` for any age. Defaults to the scheme's. */
  readonly toleranceSeconds?: number;
  /** Ids of deviations to accept, or `all` that the scheme knows. Defaults to none. */
  readonly tolerate?: readonly string[] | 'all';
  /**
   * The headers that must be signed beyond the scheme's own, in this order, where the scheme allows any. Such a
   * scheme signs their values and not their names, so without this option a header of any name may carry a signed value,
   * and none of them counts as covered.
   */
  readonly furtherHeaders?: readonly string[];
}

/** The verdict on a message. */
export type Verification<Code = RefusalCode> =
  Accepted | ({ readonly ok: false; trace(): SigningTrace | undefined } & Refusal<Code>);

/**
 * Verifies a signed message, strictly unless `tolerate` names deviations.
 *
 * Repeats are not refused, because official SDKs resend an identical request when they retry: whoever must refuse them
 * remembers the result's `replayKey`. What the scheme does not sign is not proven: trust `coveredHeaders` only, and see the
 * scheme's page for the rest.
 *
 * A tolerated deviation that decodes or rewrites the target makes targets equal that are not the same (`/a%2Fb` and
 * `/a/b`): whoever tolerates it must not route by one spelling and verify the other.
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
  if (options.now !== undefined) checkDate('now', options.now);
  if (options.toleranceSeconds !== undefined) checkSeconds('toleranceSeconds', options.toleranceSeconds);
  if (options.furtherHeaders !== undefined) checkHeaderNames('furtherHeaders', options.furtherHeaders);
  const candidates = (Array.isArray(credentials) ? credentials : [credentials]) as readonly Credential[];
  for (const credential of candidates) {
    checkCredential(scheme, credential);
    macOf(scheme, credential);
  }
  checkBody(message.body);
  const read = readClaims(scheme, message);
  if (!read.ok) return { ...read, trace: () => undefined };
  const { claims } = read;

  const values: SignedValues = {
    date: claims.date ?? '',
    dateHeader: claims.dateHeader,
    contentHash: scheme.contentHash ? contentHashText(message.body, scheme.contentHash) : '',
    furtherHeaders: claims.furtherHeaders,
    furtherParts:
      claims.furtherHeaders.length > 0 ? furtherParts(scheme.signedHeaders, claims.furtherHeaders) : undefined,
    fields: claims.fields,
    declaredParts: declaredPartsOf(scheme, message, claims),
    keyId: claims.keyId,
  };
  const refuse = (code: RefusalCode, summary: string, expected?: string): Verification => ({
    ok: false,
    code,
    summary,
    trace: () => traceIfReadable(scheme, message, values, claims, expected),
  });

  if (!isServerTarget(message.target)) return refuse('target/malformed', malformedTarget(message));
  const coverage = checkDeclared(scheme, message, claims);
  if (coverage) return refuse(coverage.code, coverage.summary);
  const list = checkFurtherHeaders(claims, options);
  if (list) return refuse(list.code, list.summary);
  const header = checkHeaders(scheme, message, claims, values);
  if (header) return refuse(header.code, header.summary);
  const exact = readStringToSign(scheme, message, values);
  if (typeof exact === 'object' && 'code' in exact) return refuse(exact.code, exact.summary);

  const named = candidates.filter(({ keyId }) => mayBeKey(scheme, claims, keyId));
  if (named.length === 0) return refuse('key/unknown', unknownKey(claims));
  const unfit = named.map((key) => checkMac(scheme, key, values));
  const keys = named.filter((_, at) => !unfit[at]);
  if (keys.length === 0 && unfit[0]) return refuse(unfit[0].code, unfit[0].summary);

  const match = matchSignature(scheme, keys, message, values, claims, exact, tolerated);
  if (!match) return refuse(...mismatch(scheme, keys, claims), cutExpected(scheme, keys[0], claims, exact));

  const stale = checkFreshness(scheme, claims, options);
  if (stale) return refuse(stale.code, stale.summary);
  const { credential, deviation, signed, signature } = match;
  const pinnedHeaders = options.furtherHeaders ?? [];
  return new AcceptedRequest(
    { scheme, message, claims, values, credential, deviation, signed, signature, pinnedHeaders },
    notesOf(scheme, message, claims, options),
    () => traceIfReadable(scheme, message, values, claims),
  );
}

/** The parts that a request says it signs. */
function declaredPartsOf(
  scheme: Scheme,
  message: Message,
  { declared }: SignedClaims,
): readonly PartRule[] | undefined {
  return scheme.components && declared && declaredParts(scheme.components, declared.components, message, scheme.parts);
}

/** What a request says it signs has to be enough, has to be there, and its digest of the body that of the body. */
function checkDeclared({ components }: Scheme, message: Message, { declared }: SignedClaims): Refusal | undefined {
  if (!components || !declared) return undefined;
  return (
    coverageProblem(components, declared.components, message) ??
    valueProblem(components, declared.components, message) ??
    contentDigestProblem(declared.components, message)
  );
}

/** Where each request names its key, only that one counts; where it may, one that has no name counts as well. */
function mayBeKey(scheme: Scheme, claims: SignedClaims, keyId: string | undefined): boolean {
  if (namesKey(scheme)) return keyId === claims.keyId;
  return !scheme.components || claims.keyId === undefined || keyId === undefined || keyId === claims.keyId;
}

function malformedTarget({ target }: Message): string {
  const shown = target.length > 80 ? `${target.slice(0, 80)}…` : target;
  return `the request target "${shown}" is neither a path beginning with "/" nor an http(s) URL`;
}

function unknownKey({ keyId }: SignedClaims): string {
  return keyId === undefined ? 'no credential was given' : `no credential was given for the key id "${keyId}"`;
}

/** The verifier says which further headers it wants signed; the request's own list is part of no signature. */
function checkFurtherHeaders(claims: SignedClaims, { furtherHeaders }: VerifyOptions): Refusal | undefined {
  if (!furtherHeaders) return undefined;
  const [expected, declared] = [furtherHeaders.join(';'), claims.furtherHeaders.join(';')];
  if (expected.toLowerCase() === declared.toLowerCase()) return undefined;
  const summary = `the further signed headers are "${declared}"; expected "${expected}"`;
  return { code: 'authorization/signed-headers', summary };
}

/** Headers that are signed must be there once; a content hash that is sent must be the body's. */
function checkHeaders(
  scheme: Scheme,
  message: Message,
  claims: SignedClaims,
  values: SignedValues,
): Refusal | undefined {
  for (const { source } of checkedParts((values.declaredParts as readonly PartRule[] | undefined) ?? scheme.parts)) {
    const problem = rowOf(source).check?.(source, message, values);
    if (problem) return problem;
  }
  for (const header of claims.furtherHeaders) {
    const problem = checkHeader(message, header, true);
    if (problem) return problem;
  }
  return scheme.contentHash && checkContentHash(scheme.contentHash, message, values);
}

/** Why the request cannot have been signed by a key: it says itself that it was signed in another way. */
function checkMac(scheme: Scheme, key: Credential, values: SignedValues): Refusal | undefined {
  for (const { source } of macParts(scheme.parts)) {
    const problem = rowOf(source).checkMac?.(source, values, macOf(scheme, key));
    if (problem) return problem;
  }
  return undefined;
}

/** The parts that say how a message was signed. */
const macParts = /* @__PURE__ */ once((parts: Scheme['parts']) => parts.filter(({ source }) => rowOf(source).checkMac));

/** The parts that a message may lack. */
const checkedParts = /* @__PURE__ */ once((parts: Scheme['parts']) =>
  parts.filter(({ source }) => rowOf(source).check),
);

function checkContentHash(rule: ContentHashRule, message: Message, values: SignedValues): Refusal | undefined {
  const { header, parameter, claim } = rule;
  if (claim !== undefined) return checkHashClaim(rule, claim, message, values.contentHash, values.fields ?? {});
  if (parameter !== undefined) return checkHashParameter(parameter, message, values);
  if (header === undefined) return undefined;
  const [sent, second] = headerValues(message.headers, header);
  if (sent === undefined) return { code: 'content-hash/missing', summary: `the request has no ${header} header` };
  if (second !== undefined) return checkHeader(message, header, true);
  // Anyone can compute this hash from the body, so its comparison gives nothing away.
  if (sent === values.contentHash) return undefined;
  return {
    code: 'content-hash/mismatch',
    summary: `${header} says ${sent}, and the body that arrived hashes to ${values.contentHash}`,
  };
}

function checkHashParameter(parameter: string, message: Message, values: SignedValues): Refusal | undefined {
  const [sent, second] = parameterValues(message, 'query', parameter);
  if (sent === undefined) return { code: 'content-hash/missing', summary: `the query has no parameter ${parameter}` };
  if (second === undefined && sent === values.contentHash) return undefined;
  const summary = `${parameter} says ${sent}, and the body that arrived hashes to ${values.contentHash}`;
  return {
    code: 'content-hash/mismatch',
    summary: second === undefined ? summary : `the query has more than one parameter ${parameter}`,
  };
}

/** The string to sign, or the refusal of a value by which it could be read in two ways. */
function readStringToSign(scheme: Scheme, message: Message, values: SignedValues): string | Uint8Array | Refusal {
  try {
    return stringToSign(scheme, message, values, textOfUtf8);
  } catch (error) {
    if (!(error instanceof CountersignError && error.code.endsWith('/malformed'))) throw error;
    return { code: error.code as RefusalCode, summary: error.message };
  }
}

interface Match {
  readonly credential: Credential;
  readonly deviation: Deviation | undefined;
  /** The bytes that were signed. */
  readonly signed: string | Uint8Array;
  /** The signature that fits, of those that the request carries. */
  readonly signature: string;
}

function matchSignature(
  scheme: Scheme,
  keys: readonly Credential[],
  message: Message,
  values: SignedValues,
  claims: SignedClaims,
  exact: string | Uint8Array,
  tolerated: readonly Deviation[],
): Match | undefined {
  for (const credential of keys) {
    const signature = fitting(scheme, credential, claims, exact);
    if (signature !== undefined) return { credential, deviation: undefined, signed: exact, signature };
  }
  for (const deviation of tolerated) {
    const deviant = deviantStringToSign(scheme, deviation, message, values);
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
  const fits = (received: string): boolean =>
    anyCase
      ? equalInConstantTime(received.toLowerCase(), expected.toLowerCase())
      : equalInConstantTime(received, expected);
  return fits(signature) ? signature : otherSignatures?.find(fits);
}

function deviantStringToSign(
  scheme: Scheme,
  deviation: Deviation,
  message: Message,
  values: SignedValues,
): Uint8Array | undefined {
  let changed = false;
  const parts = signedParts(scheme, message, values).map((part) => {
    if (part.rule.name !== deviation.part || typeof part.value !== 'string') return part;
    const value = deviation.rewrite(part.value, message);
    // A line break that was escaped on the wire could end the part in the string to sign.
    if (value === undefined || value === part.value || /[\n\r\0]/.test(value)) return part;
    changed = true;
    return { ...part, value };
  });
  return changed ? joinParts(parts) : undefined;
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
  scheme: Scheme,
  credential: Credential | undefined,
  claims: SignedClaims,
  exact: string | Uint8Array,
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

/** Freshness is judged on the signed date only, and last: a refusal for it says that the signature is right. */
function checkFreshness(scheme: Scheme, claims: SignedClaims, options: VerifyOptions): Refusal | undefined {
  if (!scheme.date || claims.signedAtMs === undefined) return undefined;
  const toleranceSeconds = options.toleranceSeconds ?? scheme.date.toleranceSeconds;
  const nowMs = options.now?.getTime() ?? Date.now();
  const ageSeconds = (nowMs - claims.signedAtMs) / 1000;
  if (claims.validity && options.toleranceSeconds !== Infinity) {
    const unfit = checkValidity(claims.validity, scheme.date.leewaySeconds ?? 0, nowMs);
    if (unfit) return unfit;
  }
  if (scheme.date.expires)
    return claims.validity || ageSeconds <= 0 || options.toleranceSeconds === Infinity
      ? undefined
      : expired(ageSeconds);
  if (Math.abs(ageSeconds) <= toleranceSeconds) return undefined;
  const [distance, allowed] = [spanText(ageSeconds), spanText(toleranceSeconds)];
  return ageSeconds > 0
    ? {
        code: 'date/expired',
        summary: `the signature is right, but it was made ${distance} ago; the limit is ${allowed}`,
      }
    : {
        code: 'date/future',
        summary: `the signature is right, but it is dated ${distance} ahead; the limit is ${allowed}`,
      };
}

/** Why a token is not valid now, by what it says itself. */
function checkValidity({ fromMs, untilMs }: Validity, leewaySeconds: number, nowMs: number): Refusal | undefined {
  const beyondSeconds = untilMs === undefined ? -Infinity : (nowMs - untilMs) / 1000;
  if (beyondSeconds > leewaySeconds) return expired(beyondSeconds);
  const earlySeconds = fromMs === undefined ? -Infinity : (fromMs - nowMs) / 1000;
  if (earlySeconds <= leewaySeconds) return undefined;
  const summary = `the signature is right, but it is valid only in ${spanText(earlySeconds)}`;
  return { code: 'date/future', summary };
}

function expired(ageSeconds: number): Refusal {
  return {
    code: 'date/expired',
    summary: `the signature is right, but it was valid until ${spanText(ageSeconds)} ago`,
  };
}

function notesOf(scheme: Scheme, message: Message, claims: SignedClaims, { furtherHeaders }: VerifyOptions): Note[] {
  const notes: Note[] = [];
  // A second date header that is not signed and says something else.
  for (const name of scheme.date?.headers ?? []) {
    if (name === claims.dateHeader) continue;
    const other = headerValue(message.headers, name);
    if (other === undefined || other === claims.date) continue;
    const summary = `${name} says "${other}", but the signed date is "${claims.date}" in ${claims.dateHeader}; only that one counts`;
    notes.push({ id: 'header/duplicated', summary });
  }
  // Further headers that anybody could have given another name.
  if (!furtherHeaders && claims.furtherHeaders.length > 0) {
    const names = claims.furtherHeaders.join(', ');
    const summary = `of ${names} the values are signed and the names are not, so they count as covered only when furtherHeaders names them`;
    notes.push({ id: 'header/name-not-signed', summary });
  }
  return notes;
}

/** A request without a header that it signs has no string to sign. */
function traceIfReadable(
  scheme: Scheme,
  message: Message,
  values: SignedValues,
  claims: SignedClaims,
  expected?: string,
): SigningTrace | undefined {
  try {
    return signingTrace(scheme, message, values, {
      claims,
      received: claims.signature,
      ...(expected !== undefined && { expected }),
    });
  } catch (error) {
    if (error instanceof CountersignError) return undefined;
    throw error;
  }
}
