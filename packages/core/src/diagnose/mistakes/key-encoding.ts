import { hash } from '#digest';
import { decodeBase64, decodeHex, encodeBase64, encodeHex, utf8 } from '../../canonical/byte-encoding.ts';
import type { KeyEncoding } from '../../scheme.ts';
import { latin1, utf16 } from '../text/charsets.ts';
import { decodeLenientBase64 } from '../text/lenient-base64.ts';
import { keyFixes } from '../fixes/key.ts';
import { secretOfConnectionString } from '../fixes/secret.ts';
import type { KeyBytesMove, MistakeClass } from '../search/mistake-class.ts';

type Reading =
  | { readonly kind: keyof typeof readings }
  /** Cut to so many bytes: what was decoded, or the text. */
  | { readonly kind: 'cut' | 'text cut'; readonly bytes: number }
  | { readonly kind: 'hashed'; readonly encoding: KeyEncoding };

/** What stands before the key was decoded with it, by a decoder that stops at the first "=". */
interface CutByDecoder {
  readonly kind: 'cut by the decoder';
  readonly decoded: string;
  /** What stands before that "=". */
  readonly name: string;
  readonly bytes: number;
}

/** The key's text made into bytes in another way than the scheme says. */
export const keyEncoding: MistakeClass<Reading | CutByDecoder> = {
  id: 'key/encoding',
  rank: 70,
  needs: 'nothing',
  variesByService: true,
  keyBytes: (text, { scheme }) => keyReadings(text, scheme.key.encoding),
  say: (detail, { evidence }) =>
    detail.kind === 'cut by the decoder'
      ? `${detail.decoded} was decoded as base64 where only its key should be: the decoder stops at the first "=" (Node's does), so the key was the ${detail.bytes} bytes that "${detail.name}" stands for.`
      : `The signature comes out exactly when ${inWords(detail)}; the scheme uses ${meaning[evidence.scheme.key.encoding]}.`,
  fixes: ({ scheme }, { kind }) =>
    kind === 'cut by the decoder' ? secretOfConnectionString(scheme) : keyFixes[scheme.key.encoding],
};

const meaning: Readonly<Record<KeyEncoding, string>> = {
  base64: 'the bytes that its base64 text stands for',
  hex: 'the bytes that its hexadecimal text stands for',
  whsec: 'the bytes that the base64 text behind its whsec_ stands for',
  utf8: 'the bytes of its text as it stands',
};

const readings = {
  text: 'the key is used as the text itself',
  base64: 'the key is decoded as base64',
  hex: 'the key is decoded as hexadecimal',
  'text behind the prefix': 'the text behind the key’s prefix is used as it stands',
  'base64 behind the prefix': 'what stands behind the key’s prefix is decoded as base64',
  'base64 without signs': 'the key is decoded as base64 without its + and /',
  'Latin-1 as UTF-8': 'the decoded key is read as Latin-1 text and written as UTF-8',
  'UTF-8 replaced': 'the decoded key is turned into a string (bytes that are no UTF-8 become U+FFFD)',
  'high bits lost': 'the decoded key is turned into an ASCII string (the high bits are lost)',
  'ASCII or ?': 'the decoded key is turned into an ASCII string (other bytes become "?")',
  'hex text': 'the key is written as hexadecimal text, and that text is used',
  'broken hex text': 'the key is written as hexadecimal text in lines, as xxd -p prints it, and that text is used',
  'first line of hex': 'the key is the bytes of the first line that xxd -p prints, which are 30',
  'newline behind': 'a newline follows the decoded key (echo)',
  'upper-case hex text': 'the key is written as upper-case hexadecimal text, and that text is used',
  'decoded twice': 'the key is decoded twice',
  'list of numbers': 'the key is printed as a list of numbers, and that text is used',
  'base64 text': 'the key is written as base64 text, and that text is used',
  'base64 again': 'the key is encoded as base64 once more, and that text is used',
  'hex of text': 'the key’s text is written as hexadecimal, and that text is used',
  'UTF-16': 'the key’s text is taken as UTF-16 (Encoding.Unicode)',
  'text hashed': 'the key’s text is hashed with SHA-256 first',
  'SHA-256 text': 'the SHA-256 of the key’s text, in hexadecimal, is used',
  'MD5 text': 'the MD5 of the key’s text, in hexadecimal, is used',
  'lower case': 'the key’s text is put in lower case',
  'upper case': 'the key’s text is put in upper case',
  'lower case before': 'the key is put in lower case before it is decoded',
  'no hyphens': 'the key is used without its hyphens',
  'bytes literal': "the key is printed as a Python bytes literal (b'…')",
  'shell variable':
    'the decoded key went through a variable of a shell, which drops NUL bytes and the newlines at its end',
  'C string': 'the decoded key ends before its first NUL byte, as the argument of a program does',
  'standard base64 only': 'the key is decoded as base64 that skips "-" and "_" (PHP’s and Ruby’s do)',
  'base64 up to a sign': 'the key is decoded as base64 that ends at the first foreign character (base64 -d does)',
  reversed: 'the key’s bytes stand in reverse order',
} as const;

function inWords(detail: Reading): string {
  switch (detail.kind) {
    case 'cut':
      return `the key is cut to ${detail.bytes} bytes`;
    case 'text cut':
      return `the key’s text is cut to ${detail.bytes} bytes`;
    case 'hashed':
      return `the ${detail.encoding === 'utf8' ? 'text' : detail.encoding} key is hashed with SHA-256 first`;
    default:
      return readings[detail.kind];
  }
}

function* keyReadings(text: string, encoding: KeyEncoding): Generator<KeyBytesMove<Reading | CutByDecoder>> {
  const own =
    encoding === 'base64'
      ? decodeLenientBase64(text)
      : encoding === 'whsec'
        ? decodeLenientBase64(behindPrefix(text))
        : encoding === 'hex'
          ? decodeHex(text)
          : utf8.encode(text);
  const bytes = own ?? utf8.encode(text);
  yield { detail: { kind: 'text' }, cost: 1, bytes: utf8.encode(text) };
  yield { detail: { kind: 'base64' }, cost: 1, bytes: decodeLenientBase64(text) };
  const behind = behindPrefix(text);
  if (behind !== text) {
    // Where all of the text is the key, the text without its prefix is a class of its own.
    if (encoding === 'whsec') yield { detail: { kind: 'text behind the prefix' }, cost: 1, bytes: utf8.encode(behind) };
    else yield { detail: { kind: 'base64 behind the prefix' }, cost: 1, bytes: decodeLenientBase64(behind) };
  }
  const foreign = /[^A-Za-z0-9+/=]/.exec(text);
  if (foreign) {
    // What decoders make of characters that are not in their alphabet.
    const bytesOfOthers = decodeLenientBase64(text.replace(/[-_]/g, ''));
    yield { detail: { kind: 'standard base64 only' }, cost: 1, bytes: bytesOfOthers };
  }
  const hex = decodeHex(text.replaceAll('-', ''));
  if (hex) yield { detail: { kind: 'hex' }, cost: 1, bytes: hex };
  const start = foreign && decodeLenientBase64(text.slice(0, foreign.index));
  if (start && start.length > 0) yield { detail: { kind: 'base64 up to a sign' }, cost: 3, bytes: start };
  const unsigned = text.replaceAll('+', '').replaceAll('/', '');
  // Asked before it is decoded: of text that is no base64 the decoder's error costs more than all other readings.
  const strictUrl = !foreign && unsigned.length % 4 === 0 ? decodeBase64(unsigned) : undefined;
  if (strictUrl) yield { detail: { kind: 'base64 without signs' }, cost: 4, bytes: strictUrl };
  if (encoding !== 'utf8') {
    yield {
      detail: { kind: 'Latin-1 as UTF-8' },
      cost: 2,
      bytes: utf8.encode(latin1(bytes)),
    };
    yield {
      detail: { kind: 'UTF-8 replaced' },
      cost: 2,
      bytes: utf8.encode(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)),
    };
    yield {
      detail: { kind: 'high bits lost' },
      cost: 3,
      bytes: bytes.map((byte) => byte & 127),
    };
    yield {
      detail: { kind: 'ASCII or ?' },
      cost: 3,
      bytes: bytes.map((byte) => (byte < 128 ? byte : 63)),
    };
    yield* throughShell(bytes);
    yield {
      detail: { kind: 'hex text' },
      cost: 2,
      bytes: utf8.encode(encodeHex(bytes)),
    };
    const brokenHex = encodeHex(bytes).replace(/.{60}(?=.)/g, '$&\n');
    if (bytes.length > 30) yield { detail: { kind: 'broken hex text' }, cost: 4, bytes: utf8.encode(brokenHex) };
    yield {
      detail: { kind: 'upper-case hex text' },
      cost: 3,
      bytes: utf8.encode(encodeHex(bytes).toUpperCase()),
    };
    yield {
      detail: { kind: 'decoded twice' },
      cost: 3,
      bytes: decodeLenientBase64(latin1(bytes)),
    };
    yield {
      detail: { kind: 'list of numbers' },
      cost: 3,
      bytes: utf8.encode(bytes.join(',')),
    };
    if (encoding === 'base64') yield* cutByDecoder();
    if (encoding !== 'base64') {
      yield {
        detail: { kind: 'base64 text' },
        cost: 2,
        bytes: utf8.encode(encodeBase64(bytes)),
      };
    }
  }
  yield {
    detail: { kind: 'base64 again' },
    cost: 2,
    bytes: utf8.encode(encodeBase64(utf8.encode(text))),
  };
  yield {
    detail: { kind: 'hex of text' },
    cost: 3,
    bytes: utf8.encode(encodeHex(utf8.encode(text))),
  };
  for (const length of [16, 24, 32, 64]) {
    const raw = utf8.encode(text);
    if (bytes.length > length) yield { detail: { kind: 'cut', bytes: length }, cost: 2, bytes: bytes.slice(0, length) };
    if (encoding !== 'utf8' && raw.length > length) {
      yield { detail: { kind: 'text cut', bytes: length }, cost: 3, bytes: raw.slice(0, length) };
    }
  }
  if (encoding !== 'utf8') {
    yield { detail: { kind: 'newline behind' }, cost: 3, bytes: Uint8Array.from([...bytes, 10]) };
    if (bytes.length > 30) yield { detail: { kind: 'first line of hex' }, cost: 4, bytes: bytes.slice(0, 30) };
  }
  yield { detail: { kind: 'UTF-16' }, cost: 2, bytes: utf16(text, true) };
  yield { detail: { kind: 'hashed', encoding }, cost: 3, bytes: hash('sha256', bytes) };
  yield { detail: { kind: 'text hashed' }, cost: 3, bytes: hash('sha256', text) };
  yield {
    detail: { kind: 'SHA-256 text' },
    cost: 4,
    bytes: utf8.encode(encodeHex(hash('sha256', text))),
  };
  yield {
    detail: { kind: 'MD5 text' },
    cost: 4,
    bytes: utf8.encode(encodeHex(hash('md5', text))),
  };
  yield { detail: { kind: 'lower case' }, cost: 4, bytes: utf8.encode(text.toLowerCase()) };
  yield { detail: { kind: 'upper case' }, cost: 4, bytes: utf8.encode(text.toUpperCase()) };
  if (encoding === 'base64') {
    yield {
      detail: { kind: 'lower case before' },
      cost: 4,
      bytes: decodeLenientBase64(text.toLowerCase()),
    };
  }
  if (/^[0-9a-f]{8}-/i.test(text)) {
    yield {
      detail: { kind: 'no hyphens' },
      cost: 3,
      bytes: utf8.encode(text.replaceAll('-', '')),
    };
  }
  yield {
    detail: { kind: 'bytes literal' },
    cost: 3,
    bytes: utf8.encode(`b'${text}'`),
  };
  yield { detail: { kind: 'reversed' }, cost: 4, bytes: bytes.toReversed() };
}

/** The text behind the mark that webhooks' secrets have. */
function behindPrefix(text: string): string {
  return text.replace(/^wh?sec_/, '');
}

/** `key=$(echo … | base64 -d)`: what is left of the bytes in a variable, and in an argument. */
function* throughShell(bytes: Uint8Array): Generator<KeyBytesMove<Reading>> {
  const zero = bytes.indexOf(0);
  const kept = bytes.filter((byte) => byte !== 0);
  let end = kept.length;
  while (end > 0 && kept[end - 1] === 10) end--;
  if (end < bytes.length) yield { detail: { kind: 'shell variable' }, cost: 2, bytes: kept.slice(0, end) };
  if (zero >= 0) yield { detail: { kind: 'C string' }, cost: 3, bytes: bytes.slice(0, zero) };
}

const members: readonly [name: string, decoded: string][] = [
  ['accesskey', 'The part "accesskey=…" of the connection string'],
  ['AccessKey', 'The part "AccessKey=…" of the connection string'],
  ['SharedAccessKey', 'The part "SharedAccessKey=…" of the connection string'],
  ['endpoint', 'The whole connection string'],
  ['Endpoint', 'The whole connection string'],
];

function* cutByDecoder(): Generator<KeyBytesMove<CutByDecoder>> {
  for (const [name, decoded] of members) {
    const bytes = decodeLenientBase64(name);
    yield { detail: { kind: 'cut by the decoder', decoded, name, bytes: bytes.length }, cost: 2, bytes };
  }
}
