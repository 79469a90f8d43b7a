import { percentByte } from '../../canonical/byte-encoding.ts';

const hex = (character: string): string => percentByte(character.charCodeAt(0));

/** Most names and values of a form are unreserved characters alone, which no dialect changes. */
const isPlain = (text: string): boolean => /^[A-Za-z0-9\-._]*$/.test(text);

const loneSurrogate = /\p{Surrogate}/gu;

/** `encodeURIComponent`, with U+FFFD for what is no character instead of an exception. */
export function encodeComponent(text: string): string {
  if (isPlain(text)) return text;
  return encodeURIComponent(text.replace(loneSurrogate, '\ufffd'));
}

/** `encodeURI`, with U+FFFD for what is no character instead of an exception. */
export function encodeWhole(text: string): string {
  return encodeURI(text.replace(loneSurrogate, '\ufffd'));
}

/** Percent-encodes all but unreserved characters (RFC 3986 §2.3). */
export function encodeRfc3986(text: string): string {
  if (isPlain(text)) return text;
  return encodeComponent(text).replace(/[!'()*]/g, hex);
}

/** How libraries encode one name or value of a query or form. */
export const formDialects: readonly { readonly label: string; readonly encode: (text: string) => string }[] = [
  { label: 'as URLSearchParams does', encode: (text) => encodeWhatwg(text) },
  { label: 'as encodeURIComponent does', encode: (text) => encodeComponent(text) },
  { label: 'by RFC 3986, as Python’s quote(safe="") and PHP’s rawurlencode do', encode: encodeRfc3986 },
  {
    label: 'by RFC 1738, as Python’s urlencode and http_build_query do',
    encode: (text) => encodeRfc3986(text).replaceAll('%20', '+'),
  },
  {
    label: 'as PHP’s urlencode does',
    encode: (text) => encodeRfc3986(text).replaceAll('%20', '+').replaceAll('~', '%7E'),
  },
  {
    label: 'as Java’s URLEncoder does',
    encode: (text) => encodeRfc3986(text).replaceAll('%20', '+').replaceAll('%2A', '*').replaceAll('~', '%7E'),
  },
  { label: 'with spaces as %20 and * ~ kept', encode: (text) => encodeRfc3986(text).replaceAll('%2A', '*') },
  { label: 'as encodeURI does', encode: (text) => encodeWhole(text) },
  {
    label: 'with lower-case escapes',
    encode: (text) => encodeRfc3986(text).replace(/%../g, (escape) => escape.toLowerCase()),
  },
  {
    label: 'with lower-case escapes and + for spaces',
    encode: (text) =>
      encodeRfc3986(text)
        .replaceAll('%20', '+')
        .replace(/%../g, (escape) => escape.toLowerCase()),
  },
  { label: 'with slashes kept, as Python’s quote does', encode: (text) => encodeRfc3986(text).replaceAll('%2F', '/') },
];

function encodeWhatwg(text: string): string {
  if (isPlain(text)) return text;
  return new URLSearchParams([['', text]]).toString().slice(1);
}

/** Decodes every escape as UTF-8; leaves the text alone where that is impossible. */
export function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
