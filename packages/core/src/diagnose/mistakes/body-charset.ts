import { utf8 } from '../../canonical/byte-encoding.ts';
import { isNormalizable } from '../text/normalizable.ts';
import { encodeWindows1252, readAsWindows1252 } from '../text/windows-1252.ts';
import { joinLayout } from '../reading/layout.ts';
import type { BodyMove, LayoutMove, MistakeClass } from '../search/mistake-class.ts';
import { plainQuotes } from '../text/plain-quotes.ts';

interface Change {
  readonly kind: 'body' | 'string to sign';
  /** Its charset, in words. */
  readonly how: string;
}

/** The right characters as other bytes. */
export const bodyCharset: MistakeClass<Change> = {
  id: 'body/charset',
  rank: 250,
  needs: 'body',
  stacksOn: 'any',
  bodies: (body, text) => charsets(body, text),
  layouts: function* (layout) {
    const text = joinLayout(layout);
    if (typeof text !== 'string') return;
    for (const { how, encode } of encodings) {
      yield {
        detail: { kind: 'string to sign', how },
        cost: 2,
        layout,
        encode,
      } satisfies LayoutMove<Change>;
    }
  },
  say: (detail, { yours, expected }) => {
    if (detail.kind === 'string to sign')
      return `The characters are right and the bytes are not: the string to sign was turned into bytes ${detail.how}.`;
    return `The body was hashed ${detail.how}: ${firstOdd(expected, yours)}.`;
  },
  fixes: {
    javascript: "const bytes = Buffer.from(body, 'utf8'); // not 'latin1', not 'ascii'",
    python: "data = body.encode('utf-8')  # hash these bytes, send these bytes",
    csharp: 'Encoding.UTF8.GetBytes(body) // not Encoding.ASCII, not Encoding.Unicode',
    java: 'body.getBytes(StandardCharsets.UTF_8) // never the platform default',
    php: '$bytes = $body; // as read, without utf8_encode or mb_convert_encoding',
    postman: 'const bytes = CryptoJS.enc.Utf8.parse(body);',
  },
};

function firstOdd(expected: string, yours: string): string {
  let at = 0;
  while (at < expected.length && expected[at] === yours[at]) at++;
  const character = String.fromCodePoint(expected.codePointAt(at) ?? 0xfffd);
  return `the first character that differs is "${character}" (U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}), character ${at + 1}`;
}

/** Ways to make bytes of a text; `wide` where it takes two for an ASCII character. */
const encodings: readonly {
  readonly how: string;
  readonly encode: (text: string) => Uint8Array;
  readonly wide?: true;
}[] = [
  { how: 'as UTF-16 (little-endian)', encode: (text) => utf16(text, true), wide: true },
  { how: 'as UTF-16 (big-endian)', encode: (text) => utf16(text, false), wide: true },
  { how: 'as UTF-16 with a byte order mark', encode: (text) => utf16(`\ufeff${text}`, true), wide: true },
  { how: 'as Latin-1', encode: (text) => units(text, (unit) => Math.min(unit, 255)) },
  {
    how: 'as Latin-1, with "?" for the rest',
    encode: (text) => Uint8Array.from([...text], (character) => narrow(character, 255)),
  },
  {
    how: 'as ASCII, with "?" for the rest',
    encode: (text) => Uint8Array.from([...text], (character) => narrow(character, 127)),
  },
  {
    how: 'as ASCII, with "?" for every UTF-16 unit of the rest',
    encode: (text) => units(text, (unit) => (unit < 128 ? unit : 63)),
  },
  { how: 'as the low bytes of its characters', encode: (text) => units(text, (unit) => unit & 255) },
  { how: 'as Windows-1252', encode: encodeWindows1252 },
  { how: 'as UTF-8 twice', encode: (text) => utf8.encode(latin1(utf8.encode(text))) },
  {
    how: 'as UTF-8 twice, by way of Windows-1252',
    encode: (text) => utf8.encode(readAsWindows1252(utf8.encode(text))),
  },
  { how: 'as UTF-8 with surrogates encoded one by one (CESU-8)', encode: cesu8 },
];

function hashed(how: string): Change {
  return { kind: 'body', how };
}

function* charsets(sent: Uint8Array, text: string | undefined): Generator<BodyMove<Change>> {
  if (text === undefined) {
    const replaced = new TextDecoder('utf-8', { ignoreBOM: true }).decode(sent);
    yield { detail: hashed('after being read as UTF-8, with U+FFFD for what is none'), cost: 1, body: replaced };
    yield {
      detail: hashed('after being read as UTF-8, with "?" for what is none'),
      cost: 2,
      body: replaced.replaceAll('\ufffd', '?'),
    };
    yield {
      detail: hashed('after being read as UTF-8, without what is none'),
      cost: 2,
      body: replaced.replaceAll('\ufffd', ''),
    };
    yield {
      detail: hashed('as Latin-1 read as text and written as UTF-8'),
      cost: 1,
      body: latin1(sent),
    };
    return;
  }
  const ascii = /^[\0-\x7f]*$/.test(text);
  for (const { how, encode, wide } of encodings) {
    // On pure ASCII all others are the same bytes: it cannot matter there.
    if (ascii && !wide) continue;
    yield { detail: hashed(how), cost: 1, body: encode(text) };
  }
  if (ascii) return;
  for (const form of ['NFC', 'NFD', 'NFKC'] as const)
    if (isNormalizable(text))
      yield { detail: hashed(`in Unicode normalization form ${form}`), cost: 1, body: text.normalize(form) };
  yield { detail: hashed('without its non-ASCII characters'), cost: 2, body: text.replace(/[^\0-\x7f]/g, '') };
  yield {
    detail: hashed('with U+FFFD for every byte that is not ASCII'),
    cost: 2,
    body: Array.from(sent, (byte) => (byte < 128 ? String.fromCharCode(byte) : '\ufffd')).join(''),
  };
  yield {
    detail: hashed('with "?" for every byte that is not ASCII'),
    cost: 2,
    body: sent.map((byte) => (byte < 128 ? byte : 63)),
  };
  yield {
    detail: hashed('with U+FFFD for every character that is not ASCII'),
    cost: 2,
    body: text.replace(/[^\0-\x7f]/gu, '\ufffd'),
  };
  if (isNormalizable(text))
    yield { detail: hashed('with its accents taken off'), cost: 3, body: text.normalize('NFD').replace(/\p{M}/gu, '') };
  yield { detail: hashed('with the high bits lost'), cost: 3, body: sent.map((byte) => byte & 127) };
  yield {
    detail: hashed('with typographic quotes and dashes made plain'),
    cost: 3,
    body: plainQuotes(text)
      .replace(/[\u2013\u2014]/g, '-')
      .replace(/\u2026/g, '...'),
  };
}

function narrow(character: string, limit: number): number {
  const code = character.codePointAt(0) ?? 63;
  return code <= limit ? code : 63;
}

/** Bytes as the characters of the same numbers. */
function latin1(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function units(text: string, byte: (unit: number) => number): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = byte(text.charCodeAt(index));
  return bytes;
}

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < text.length; index++) view.setUint16(index * 2, text.charCodeAt(index), littleEndian);
  return bytes;
}

function cesu8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit < 0x80) bytes.push(unit);
    else if (unit < 0x800) bytes.push(0xc0 | (unit >> 6), 0x80 | (unit & 63));
    else bytes.push(0xe0 | (unit >> 12), 0x80 | ((unit >> 6) & 63), 0x80 | (unit & 63));
  }
  return Uint8Array.from(bytes);
}
