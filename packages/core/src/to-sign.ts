import { contentHashText } from './canonical/content-hash.ts';
import { checkBody } from './content-digest.ts';
import type { Header, Message } from './message.ts';
import type { SignedValues } from './parts/source.ts';
import { stringToSign } from './parts/string-to-sign.ts';
import type { SignatureInputOptions } from './places/components-rule.ts';
import { fieldsWriter, writers, type SigningRule } from './places/writers.ts';
import type { RequestRules } from './request-rules.ts';
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

/** The string to sign, and what makes of its signature what the request needs. @internal */
export interface ToSign {
  readonly text: string | Uint8Array;
  readonly values: SignedValues;
  readonly carry: (signature: string) => Signature;
}

/**
 * All of signing but the signature itself, which some keys make later.
 *
 * @param mac what the key signs with, which some schemes write into the request
 * @internal
 */
export function toSign(
  scheme: RequestRules,
  keyId: string | undefined,
  message: Message,
  options: SignOptions,
  mac?: SigningRule,
): ToSign {
  checkBody(message.body);
  const { contentHash: hashRule, signedHeaders: listRule } = scheme;
  const date = scheme.date && writers.date(scheme.date, options.date, options.dateHeader);
  const list = listRule && writers.signedHeaders(listRule, date?.header);
  const further =
    options.furtherHeaders === undefined ? undefined : writers.further(scheme, list, options.furtherHeaders);
  const values: SignedValues = fieldsWriter(scheme)(message, mac, {
    date: date?.text ?? '',
    dateHeader: date?.header,
    contentHash: hashRule ? contentHashText(message.body, hashRule) : '',
    parts: further?.parts as SignedValues['parts'],
    fields: options.fields,
    signatureInput: options.signatureInput,
    keyId,
  });
  const text = stringToSign(scheme, message, values);
  const carry = (signature: string): Signature => {
    const claims = { signature, keyId, signedHeaders: further?.list ?? list, date: values.date, fields: values.fields };
    const headers: Header[] = [];
    const parameters: Header[] = [];
    if (date?.header) headers.push([date.header, date.text]);
    if (hashRule?.header) headers.push([hashRule.header, values.contentHash]);
    if (hashRule?.parameter) parameters.push([hashRule.parameter, values.contentHash]);
    writers.carry(scheme.authorization, claims, { headers, parameters });
    const trace = (): SigningTrace => signingTrace(scheme, message, values, { claims, expected: signature });
    return { headers, parameters, signature, trace };
  };
  return { text, values, carry };
}
