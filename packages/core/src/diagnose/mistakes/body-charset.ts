import { bodyFixes } from '../fixes/string-to-sign.ts';
import { bytesOf, utf8 } from '../../canonical/byte-encoding.ts';
import { cesu8, latin1, mojibake, narrow, units, utf16, windows1252 } from '../text/charsets.ts';
import { isNormalizable } from '../text/normalizable.ts';
import { characterStart, firstDifference, textOf, visible } from '../text/visible.ts';
import { joinLayout } from '../reading/layout.ts';
import type { BodyMove, LayoutMove, MistakeClass } from '../search/mistake-class.ts';
import { plainQuotes } from '../text/plain-quotes.ts';

type Change =
  | { readonly kind: 'body' | 'string to sign'; readonly charset: Charset }
  /** The body is no UTF-8 and was read as text all the same. */
  | { readonly kind: 'read as text'; readonly reading: keyof typeof readings }
  | { readonly kind: 'normalized'; readonly form: 'NFC' | 'NFD' | 'NFKC' }
  /** What is not ASCII was lost. */
  | { readonly kind: 'lossy'; readonly loss: keyof typeof losses };

/** The right characters as other bytes. */
export const bodyCharset: MistakeClass<Change> = {
  id: 'body/charset',
  rank: 250,
  needs: 'body',
  usualFrom: ['dotnet', 'java'],
  stacksOn: 'any',
  bodies: (body, text) => hashedAs(body, text),
  layouts: function* (layout) {
    const text = joinLayout(layout);
    if (typeof text !== 'string') return;
    for (const [charset, { encode }] of charsetRows)
      yield { detail: { kind: 'string to sign', charset }, cost: 2, layout, encode } satisfies LayoutMove<Change>;
  },
  say: (detail, { exact }) => {
    if (detail.kind === 'string to sign')
      return `The characters are right and the bytes are not: the string to sign was turned into bytes ${inWords(detail)}.`;
    if (detail.kind === 'body' && charsets[detail.charset].wide)
      return `The body was hashed ${inWords(detail)}, and was sent in other bytes.`;
    return `The body was hashed ${inWords(detail)}: ${firstOdd(bytesOf(exact.expected), bytesOf(exact.yours))}.`;
  },
  what: inWords,
  fixes: ({ scheme }) =>
    bodyFixes(scheme, {
      javascript: "body: the text that is sent; Buffer.from(body, 'utf8'), not 'latin1', not 'ascii'",
      python: "body: text.encode('utf-8'), hashed and sent",
      csharp: 'body: Encoding.UTF8.GetBytes(text), not Encoding.ASCII, not Encoding.Unicode',
      java: 'body: text.getBytes(StandardCharsets.UTF_8), never the platform default',
      php: 'body: as read, without utf8_encode or mb_convert_encoding',
      go: 'body: []byte(text), hashed and sent',
      ruby: 'body: in UTF-8, hashed and sent',
      bash: 'body: in UTF-8, hashed and sent',
      powershell: 'body: [Text.Encoding]::UTF8.GetBytes($text), hashed and sent',
      postman: 'CryptoJS hashes the UTF-8 of a text',
    }),
};

/** Names the first character of the body that was sent whose bytes are others in the one that was hashed. */
function firstOdd(sent: Uint8Array, hashed: Uint8Array): string {
  const at = characterStart(sent, firstDifference(hashed, sent));
  const before = textOf(sent.subarray(0, at));
  const code = textOf(sent.subarray(at))?.codePointAt(0);
  if (before === undefined || code === undefined) return `byte ${at + 1} is the first that differs`;
  const hex = code.toString(16).toUpperCase().padStart(4, '0');
  const character = String.fromCodePoint(code);
  // What cannot be seen, and a quote in quotes, is told by its number alone.
  const shown = character === '"' || visible(character) !== character ? `U+${hex}` : `"${character}" (U+${hex})`;
  return `the first character that differs is ${shown}, character ${[...before].length + 1}`;
}

function inWords(detail: Change): string {
  switch (detail.kind) {
    case 'body':
    case 'string to sign':
      return charsets[detail.charset].words;
    case 'read as text':
      return readings[detail.reading];
    case 'normalized':
      return `in Unicode normalization form ${detail.form}`;
    case 'lossy':
      return losses[detail.loss];
  }
}

interface CharsetRow {
  readonly words: string;
  readonly encode: (text: string) => Uint8Array;
  /** It takes two bytes for an ASCII character. */
  readonly wide?: true;
}

type Charset =
  | 'UTF-16LE'
  | 'UTF-16BE'
  | 'UTF-16 with mark'
  | 'Latin-1'
  | 'Latin-1 or ?'
  | 'ASCII or ?'
  | 'ASCII or ? a unit'
  | 'low bytes'
  | 'Windows-1252'
  | 'UTF-8 twice'
  | 'UTF-8 of Windows-1252'
  | 'CESU-8';

/** Ways to make bytes of a text. */
const charsets: Readonly<Record<Charset, CharsetRow>> = {
  'UTF-16LE': { words: 'as UTF-16 (little-endian)', encode: (text) => utf16(text, true), wide: true },
  'UTF-16BE': { words: 'as UTF-16 (big-endian)', encode: (text) => utf16(text, false), wide: true },
  'UTF-16 with mark': {
    words: 'as UTF-16 with a byte order mark',
    encode: (text) => utf16(`\ufeff${text}`, true),
    wide: true,
  },
  'Latin-1': { words: 'as Latin-1', encode: (text) => units(text, (unit) => Math.min(unit, 255)) },
  'Latin-1 or ?': {
    words: 'as Latin-1, with "?" for the rest',
    encode: (text) => Uint8Array.from([...text], (character) => narrow(character, 255)),
  },
  'ASCII or ?': {
    words: 'as ASCII, with "?" for the rest',
    encode: (text) => Uint8Array.from([...text], (character) => narrow(character, 127)),
  },
  'ASCII or ? a unit': {
    words: 'as ASCII, with "?" for every UTF-16 unit of the rest',
    encode: (text) => units(text, (unit) => (unit < 128 ? unit : 63)),
  },
  'low bytes': { words: 'as the low bytes of its characters', encode: (text) => units(text, (unit) => unit & 255) },
  'Windows-1252': { words: 'as Windows-1252', encode: windows1252 },
  'UTF-8 twice': { words: 'as UTF-8 twice', encode: (text) => utf8.encode(latin1(utf8.encode(text))) },
  'UTF-8 of Windows-1252': {
    words: 'as UTF-8 twice, by way of Windows-1252',
    encode: (text) => utf8.encode(mojibake(text)),
  },
  'CESU-8': { words: 'as UTF-8 with surrogates encoded one by one (CESU-8)', encode: cesu8 },
};
const charsetRows = Object.entries(charsets) as [Charset, CharsetRow][];

const readings = {
  'U+FFFD': 'after being read as UTF-8, with U+FFFD for what is none',
  '?': 'after being read as UTF-8, with "?" for what is none',
  'left out': 'after being read as UTF-8, without what is none',
  'Latin-1': 'as Latin-1 read as text and written as UTF-8',
} as const;

const losses = {
  'left out': 'without its non-ASCII characters',
  'bytes as U+FFFD': 'with U+FFFD for every byte that is not ASCII',
  'bytes as ?': 'with "?" for every byte that is not ASCII',
  'characters as U+FFFD': 'with U+FFFD for every character that is not ASCII',
  accents: 'with its accents taken off',
  'high bits': 'with the high bits lost',
  punctuation: 'with typographic quotes and dashes made plain',
} as const;

function lossy(loss: keyof typeof losses): Change {
  return { kind: 'lossy', loss };
}

function* hashedAs(sent: Uint8Array, text: string | undefined): Generator<BodyMove<Change>> {
  if (text === undefined) {
    const replaced = new TextDecoder('utf-8', { ignoreBOM: true }).decode(sent);
    const read = (reading: keyof typeof readings): Change => ({ kind: 'read as text', reading });
    yield { detail: read('U+FFFD'), cost: 1, body: replaced };
    yield { detail: read('?'), cost: 2, body: replaced.replaceAll('\ufffd', '?') };
    yield { detail: read('left out'), cost: 2, body: replaced.replaceAll('\ufffd', '') };
    yield { detail: read('Latin-1'), cost: 1, body: latin1(sent) };
    return;
  }
  const ascii = /^[\0-\x7f]*$/.test(text);
  for (const [charset, { encode, wide }] of charsetRows) {
    // On pure ASCII all others are the same bytes: it cannot matter there.
    if (ascii && !wide) continue;
    yield { detail: { kind: 'body', charset }, cost: 1, body: encode(text) };
  }
  if (ascii) return;
  for (const form of ['NFC', 'NFD', 'NFKC'] as const)
    if (isNormalizable(text)) yield { detail: { kind: 'normalized', form }, cost: 1, body: text.normalize(form) };
  yield { detail: lossy('left out'), cost: 2, body: text.replace(/[^\0-\x7f]/g, '') };
  yield {
    detail: lossy('bytes as U+FFFD'),
    cost: 2,
    body: Array.from(sent, (byte) => (byte < 128 ? String.fromCharCode(byte) : '\ufffd')).join(''),
  };
  yield {
    detail: lossy('bytes as ?'),
    cost: 2,
    body: sent.map((byte) => (byte < 128 ? byte : 63)),
  };
  yield {
    detail: lossy('characters as U+FFFD'),
    cost: 2,
    body: text.replace(/[^\0-\x7f]/gu, '\ufffd'),
  };
  if (isNormalizable(text))
    yield { detail: lossy('accents'), cost: 3, body: text.normalize('NFD').replace(/\p{M}/gu, '') };
  yield { detail: lossy('high bits'), cost: 3, body: sent.map((byte) => byte & 127) };
  yield {
    detail: lossy('punctuation'),
    cost: 3,
    body: plainQuotes(text)
      .replace(/[\u2013\u2014]/g, '-')
      .replace(/\u2026/g, '...'),
  };
}
