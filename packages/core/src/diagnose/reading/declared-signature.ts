import { declaredParts } from '../../parts/declared-parts.ts';
import { parametersField } from '../../parts/components.ts';
import { headerValue, headerValues, type Header, type Message } from '../../message.ts';
import type { ListedHeadersSource } from '../../parts/listed-headers.ts';
import { sourceFrom } from '../../parts/source-from.ts';
import { identifierOf, isOfRequests } from '../../places/components-rule.ts';
import { readAnySignatureInput, type DeclaredSignature } from '../../places/signature-input.ts';
import type { PartRule, Scheme } from '../../scheme.ts';
import type { LenientAuthorization } from './lenient-authorization.ts';

/** A signature that declares its components, as somebody meant it. */
export interface MeantSignature {
  readonly declared: DeclaredSignature;
  /** What was repaired to read it. */
  readonly slips: readonly string[];
}

/** Reads `Signature-Input` and `Signature`, forgiving what can be understood. */
export function readDeclaredLeniently(scheme: Scheme, message: Message): MeantSignature | undefined {
  const rule = scheme.components;
  if (!rule) return undefined;
  const strict = readAnySignatureInput(rule, message);
  if (!('code' in strict)) return { declared: strict, slips: [] };
  const slips: string[] = [];
  const headers = message.headers.map(([name, value]): Header => {
    const repair = repairs[name.toLowerCase()];
    return repair ? [name, repair(value, slips)] : [name, value];
  });
  const read = readAnySignatureInput(rule, { headers });
  return 'code' in read || slips.length === 0 ? undefined : { declared: read, slips: [...new Set(slips)] };
}

/** Why no signature can be read of the two headers; `undefined` where it can, or the scheme has no such headers. */
export function declaredProblem({ components }: Scheme, message: Message): string | undefined {
  const read = components && readAnySignatureInput(components, message);
  return read && 'code' in read ? read.summary : undefined;
}

/** The scheme with the parts, or the header of its hash, that a request declares: from then on it is diagnosed as any other. */
export function declaredScheme(scheme: Scheme, message: Message): Scheme {
  if (!scheme.components) return hashedScheme(scheme, message);
  const meant = readDeclaredLeniently(scheme, message);
  if (!meant) return scheme;
  const parts = declaredParts(scheme.components, meant.declared.components, message, scheme.parts);
  const signsDigest = meant.declared.components.some(({ item }) => item.value === 'content-digest');
  const [digest = ''] = headerValues(message.headers, 'content-digest');
  const [, bits] = /\bsha-(256|512)=:/.exec(digest) ?? [];
  if (!signsDigest || bits === undefined) return { ...scheme, parts };
  const algorithm = bits === '256' ? 'sha256' : 'sha512';
  // So it signs the body, by its hash.
  const hashed = parts.map((part): PartRule =>
    part.name === 'content-digest' ? { ...part, source: { from: 'component', component: part.name } } : part,
  );
  return {
    ...scheme,
    parts: hashed,
    contentHash: { algorithm, encoding: 'base64', header: 'content-digest', empty: 'hashed' },
  };
}

/** Where a request may say the hash of its body, and does, that header is part of the diagnosis. */
function hashedScheme(scheme: Scheme, message: Message): Scheme {
  const header = hashHeaderOf(scheme);
  const { contentHash } = scheme;
  if (!contentHash || header === undefined || headerValue(message.headers, header) === undefined) return scheme;
  return uncoveredBody(scheme, message) === undefined ? { ...scheme, contentHash: { ...contentHash, header } } : scheme;
}

/** The header that may say the hash of the body. */
export function hashHeaderOf({ parts }: Scheme): string | undefined {
  return sourceFrom<ListedHeadersSource>(parts, 'listed-headers')?.hashHeader;
}

/** What stands in the place of the body's hash where the body is not signed, or signed in pieces. */
export function uncoveredBody(scheme: Scheme, message: Message): string | undefined {
  const header = hashHeaderOf(scheme);
  const said = header === undefined ? undefined : headerValue(message.headers, header);
  return said !== undefined && /^(?:UNSIGNED-PAYLOAD|STREAMING-[A-Z0-9-]+)$/.test(said) ? said : undefined;
}

/** A component that a signature covers and that is none of a request: what it belongs to. */
export interface ForeignComponent {
  readonly identifier: string;
  readonly of: 'responses' | 'trailers' | 'nothing known';
}

/** The first component that the signature covers and no request can have; `undefined` where there is none. */
export function foreignComponent(scheme: Scheme, message: Message): ForeignComponent | undefined {
  const foreign = readDeclaredLeniently(scheme, message)?.declared.components.find((one) => !isOfRequests(one));
  if (!foreign) return undefined;
  const { item, parameters } = foreign;
  const isOfResponse = item.value === '@status' || parameters.has('req');
  const of = isOfResponse ? 'responses' : parameters.has('tr') ? 'trailers' : 'nothing known';
  return { identifier: identifierOf(foreign), of };
}

/** The hash that `Content-Digest` says, without what stands around it. */
export function digestInField(value: string): string {
  return /\bsha-(?:256|512)=:([^:]*):/.exec(value)?.[1] ?? value;
}

/** What signs the request, for the rest of the diagnosis. */
export function declaredAuthorization(scheme: Scheme, message: Message): LenientAuthorization | undefined {
  const meant = readDeclaredLeniently(scheme, message);
  if (!meant) return undefined;
  const { declared, slips } = meant;
  const { signature, keyId, created, label, parametersText } = declared;
  const { header } = scheme.authorization;
  const values = headerValues(message.headers, header);
  return {
    header,
    value: values.join(', '),
    fields: { signature, keyId, date: created, fields: { [parametersField]: parametersText } },
    sentSignature: signature,
    slips,
    signatureSlips: [],
    corrected: slips.length > 0 ? `${label}=${parametersText}` : `${label}=:${signature}:`,
  };
}

type Repair = (value: string, slips: string[]) => string;

/** One repair after the other, each told where it changed something. */
function repaired(
  value: string,
  slips: string[],
  steps: readonly (readonly [string, (text: string) => string])[],
): string {
  let text = value;
  for (const [slip, change] of steps) {
    const changed = change(text);
    if (changed !== text) slips.push(slip);
    text = changed;
  }
  return text;
}

const inBrackets =
  (change: (list: string) => string) =>
  (text: string): string =>
    text.replace(/\(([^()]*)\)/g, (_, list: string) => `(${change(list)})`);

const repairs: Readonly<Record<string, Repair>> = {
  'signature-input': (value, slips) =>
    repaired(value, slips, [
      [
        'the components are separated by "," instead of a space',
        inBrackets((list) => list.replace(/"\s*,\s*"/g, '" "')),
      ],
      ['the components stand without quotes', inBrackets((list) => list.replace(/(^|\s)([@a-z][\w-]*)/gi, '$1"$2"'))],
      [
        'names of components are written in capitals',
        inBrackets((list) => list.replace(/"([\w-]+)"/g, (name) => name.toLowerCase())),
      ],
      [
        'a ";" is missing before a parameter',
        (text) => text.replace(/([)"\d])\s*,?\s*(?=(?:created|expires|keyid|nonce|alg|tag)=)/g, '$1;'),
      ],
      ['white space stands before a ";"', (text) => text.replace(/\s+;/g, ';')],
      ['a time stands in quotes', (text) => text.replace(/;\s*(created|expires)="(\d+)"/g, ';$1=$2')],
      [
        'a parameter stands without quotes',
        (text) => text.replace(/;\s*(keyid|nonce|alg|tag)=([^";,\s]+)/g, ';$1="$2"'),
      ],
    ]),
  signature: (value, slips) =>
    repaired(value, slips, [
      ['the signature stands in quotes instead of colons', (text) => text.replace(/="([A-Za-z0-9+/=]+)"/g, '=:$1:')],
      [
        'the signature stands without colons',
        (text) => text.replace(/^([\w*.-]+)=([A-Za-z0-9+/]+={0,2})$/g, '$1=:$2:'),
      ],
    ]),
};
