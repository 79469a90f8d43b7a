import { writeAuthorization } from './canonical/authorization.ts';
import { contentHashText } from './canonical/content-hash.ts';
import { writeSignedHeaders } from './canonical/signed-headers.ts';
import { stringToSign, type SignedValues } from './canonical/string-to-sign.ts';
import { formatTimestamp, parseTimestamp } from './canonical/timestamp.ts';
import { checkCredential } from './check-credential.ts';
import { checkBody } from './content-digest.ts';
import { CountersignError } from './errors.ts';
import type { Header, Message } from './message.ts';
import { checkHeaderNames, checkText } from './option-checks.ts';
import type { DateRule, Scheme } from './scheme.ts';
import type { Credential } from './secret.ts';
import { signingTrace, type SigningTrace } from './trace.ts';

/** What is signed beside the message, and when. */
export interface SignOptions {
  /** The time to sign, or its text verbatim. Defaults to now. */
  readonly date?: Date | string;
  /** Which of the scheme's date headers to write, for example `date` instead of `x-ms-date`. Defaults to the first. */
  readonly dateHeader?: string;
  /** Headers to sign beyond the scheme's own, where the scheme allows it. */
  readonly furtherHeaders?: readonly string[];
}

/** The outcome of signing. */
export interface Signature {
  /** The headers to set on the request, replacing any of the same name. */
  readonly headers: readonly Header[];
  /** The signature alone, in the scheme's encoding. */
  readonly signature: string;
  /** Every intermediate value, made when asked for. */
  trace(): SigningTrace;
}

/**
 * Signs a message.
 *
 * @throws CountersignError `key/id-missing` when the scheme's requests name their key and the credential has no id;
 * `key/id-malformed` when no request could carry that id; `header/missing` when a header that is signed is not in the message (ACS signs `Host`); `date/malformed` when the date
 * is invalid or its text is not in the scheme's format; `date/header` when `dateHeader` is not one of the scheme's;
 * `header/further` when the scheme cannot sign `furtherHeaders`; `header/malformed`, `method/malformed` and
 * `target/malformed` when a signed value could be read in two ways (it holds a line break, or what its part `excludes`); `content-hash/algorithm` and `body/streamed` when the
 * body is a digest that this scheme cannot use.
 * @throws TypeError when the credential has no `Secret`, an option is of another type than it has to be, or the body is
 * neither bytes nor a digest of `contentHasher`
 */
export function sign(scheme: Scheme, credential: Credential, message: Message, options: SignOptions = {}): Signature {
  checkCredential(scheme, credential);
  checkBody(message.body);
  const { keyId, secret } = credential;
  const { contentHash: hashRule, signedHeaders: listRule, mac, authorization } = scheme;
  if (options.furtherHeaders !== undefined) checkHeaderNames('furtherHeaders', options.furtherHeaders);
  if (options.dateHeader !== undefined) checkText('dateHeader', options.dateHeader, 'the name of a date header');
  const furtherHeaders = options.furtherHeaders?.map((name) => name.toLowerCase()) ?? [];
  const date = scheme.date && signedDate(scheme.id, scheme.date, options.date, options.dateHeader);
  const signedHeaders = listRule && writeSignedHeaders(listRule, date?.header, furtherHeaders);
  if (furtherHeaders.length > 0 && signedHeaders === undefined) {
    throw new CountersignError(
      'header/further',
      `${scheme.id} cannot sign the headers ${furtherHeaders.join(', ')} as well`,
    );
  }
  const values: SignedValues = {
    date: date?.text ?? '',
    contentHash: hashRule ? contentHashText(message.body, hashRule) : '',
    furtherHeaders,
  };
  const signature = secret.mac(mac.algorithm).text(stringToSign(scheme, message, values), mac.encoding);
  const claims = { signature, keyId, signedHeaders, date: values.date };

  const headers: Header[] = [];
  if (date) headers.push([date.header, date.text]);
  if (hashRule?.header !== undefined) headers.push([hashRule.header, values.contentHash]);
  headers.push([authorization.header, writeAuthorization(authorization, claims)]);
  return {
    headers,
    signature,
    trace: () => signingTrace(scheme, message, values, { claims, expected: signature }),
  };
}

/** No format has more digits for a year, and none has a time before 1970 in all of them. */
const year10000 = 253_402_300_800_000;

function timeOf(date: Date): number {
  return date instanceof Date ? date.getTime() : Number.NaN;
}

/** The header to write the date to, and its text. */
function signedDate(
  scheme: string,
  { headers, format }: DateRule,
  given: Date | string | undefined,
  wanted: string | undefined,
): { readonly header: string; readonly text: string } {
  const header = wanted?.toLowerCase() ?? headers[0] ?? '';
  if (!headers.includes(header)) {
    throw new CountersignError('date/header', `${scheme} has no date header "${wanted}": ${headers.join(', ')}`);
  }
  const epochMs =
    given === undefined ? Date.now() : typeof given === 'string' ? parseTimestamp(given, format) : timeOf(given);
  if (epochMs === undefined || !(epochMs >= 0 && epochMs < year10000)) {
    throw new CountersignError(
      'date/malformed',
      `"${String(given)}" is not a date in the format of ${scheme} (${format})`,
    );
  }
  return { header, text: typeof given === 'string' ? given : formatTimestamp(epochMs, format) };
}
