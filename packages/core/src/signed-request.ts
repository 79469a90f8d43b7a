import './canonical/ascii-escapes.ts';
import { textOfUtf8 } from './canonical/byte-encoding.ts';
import { contentHashText } from './canonical/content-hash.ts';
import { once } from './canonical/once.ts';
import { onlyParameterValue } from './canonical/parameters.ts';
import { isServerTarget } from './canonical/request-target.ts';
import { readClaims, type SignedClaims } from './claims.ts';
import { CountersignError, type Refusal, type RefusalCode } from './errors.ts';
import { onlyHeaderValue, type Message } from './message.ts';
import { contentDigestProblem } from './parts/content-digest-field.ts';
import { coverageProblem, declaredParts, valueProblem } from './parts/declared-parts.ts';
import { withFurther } from './parts/further-headers.ts';
import type { PartRule } from './parts/part-rule.ts';
import type { SignedValues } from './parts/source.ts';
import { rowOf } from './parts/sources.ts';
import { joinParts, signedParts, stringToSign } from './parts/string-to-sign.ts';
import { checkHeader } from './places/header.ts';
import { checkHashClaim } from './places/token-hash.ts';
import { namesKey, type ContentHashRule, type Deviation, type RequestRules } from './request-rules.ts';
import { signingTrace, type SigningTrace } from './trace.ts';
import type { VerifyOptions } from './verify-options.ts';

/** What a request signs, read and checked before any key is tried. @internal */
export interface SignedRequest<Rules extends RequestRules = RequestRules> {
  readonly scheme: Rules;
  readonly message: Message;
  readonly claims: SignedClaims;
  readonly values: SignedValues;
  /** The string to sign. */
  readonly exact: string | Uint8Array;
}

/** A refusal, with what was read. @internal */
export interface Refused extends Refusal {
  readonly ok: false;
  trace(): SigningTrace | undefined;
}

/** Reads what a request signs, in the order of the stages of `RefusalCode`, up to its keys. @internal */
export function readSigned<Rules extends RequestRules>(
  scheme: Rules,
  message: Message,
  options: VerifyOptions,
): SignedRequest<Rules> | Refused {
  const read = readClaims(scheme, message);
  if (!read.ok) return { ...read, trace: () => undefined };
  const { claims } = read;
  const values: SignedValues = {
    date: claims.date ?? '',
    dateHeader: claims.dateHeader,
    contentHash: scheme.contentHash ? contentHashText(message.body, scheme.contentHash) : '',
    fields: claims.fields,
    parts: partsOf(scheme, message, claims),
    keyId: claims.keyId,
  };
  const problem =
    checkTarget(message) ??
    checkDeclared(scheme, message, claims) ??
    checkFurtherHeaders(claims, options) ??
    checkHeaders(scheme, message, values);
  const exact = problem ?? readStringToSign(scheme, message, values);
  if (typeof exact === 'string' || exact instanceof Uint8Array) return { scheme, message, claims, values, exact };
  return refuse({ scheme, message, claims, values, exact: '' }, exact.code, exact.summary);
}

/**
 * Why the request cannot have been signed by a key that is used with an algorithm: it says itself that it was signed in
 * another way. @internal
 */
export function checkAlgorithm({ scheme, values }: SignedRequest, algorithm: string): Refusal | undefined {
  for (const { source } of tellingParts(scheme.parts)) {
    const problem = rowOf(source).checkAlgorithm?.(source, values, algorithm);
    if (problem) return problem;
  }
  return undefined;
}

/** Whether the request says itself by what algorithm it was signed. @internal */
export function tellsAlgorithm({ scheme }: SignedRequest): boolean {
  return tellingParts(scheme.parts).length > 0;
}

/** The parts that say how a message was signed. */
const tellingParts = /* @__PURE__ */ once((parts: RequestRules['parts']) =>
  parts.filter(({ source }) => rowOf(source).checkAlgorithm),
);

/** Refuses a request. @internal */
export function refuse(request: SignedRequest, code: RefusalCode, summary: string, expected?: string): Refused {
  return { ok: false, code, summary, trace: () => traceIfReadable(request, expected) };
}

/** No credential has the key id of the request. @internal */
export function refuseUnknownKey(request: SignedRequest): Refused {
  const { keyId } = request.claims;
  const summary = keyId === undefined ? 'no credential was given' : `no credential was given for the key id "${keyId}"`;
  return refuse(request, 'key/unknown', summary);
}

/** The parts that a request says it signs, where they are not those of its scheme. */
function partsOf(
  scheme: RequestRules,
  message: Message,
  { declared, furtherHeaders }: SignedClaims,
): readonly PartRule[] | undefined {
  if (furtherHeaders.length > 0) return withFurther(scheme.parts, scheme.signedHeaders, furtherHeaders);
  return scheme.components && declared && declaredParts(scheme.components, declared.components, message, scheme.parts);
}

/** What a request says it signs has to be enough, has to be there, and its digest of the body that of the body. */
function checkDeclared(
  { components }: RequestRules,
  message: Message,
  { declared }: SignedClaims,
): Refusal | undefined {
  if (!components || !declared) return undefined;
  return (
    coverageProblem(components, declared.components, message) ??
    valueProblem(components, declared.components, message) ??
    contentDigestProblem(declared.components, message)
  );
}

/** Where each request names its key, only that one counts; where it may, one that has no name counts as well. @internal */
export function mayBeKey(scheme: RequestRules, claims: SignedClaims, keyId: string | undefined): boolean {
  if (namesKey(scheme)) return keyId === claims.keyId;
  return !scheme.components || claims.keyId === undefined || keyId === undefined || keyId === claims.keyId;
}

function checkTarget({ target }: Message): Refusal | undefined {
  if (isServerTarget(target)) return undefined;
  const shown = target.length > 80 ? `${target.slice(0, 80)}…` : target;
  const summary = `the request target "${shown}" is neither a path beginning with "/" nor an http(s) URL`;
  return { code: 'target/malformed', summary };
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
function checkHeaders(scheme: RequestRules, message: Message, values: SignedValues): Refusal | undefined {
  const parts = (values.parts as readonly PartRule[] | undefined) ?? scheme.parts;
  for (const { source, check } of checkedParts(parts)) {
    const problem = check(source, message, values);
    if (problem) return problem;
  }
  return scheme.contentHash && checkContentHash(scheme.contentHash, message, values);
}

/** The sources of parts that a message may lack, and what says so. */
const checkedParts = /* @__PURE__ */ once((parts: RequestRules['parts']) =>
  parts.flatMap(({ source }) => {
    const { check } = rowOf(source);
    return check ? [{ source, check }] : [];
  }),
);

function checkContentHash(rule: ContentHashRule, message: Message, values: SignedValues): Refusal | undefined {
  const { header, parameter, claim } = rule;
  if (claim !== undefined) return checkHashClaim(rule, claim, message, values.contentHash, values.fields ?? {});
  if (parameter !== undefined) return checkHashParameter(parameter, message, values);
  if (header === undefined) return undefined;
  const sent = onlyHeaderValue(message.headers, header);
  if (sent === 0) return { code: 'content-hash/missing', summary: `the request has no ${header} header` };
  if (typeof sent === 'number') return checkHeader(message, header, true);
  // Anyone can compute this hash from the body, so its comparison gives nothing away.
  if (sent === values.contentHash) return undefined;
  return {
    code: 'content-hash/mismatch',
    summary: `${header} says ${sent}, and the body that arrived hashes to ${values.contentHash}`,
  };
}

function checkHashParameter(parameter: string, message: Message, values: SignedValues): Refusal | undefined {
  const sent = onlyParameterValue(message, 'query', parameter);
  if (sent === 0) return { code: 'content-hash/missing', summary: `the query has no parameter ${parameter}` };
  if (typeof sent === 'number')
    return { code: 'content-hash/mismatch', summary: `the query has more than one parameter ${parameter}` };
  if (sent === values.contentHash) return undefined;
  const summary = `${parameter} says ${sent}, and the body that arrived hashes to ${values.contentHash}`;
  return { code: 'content-hash/mismatch', summary };
}

const signsBodyAlone = /* @__PURE__ */ once(
  ([only, second]: RequestRules['parts']) =>
    only !== undefined && !second && only.source.from === 'body' && !only.before && only.after === '',
);

/** The string to sign, or the refusal of a value by which it could be read in two ways. */
function readStringToSign(scheme: RequestRules, message: Message, values: SignedValues): string | Uint8Array | Refusal {
  // A body that is signed alone is its bytes.
  if (message.body instanceof Uint8Array && signsBodyAlone(scheme.parts)) return message.body;
  try {
    return stringToSign(scheme, message, values, textOfUtf8);
  } catch (error) {
    if (!(error instanceof CountersignError && error.code.endsWith('/malformed'))) throw error;
    return { code: error.code as RefusalCode, summary: error.message };
  }
}

/** The string to sign as a deviating client has it; `undefined` where it would be the right one. @internal */
export function deviantStringToSign(
  { scheme, message, values }: SignedRequest,
  deviation: Deviation,
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

/** The trace; a request without a header that it signs has no string to sign. @internal */
export function traceIfReadable(
  { scheme, message, values, claims }: SignedRequest,
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
