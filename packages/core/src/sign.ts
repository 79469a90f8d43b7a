import { writeAuthorization } from './canonical/authorization.ts';
import { contentHashText } from './canonical/content-hash.ts';
import { stringToSign, type SignedValues } from './canonical/string-to-sign.ts';
import { formatTimestamp, parseTimestamp } from './canonical/timestamp.ts';
import { CountersignError } from './errors.ts';
import type { Header, Message } from './message.ts';
import { namesKey, type Scheme } from './scheme.ts';
import type { Credential } from './secret.ts';
import { signingTrace, type SigningTrace } from './trace.ts';

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
 * `header/missing` when a header that is signed is not in the message (ACS signs `Host`); `date/malformed` when a date
 * given as text is not in the scheme's format; `date/header` when `dateHeader` is not one of the scheme's.
 */
export function sign(scheme: Scheme, credential: Credential, message: Message, options: SignOptions = {}): Signature {
  if (credential.keyId === undefined && namesKey(scheme)) {
    throw new CountersignError('key/id-missing', `${scheme.id} requests name their key: the credential needs a keyId`);
  }
  const values: SignedValues = {
    date: scheme.date ? dateText(scheme, options.date) : '',
    contentHash: scheme.contentHash ? contentHashText(message.body, scheme.contentHash) : '',
    furtherHeaders: options.furtherHeaders?.map((name) => name.toLowerCase()) ?? [],
  };
  const headers: [string, string][] = [];
  const dateHeader = scheme.date && chosenDateHeader(scheme, options.dateHeader);
  if (dateHeader !== undefined) headers.push([dateHeader, values.date]);
  if (scheme.contentHash?.header !== undefined) headers.push([scheme.contentHash.header, values.contentHash]);
  const signature = credential.secret
    .mac(scheme.mac.algorithm)
    .text(stringToSign(scheme, message, values), scheme.mac.encoding);
  const signedHeaders = scheme.signedHeaders && declaredHeaders(scheme, dateHeader, values.furtherHeaders);
  const fields = {
    signature,
    ...(credential.keyId !== undefined && { keyId: credential.keyId }),
    ...(signedHeaders !== undefined && { signedHeaders }),
  };
  headers.push([scheme.authorization.header, writeAuthorization(scheme.authorization, fields)]);
  return {
    headers,
    signature,
    trace: () =>
      signingTrace({ scheme, message, values, claims: { ...fields, date: values.date }, expected: signature }),
  };
}

function dateText(scheme: Scheme, date: Date | string | undefined): string {
  const format = scheme.date?.format ?? 'rfc1123';
  if (typeof date !== 'string') return formatTimestamp(date?.getTime() ?? Date.now(), format);
  if (parseTimestamp(date, format) === undefined) {
    throw new CountersignError(
      'date/malformed',
      `"${date}" is not a date in the format that ${scheme.id} signs (${format})`,
    );
  }
  return date;
}

function chosenDateHeader(scheme: Scheme, wanted: string | undefined): string {
  const known = scheme.date?.headers ?? [];
  if (wanted === undefined) return known[0] ?? '';
  const name = wanted.toLowerCase();
  if (known.includes(name)) return name;
  throw new CountersignError('date/header', `${scheme.id} has no date header "${wanted}"; it has ${known.join(', ')}`);
}

/** The accepted list that names the chosen date header, with the further headers behind it. */
function declaredHeaders(scheme: Scheme, dateHeader: string | undefined, further: readonly string[]): string {
  const accepted = scheme.signedHeaders?.accepted ?? [];
  const list = accepted.find((names) => dateHeader === undefined || names.includes(dateHeader)) ?? accepted[0] ?? [];
  if (further.length > 0 && scheme.signedHeaders?.furtherSeparator === undefined) {
    throw new CountersignError(
      'authorization/signed-headers',
      `${scheme.id} signs no headers beyond ${list.join(';')}`,
    );
  }
  return [...list, ...further].join(';');
}
