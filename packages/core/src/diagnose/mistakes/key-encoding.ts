import { told, type Told } from '../search/told.ts';
import { hash } from '#digest';
import { decodeBase64, decodeHex, encodeBase64, encodeHex, utf8 } from '../../canonical/byte-encoding.ts';
import type { KeyEncoding } from '../../scheme.ts';
import { decodeLenientBase64 } from '../text/lenient-base64.ts';
import { keyFixes } from '../fixes/key.ts';
import type { KeyBytesMove, MistakeClass } from '../search/mistake-class.ts';

const latin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');

/** The key's text made into bytes in another way than the scheme says. */
export const keyEncoding: MistakeClass<Told> = {
  id: 'key/encoding',
  rank: 70,
  needs: 'nothing',
  variesByService: true,
  keyBytes: (text, { scheme }) => keyReadings(text, scheme.key.encoding),
  say: ({ how }, { evidence }) =>
    `The signature comes out exactly when ${how}; the scheme uses ${meaning[evidence.scheme.key.encoding]}.`,
  fixes: ({ scheme }) => keyFixes[scheme.key.encoding],
};

const meaning: Readonly<Record<KeyEncoding, string>> = {
  base64: 'the bytes that its base64 text stands for',
  hex: 'the bytes that its hexadecimal text stands for',
  utf8: 'the bytes of its text as it stands',
};

function* keyReadings(text: string, encoding: KeyEncoding): Generator<KeyBytesMove<Told>> {
  const own =
    encoding === 'base64' ? decodeLenientBase64(text) : encoding === 'hex' ? decodeHex(text) : utf8.encode(text);
  const bytes = own ?? utf8.encode(text);
  const name = encoding === 'utf8' ? 'text' : encoding;
  yield { detail: told('the key is used as the text itself'), cost: 1, bytes: utf8.encode(text) };
  yield { detail: told('the key is decoded as base64'), cost: 1, bytes: decodeLenientBase64(text) };
  const hex = decodeHex(text.replaceAll('-', ''));
  if (hex) yield { detail: told('the key is decoded as hexadecimal'), cost: 1, bytes: hex };
  const strictUrl = decodeBase64(text.replaceAll('+', '').replaceAll('/', ''));
  if (strictUrl) yield { detail: told('the key is decoded as base64 without its + and /'), cost: 4, bytes: strictUrl };
  if (encoding !== 'utf8') {
    yield {
      detail: told('the decoded key is read as Latin-1 text and written as UTF-8'),
      cost: 2,
      bytes: utf8.encode(latin1(bytes)),
    };
    yield {
      detail: told('the decoded key is turned into a string (bytes that are no UTF-8 become U+FFFD)'),
      cost: 2,
      bytes: utf8.encode(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)),
    };
    yield {
      detail: told('the decoded key is turned into an ASCII string (the high bits are lost)'),
      cost: 3,
      bytes: bytes.map((byte) => byte & 127),
    };
    yield {
      detail: told('the decoded key is turned into an ASCII string (other bytes become "?")'),
      cost: 3,
      bytes: bytes.map((byte) => (byte < 128 ? byte : 63)),
    };
    yield {
      detail: told('the key is written as hexadecimal text, and that text is used'),
      cost: 2,
      bytes: utf8.encode(encodeHex(bytes)),
    };
    yield {
      detail: told('the key is written as upper-case hexadecimal text, and that text is used'),
      cost: 3,
      bytes: utf8.encode(encodeHex(bytes).toUpperCase()),
    };
    yield {
      detail: told('the key is decoded twice'),
      cost: 3,
      bytes: decodeLenientBase64(latin1(bytes)),
    };
    yield {
      detail: told('the key is printed as a list of numbers, and that text is used'),
      cost: 3,
      bytes: utf8.encode(bytes.join(',')),
    };
    if (encoding !== 'base64') {
      yield {
        detail: told('the key is written as base64 text, and that text is used'),
        cost: 2,
        bytes: utf8.encode(encodeBase64(bytes)),
      };
    }
  }
  yield {
    detail: told('the key is encoded as base64 once more, and that text is used'),
    cost: 2,
    bytes: utf8.encode(encodeBase64(utf8.encode(text))),
  };
  yield {
    detail: told('the key’s text is written as hexadecimal, and that text is used'),
    cost: 3,
    bytes: utf8.encode(encodeHex(utf8.encode(text))),
  };
  for (const length of [16, 24, 32, 64]) {
    const raw = utf8.encode(text);
    if (bytes.length > length)
      yield { detail: told(`the key is cut to ${length} bytes`), cost: 2, bytes: bytes.slice(0, length) };
    if (encoding !== 'utf8' && raw.length > length) {
      yield { detail: told(`the key’s text is cut to ${length} bytes`), cost: 3, bytes: raw.slice(0, length) };
    }
  }
  yield { detail: told('the key’s text is taken as UTF-16 (Encoding.Unicode)'), cost: 2, bytes: utf16(text) };
  yield { detail: told(`the ${name} key is hashed with SHA-256 first`), cost: 3, bytes: hash('sha256', bytes) };
  yield { detail: told('the key’s text is hashed with SHA-256 first'), cost: 3, bytes: hash('sha256', text) };
  yield {
    detail: told('the SHA-256 of the key’s text, in hexadecimal, is used'),
    cost: 4,
    bytes: utf8.encode(encodeHex(hash('sha256', text))),
  };
  yield {
    detail: told('the MD5 of the key’s text, in hexadecimal, is used'),
    cost: 4,
    bytes: utf8.encode(encodeHex(hash('md5', text))),
  };
  yield { detail: told('the key’s text is put in lower case'), cost: 4, bytes: utf8.encode(text.toLowerCase()) };
  yield { detail: told('the key’s text is put in upper case'), cost: 4, bytes: utf8.encode(text.toUpperCase()) };
  if (encoding === 'base64') {
    yield {
      detail: told('the key is put in lower case before it is decoded'),
      cost: 4,
      bytes: decodeLenientBase64(text.toLowerCase()),
    };
  }
  if (/^[0-9a-f]{8}-/i.test(text)) {
    yield {
      detail: told('the key is used without its hyphens'),
      cost: 3,
      bytes: utf8.encode(text.replaceAll('-', '')),
    };
  }
  yield {
    detail: told("the key is printed as a Python bytes literal (b'…')"),
    cost: 3,
    bytes: utf8.encode(`b'${text}'`),
  };
  yield { detail: told('the key’s bytes stand in reverse order'), cost: 4, bytes: bytes.toReversed() };
}

function utf16(text: string): Uint8Array {
  return Uint8Array.from(
    { length: text.length * 2 },
    (_, index) => (text.charCodeAt(index >> 1) >> (index % 2 ? 8 : 0)) & 255,
  );
}
