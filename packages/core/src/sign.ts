import { contentHashText } from './canonical/content-hash.ts';
import { checkCredential } from './check-credential.ts';
import { checkBody } from './content-digest.ts';
import { CountersignError } from './errors.ts';
import type { Header, Message } from './message.ts';
import { checkHeaderNames } from './option-checks.ts';
import type { SignedValues } from './parts/source.ts';
import { stringToSign } from './parts/string-to-sign.ts';
import { writeAuthorization } from './places/authorization.ts';
import { writeDate } from './places/date.ts';
import { writeSignedHeaders } from './places/signed-headers.ts';
import type { Scheme } from './scheme.ts';
import type { Credential } from './secret.ts';
import { signingTrace, type SigningTrace } from './trace.ts';

/** What is signed besides the message, and when. */
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
 * `key/id-malformed` when no request could carry that id; `header/missing` when a header that is signed is not in the
 * message (ACS signs `Host`); `date/malformed` when the date is invalid or its text is not in the scheme's format;
 * `date/header` when `dateHeader` is not one of the scheme's; `header/further` when the scheme cannot sign
 * `furtherHeaders`; `header/malformed`, `method/malformed` and `target/malformed` when a signed value could be read in two
 * ways (it holds a line break, or what its part `excludes`); `content-hash/algorithm` and `body/streamed` when the body is
 * a digest that this scheme cannot use
 * @throws TypeError when the credential has no `Secret`, or the body is neither bytes nor a digest of `contentHasher`
 */
export function sign(scheme: Scheme, credential: Credential, message: Message, options: SignOptions = {}): Signature {
  checkCredential(scheme, credential);
  checkBody(message.body);
  const { keyId, secret } = credential;
  const { contentHash: hashRule, signedHeaders: listRule, mac, authorization } = scheme;
  if (options.furtherHeaders !== undefined) checkHeaderNames('furtherHeaders', options.furtherHeaders);
  const furtherHeaders = options.furtherHeaders?.map((name) => name.toLowerCase()) ?? [];
  const date = scheme.date && writeDate(scheme.date, options.date, options.dateHeader);
  const signedHeaders = listRule && writeSignedHeaders(listRule, date?.header, furtherHeaders);
  if (furtherHeaders.length && !signedHeaders) {
    throw new CountersignError('header/further', `${scheme.id} cannot sign ${furtherHeaders.join(', ')} as well`);
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
  if (hashRule?.header) headers.push([hashRule.header, values.contentHash]);
  headers.push([authorization.header, writeAuthorization(authorization, claims)]);
  return {
    headers,
    signature,
    trace: () => signingTrace(scheme, message, values, { claims, expected: signature }),
  };
}
