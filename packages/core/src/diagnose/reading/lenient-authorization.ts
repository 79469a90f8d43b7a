import { hashOf } from '../../digest/algorithms.ts';
import { readAuthorization, writeAuthorization, type AuthorizationFields } from '../../places/authorization.ts';
import { parameterValues } from '../../canonical/parameters.ts';
import { headerValues, type Message } from '../../message.ts';
import { tokenKeyId } from '../../places/token.ts';
import { readList, type ListRule } from '../../places/listed-authorization.ts';
import type { Scheme } from '../../scheme.ts';
import { readLabelled, templateLabels } from './labelled-authorization.ts';
import { carriesToken, readTokenLeniently } from './lenient-token.ts';
import { takeWord } from './leading-word.ts';
import { readNamedId, readPositional } from './positional-authorization.ts';
import { digestReadings, looksLikeDigest } from './received-signature.ts';
import { isPrinted, restoredSignature } from './restored-signature.ts';
import { percentDecoded, unescapedAuthorization } from './unescaped-authorization.ts';

/** An Authorization header as somebody meant it. */
export interface LenientAuthorization {
  /** The header it was found in, as spelled there. */
  readonly header: string;
  /** The header's value as sent. */
  readonly value: string;
  readonly fields: AuthorizationFields;
  /** The signature's text as it stands in the header, before anything of it was undone. */
  readonly sentSignature: string;
  /** What departs from the scheme's template, each a clause that completes "the header is malformed: …". */
  readonly slips: readonly string[];
  /** Those of them that are in the signature's text alone. */
  readonly signatureSlips: readonly string[];
  /** The value as the scheme writes it, with the same signature. */
  readonly corrected: string;
}

/**
 * Reads the header that carries the signature, forgiving what can be understood; `undefined` when there is none.
 *
 * @param mayHold whether a value of that header may hold a signature at all
 */
export function readLeniently(
  scheme: Scheme,
  message: Message,
  mayHold: (value: string) => boolean,
): LenientAuthorization | undefined {
  const { header, parameter, template } = scheme.authorization;
  const sent =
    parameter === undefined
      ? headerValues(message.headers, header)
      : parameterValues(message, 'form-or-query', parameter);
  const values = sent.filter(mayHold);
  for (const value of values) {
    const read = readValue(scheme, value);
    if (read) return finish(scheme, parameter ?? header, value, withKeyHeader(scheme, message, read));
  }
  for (const [name, value] of message.headers) {
    if (name.toLowerCase() === header || !/auth|sign|hmac/i.test(name)) continue;
    const read = readValue(scheme, value);
    if (!read || (!read.strict && !(template === '{signature}' && looksLikeDigest(value)))) continue;
    return finish(scheme, name, value, {
      ...read,
      slips: [`it was sent in the header ${name} instead of ${header}`, ...read.slips],
    });
  }
  return undefined;
}

/** What is sent to be read for ever is not told for ever. */
const mostSlips = 6;

interface Read {
  readonly fields: Partial<AuthorizationFields>;
  readonly slips: readonly string[];
  readonly strict: boolean;
}

function readValue(scheme: Scheme, value: string): Read | undefined {
  const strict = readStrictly(scheme, value);
  if (strict) return { fields: withWholeKeyId(strict, scheme), slips: [], strict: true };
  const slips: string[] = [];
  const plain = unescapedAuthorization(scheme.authorization.header, value, slips);
  const unescaped = slips.length > 0 ? readStrictly(scheme, plain) : undefined;
  if (unescaped) return { fields: unescaped, slips, strict: false };
  const rest = takeWord(scheme, plain, slips);
  if (carriesToken(scheme)) {
    const token = readTokenLeniently(rest.replace(/^Bearer\s+/i, ''), slips);
    return token && { fields: token, slips, strict: false };
  }
  const fields = (templateLabels(scheme).size > 0 ? readLabelled : readPositional)(scheme, rest, slips);
  return fields && { fields, slips, strict: false };
}

function readStrictly({ authorization }: Scheme, value: string): AuthorizationFields | undefined {
  return authorization.list === undefined
    ? readAuthorization(authorization, value)
    : readList(authorization as ListRule, value);
}

/** The key id, where a header of its own names it. */
function withKeyHeader({ authorization: { keyHeader } }: Scheme, message: Message, read: Read): Read {
  if (keyHeader?.header === '') {
    const keyId = tokenKeyId(keyHeader, read.fields.fields);
    return keyId === undefined ? read : { ...read, fields: { ...read.fields, keyId } };
  }
  const [value] = keyHeader ? headerValues(message.headers, keyHeader.header) : [];
  if (!keyHeader || value === undefined) return read;
  const named =
    keyHeader.list === undefined ? readAuthorization(keyHeader, value) : readList(keyHeader as ListRule, value);
  return named?.keyId === undefined ? read : { ...read, fields: { ...read.fields, keyId: named.keyId } };
}

/** The first colon ends the key id, and one that names its kind has more of them. */
function withWholeKeyId(fields: AuthorizationFields, { authorization }: Scheme): AuthorizationFields {
  const { keyId, signature } = fields;
  if (keyId === undefined || !authorization.template.includes('{keyId}:{signature}')) return fields;
  return { ...fields, ...readNamedId(`${keyId}:${signature}`) };
}

function finish(scheme: Scheme, header: string, value: string, read: Read): LenientAuthorization | undefined {
  const slips = [...read.slips];
  const { keyId, signature: sentSignature = '' } = inTheirPlaces(read.fields, scheme, slips);
  const { signedHeaders } = read.fields;
  const signatureSlips: string[] = [];
  const fields: AuthorizationFields = {
    ...read.fields,
    ...(keyId !== undefined && { keyId }),
    ...(signedHeaders !== undefined && { signedHeaders: tidyList(signedHeaders, slips) }),
    signature: restoredSignature(sentSignature, scheme, signatureSlips),
  };
  // A token is one also where nothing signs it.
  if (fields.signature === '' && !fields.fields) return undefined;
  const { accepted = [[]] } = scheme.signedHeaders ?? {};
  const corrected = writeAuthorization(scheme.authorization, {
    keyId: '<key id>',
    ...fields.fields,
    ...fields,
    signedHeaders: fields.signedHeaders?.toLowerCase() ?? (accepted[0] ?? []).join(';'),
  });
  slips.push(...signatureSlips);
  if (slips.length === 0 && !isPrinted(sentSignature, scheme.mac) && !readStrictly(scheme, value)) {
    const slip = `it is not of the form "${scheme.authorization.template}"`;
    slips.push(slip);
    if (/[\s,"]/.test(sentSignature)) signatureSlips.push(slip);
  }
  const told = [...new Set(slips)].slice(0, mostSlips);
  return { header, value, fields, sentSignature, slips: told, signatureSlips, corrected };
}

/** Key id and signature without the brackets of a template, and each where it belongs. */
function inTheirPlaces(
  fields: Partial<AuthorizationFields>,
  scheme: Scheme,
  slips: string[],
): Partial<AuthorizationFields> {
  const { keyId, signature } = fields;
  if (keyId === undefined || signature === undefined) return fields;
  const bracketed = /^[{<[(].*[}>\])]$/s;
  if (bracketed.test(keyId) && bracketed.test(signature)) {
    slips.push('key id and signature stand in brackets, as in a template');
    return { keyId: keyId.slice(1, -1), signature: signature.slice(1, -1) };
  }
  const { encoding } = scheme.mac;
  const own = hashOf(scheme.mac.algorithm);
  const isDigest = (text: string): boolean =>
    digestReadings(text, own, encoding).some(({ extent, algorithm }) => extent === 'whole' && algorithm === own);
  if (isDigest(signature) || !isDigest(keyId)) return fields;
  slips.push('the signature stands before the key id');
  return { keyId: signature, signature: keyId };
}

/** The declared names joined by semicolons; their case is another class's affair. */
function tidyList(declared: string, slips: string[]): string {
  let list = declared;
  if (/%3b|%2c|%20/i.test(list)) {
    slips.push('the list of signed headers is URL-encoded');
    list = percentDecoded(list);
  }
  if (/^["'`“‘<[{(]|["'`”’>\]})]$/.test(list)) {
    slips.push('the list of signed headers stands in quotes or brackets');
    list = list.replace(/^["'`“‘<[{(]|["'`”’>\]})]$/g, '');
  }
  if (list.includes(',')) slips.push('the signed headers are separated by "," instead of ";"');
  else if (/\s/.test(list)) {
    slips.push(
      list.includes(';')
        ? 'white space stands in the list of signed headers'
        : 'the signed headers are separated by white space instead of ";"',
    );
  }
  if (/^;|;;|;$/.test(list))
    slips.push(`the list of signed headers ${list.endsWith(';') ? 'ends in' : 'has'} a ";" too many`);
  return list
    .split(/[;,\s]+/)
    .filter(Boolean)
    .join(';');
}
