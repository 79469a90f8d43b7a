import { readAuthorization, writeAuthorization, type AuthorizationFields } from '../../places/authorization.ts';
import { headerValues, type Message } from '../../message.ts';
import type { Scheme } from '../../scheme.ts';
import { looksLikeDigest } from './received-signature.ts';
import { whiteSpace, withoutEnd, withoutStart } from '../../canonical/trimming.ts';

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

/** Reads the header that carries the signature, forgiving what can be understood; `undefined` when there is none. */
export function readLeniently(scheme: Scheme, message: Message): LenientAuthorization | undefined {
  const { header, template } = scheme.authorization;
  const values = headerValues(message.headers, header);
  for (const value of values) {
    const read = readValue(scheme, value);
    if (read) return finish(scheme, header, value, read);
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

interface Read {
  readonly fields: Partial<AuthorizationFields>;
  readonly slips: readonly string[];
  readonly strict: boolean;
}

function finish(scheme: Scheme, header: string, value: string, read: Read): LenientAuthorization | undefined {
  const sentSignature = read.fields.signature ?? '';
  const signatureSlips: string[] = [];
  const signature = restoreSignature(sentSignature, signatureSlips);
  if (signature === '') return undefined;
  const slips = [...read.slips, ...signatureSlips];
  const fields: AuthorizationFields = { ...read.fields, signature };
  const { accepted = [[]] } = scheme.signedHeaders ?? {};
  const corrected = writeAuthorization(scheme.authorization, {
    keyId: '<key id>',
    signedHeaders: (accepted[0] ?? []).join(';'),
    ...fields,
  });
  if (slips.length === 0 && !readAuthorization(scheme.authorization, value)) {
    const slip = `it is not of the form "${scheme.authorization.template}"`;
    slips.push(slip);
    if (/[\s,"]/.test(sentSignature)) signatureSlips.push(slip);
  }
  return { header, value, fields, sentSignature, slips, signatureSlips, corrected };
}

/** Undoes what happens to a signature's text on its way into a header. */
function restoreSignature(text: string, slips: string[]): string {
  let signature = text.trim();
  const wrapped = /^b'(.*)'$|^b"(.*)"$/.exec(signature);
  if (wrapped) {
    slips.push("the signature is printed as a Python bytes literal (b'…')");
    signature = wrapped[1] ?? wrapped[2] ?? '';
  }
  if (/^["'<[{(].*["'>\]})]$/.test(signature)) {
    slips.push('the signature stands in quotes or brackets');
    signature = signature.slice(1, -1);
  }
  if (/^["']|["']$/.test(signature)) {
    slips.push('a quote sticks to the signature');
    signature = signature.replace(/^["']|["']$/g, '');
  }
  if (/%[0-9a-f]{2}/i.test(signature)) {
    slips.push('the signature is URL-encoded');
    // Encoded over and over it would be read as often; more than a few times is nobody's mistake.
    for (let time = 0; time < 4 && /%[0-9a-f]{2}/i.test(signature); time++) {
      signature = signature.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      );
    }
  }
  if (/\\u003d/i.test(signature)) {
    slips.push('the signature is JSON-escaped');
    signature = signature
      .replace(/\\u003d/gi, '=')
      .replace(/\\u002b/gi, '+')
      .replace(/\\u002f/gi, '/');
  }
  if (/\\\//.test(signature)) {
    slips.push('the signature is JSON-escaped');
    signature = signature.replaceAll('\\/', '/');
  }
  if (/\\[nr]/.test(signature)) {
    slips.push('a written-out line break sticks to the signature');
    signature = signature.replace(/(?:\\[nr])+/g, '');
  }
  if (/\S \S/.test(signature)) {
    slips.push('the plus signs of the signature became spaces');
    signature = signature.replaceAll(' ', '+');
  }
  if (/[,;&.]$/.test(signature)) {
    slips.push(`a "${signature.slice(-1)}" sticks to the end of the signature`);
    signature = withoutEnd(signature, ',;&.');
  }
  const prefix = /^(?:sha(?:256|1|512)|hmac-sha256|v\d|sig(?:nature)?)[=:](?=.{16})/i.exec(signature)?.[0];
  if (prefix !== undefined) {
    slips.push(`"${prefix}" stands before the signature`);
    signature = signature.slice(prefix.length);
  }
  return signature;
}

function readValue(scheme: Scheme, value: string): Read | undefined {
  const strict = readAuthorization(scheme.authorization, value);
  if (strict) return { fields: strict, slips: [], strict: true };
  return templateLabels(scheme).size > 0 ? readLabelled(scheme, value) : readPositional(scheme, value);
}

/** Labels of a template's fields: `SignedHeaders` and `Signature` of `SignedHeaders={signedHeaders}&Signature={signature}`. */
function templateLabels(scheme: Scheme): Map<string, keyof AuthorizationFields> {
  const labels = new Map<string, keyof AuthorizationFields>();
  for (const [, label = '', field = ''] of scheme.authorization.template.matchAll(/([\w-]+)=\{(\w+)\}/g)) {
    labels.set(label.toLowerCase(), field as keyof AuthorizationFields);
  }
  return labels;
}

/** The word before the first field, for example `HMAC-SHA256` or `application`; empty when there is none. */
function schemeWord(template: string): string {
  return /^([\w-]+) /.exec(template)?.[1] ?? '';
}

/** Takes the leading word off and says what is wrong with it. */
function takeWord(scheme: Scheme, value: string, slips: string[]): string {
  const word = schemeWord(scheme.authorization.template);
  let rest = value.trim();
  if (/^["'].*["']$/.test(rest)) {
    slips.push('the whole value stands in quotes');
    rest = rest.slice(1, -1).trim();
  }
  const nested = new RegExp(`^${scheme.authorization.header}\\s*:\\s*`, 'i').exec(rest)?.[0];
  if (nested !== undefined) {
    slips.push(`the value begins with the header's own name ("${nested.trim()}")`);
    rest = rest.slice(nested.length);
  }
  if (word === '') return rest;
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const found = new RegExp(`^${escaped}(?:\\s*[:,;]\\s*|\\s+|=)`, 'i').exec(rest)?.[0];
  if (found === undefined) {
    const other = /^([A-Za-z][\w-]*)\s+(?=\S)/.exec(rest);
    if (other) {
      slips.push(`it begins with "${other[1]}" instead of "${word}"`);
      return rest.slice(other[0].length);
    }
    slips.push(`the leading word "${word}" is missing`);
    return rest;
  }
  const spelled = found.slice(0, word.length);
  if (spelled !== word && !scheme.authorization.anyCaseWord) slips.push(`"${word}" is spelled "${spelled}"`);
  if (found.slice(word.length) !== ' ') {
    slips.push(`"${found.slice(word.length)}" stands between "${word}" and the rest instead of one space`);
  }
  rest = rest.slice(found.length);
  if (new RegExp(`^${escaped}\\s`, 'i').test(rest)) {
    slips.push(`"${word}" stands there twice`);
    rest = rest.slice(word.length).trim();
  }
  return rest;
}

function readLabelled(scheme: Scheme, value: string): Read | undefined {
  const slips: string[] = [];
  const labels = templateLabels(scheme);
  const rest = takeWord(scheme, value, slips);
  // A label counts where a value begins and something follows its "=" or ":"; the padding of base64 is followed by nothing.
  const found = [...rest.matchAll(/(^|[\s,;&?"'{(])([A-Za-z][\w-]*)["']?(\s*[=:]\s*)(?=["']?[^=&,;\s"'])/g)];
  const spelling = [...labels.keys()];
  const pieces = found
    .filter(([, , label = '', sign = '']) => sign.trim() === '=' || labels.has(label.toLowerCase()))
    .map((match) => ({ label: match[2] ?? '', from: match.index, to: match.index + match[0].length, sign: match[3] }));
  const fields: Partial<Record<keyof AuthorizationFields, string>> = {};
  const order: string[] = [];
  for (const [index, piece] of pieces.entries()) {
    const text = rest.slice(piece.to, pieces[index + 1]?.from ?? rest.length);
    const field = labels.get(piece.label.toLowerCase());
    if (field === undefined) {
      slips.push(`the parameter ${piece.label}=… does not belong to this scheme`);
      continue;
    }
    if (fields[field] !== undefined) slips.push(`${piece.label} is given twice`);
    order.push(piece.label.toLowerCase());
    fields[field] = field === 'signature' ? text : withoutStart(withoutEnd(text.trim(), `"',;&`), `"'`);
    if (!scheme.authorization.template.includes(`${piece.label}=`))
      slips.push(`${piece.label} is spelled in another case`);
    if (piece.sign !== '=') slips.push(`"${piece.sign ?? ''}" follows ${piece.label} instead of "="`);
    const separator = index === 0 ? '' : rest.slice(pieces[index - 1]?.to ?? 0, piece.to);
    const ahead = separator.slice(0, Math.max(0, separator.length - piece.label.length - (piece.sign?.length ?? 0)));
    const before = ahead.slice(withoutEnd(ahead, `${whiteSpace},;&"'`).length);
    if (index > 0 && before.trim() !== '&' && field !== 'signedHeaders') {
      slips.push(`the parameters are separated by "${before}" instead of "&"`);
    } else if (index > 0 && before !== '&') {
      slips.push('there is white space between the parameters');
    }
  }
  if (fields.signature === undefined) {
    const bare = rest.split(/[\s,;&]+/).find((token) => looksLikeDigest(token));
    if (bare === undefined) return undefined;
    slips.push('the signature has no label');
    fields.signature = bare;
  }
  for (const label of spelling) {
    const field = labels.get(label);
    if (field && fields[field] === undefined) slips.push(`${originalLabel(scheme, label)}= is missing`);
  }
  if (order.join() !== spelling.filter((label) => order.includes(label)).join()) {
    slips.push('the parameters stand in another order');
  }
  return { fields, slips, strict: false };
}

function originalLabel(scheme: Scheme, lower: string): string {
  const at = scheme.authorization.template.toLowerCase().indexOf(`${lower}=`);
  return scheme.authorization.template.slice(at, at + lower.length);
}

/** Templates without labels: `application {keyId}:{signature}`, or the signature alone. */
function readPositional(scheme: Scheme, value: string): Read | undefined {
  const slips: string[] = [];
  let rest = takeWord(scheme, value, slips);
  const literal = /^[^{\s]*(?=\{signature\}$)/.exec(scheme.authorization.template)?.[0] ?? '';
  if (!scheme.authorization.template.includes('{keyId}')) {
    if (literal !== '' && rest.toLowerCase().startsWith(literal.toLowerCase())) rest = rest.slice(literal.length);
    else if (literal !== '') slips.push(`"${literal}" is missing before the signature`);
    return { fields: { signature: rest }, slips, strict: false };
  }
  const packed = decodedPair(rest);
  if (packed !== undefined) {
    slips.push('key id and signature are base64-encoded together, as in Basic authentication');
    rest = packed;
  }
  const pair = /^["']?([^:\s,=;"']+)["']?(\s*[:,=;]\s*|\s+)(.+)$/s.exec(rest);
  const [, keyId = '', separator = '', signature = ''] = pair ?? [];
  // Of two signatures that were joined, one is enough.
  if (![signature, ...signature.split(/[\s,;]+/)].some(looksLikeDigest)) {
    if (!looksLikeDigest(rest)) return undefined;
    slips.push('the key id is missing');
    return { fields: { signature: rest }, slips, strict: false };
  }
  if (separator !== ':') slips.push(`key id and signature are separated by "${separator}" instead of ":"`);
  return { fields: { keyId, signature }, slips, strict: false };
}

function decodedPair(text: string): string | undefined {
  if (!/^[A-Za-z0-9+/]{40,}={0,2}$/.test(text)) return undefined;
  const decoded = decodedBase64(text);
  const pair = /^([\x21-\x39\x3b-\x7e]+):(.+)$/.exec(decoded);
  return pair && looksLikeDigest(pair[2] ?? '') ? decoded : undefined;
}

function decodedBase64(text: string): string {
  try {
    return atob(text);
  } catch {
    return '';
  }
}
