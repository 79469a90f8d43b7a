import { contentHashText } from './canonical/content-hash.ts';
import { checkCredential } from './check-credential.ts';
import { checkBody } from './content-digest.ts';
import type { Header, Message } from './message.ts';
import type { FurtherPart } from './parts/source.ts';
import { stringToSign } from './parts/string-to-sign.ts';
import type { SignatureInputOptions } from './places/components-rule.ts';
import { writers } from './places/writers.ts';
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
  /**
   * The values of the scheme's own fields beside the signature, by name: `resource` of a shared access signature. Of a token
   * these are claims that are text (`jti`, `application_id`), or `header` and `claims` themselves, in base64url.
   */
  readonly fields?: Readonly<Record<string, string>>;
  /** What a signature covers and says besides, where it declares that itself (RFC 9421). */
  readonly signatureInput?: SignatureInputOptions;
}

/** The outcome of signing. */
export interface Signature {
  /** The headers to set on the request, replacing any of the same name. */
  readonly headers: readonly Header[];
  /**
   * The parameters to add, for the few schemes that carry something there: the content hash in the query, the signature in
   * the form, or in the query where there is no form. `signedMessage` adds both.
   */
  readonly parameters: readonly Header[];
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
  const { contentHash: hashRule, signedHeaders: listRule, authorization } = scheme;
  const mac = writers.mac(scheme, credential);
  const date = scheme.date && writers.date(scheme.date, options.date, options.dateHeader);
  const list = listRule && writers.signedHeaders(listRule, date?.header);
  const further =
    options.furtherHeaders === undefined ? undefined : writers.further(scheme, list, options.furtherHeaders);
  const signedHeaders = further?.list ?? list;
  const values = writers.fields(scheme, message, mac, {
    date: date?.text ?? '',
    dateHeader: date?.header,
    contentHash: hashRule ? contentHashText(message.body, hashRule) : '',
    furtherHeaders: further?.names ?? [],
    furtherParts: further?.parts as readonly FurtherPart[] | undefined,
    fields: options.fields,
    signatureInput: options.signatureInput,
    keyId,
  });
  const signature = writers
    .derived(scheme, secret, values, mac.algorithm)
    .text(stringToSign(scheme, message, values), mac.encoding);
  const claims = { signature, keyId, signedHeaders, date: values.date, fields: values.fields };

  const headers: Header[] = [];
  const parameters: Header[] = [];
  if (date?.header) headers.push([date.header, date.text]);
  if (hashRule?.header) headers.push([hashRule.header, values.contentHash]);
  if (hashRule?.parameter) parameters.push([hashRule.parameter, values.contentHash]);
  writers.carry(authorization, claims, { headers, parameters });
  return {
    headers,
    parameters,
    signature,
    trace: () => signingTrace(scheme, message, values, { claims, expected: signature }),
  };
}
