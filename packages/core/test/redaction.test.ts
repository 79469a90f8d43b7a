import { createHash } from 'node:crypto';
import { assert, constantFrom, property, string } from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { redactionOf } from '@countersign/core/redaction';
import { Secret } from '@countersign/core/secret';

// `printf … | base64`, whose bytes are text, and 16 bytes of `openssl rand` with both of base64's odd characters.
const readable = 'MDEyMzQ1Njc4OWFiY2RlZiBrZXkhISE=';
const random = 'k/7u+9Xq3zB4+p8/QwErTA==';
const secrets = [new Secret(readable, 'base64'), new Secret(random, 'base64')];
const { text, bytes, isFree } = redactionOf(secrets);

/** Written by `node:crypto`'s and the engine's own encoders, not by the code under test. */
function formsOf(secret: string): Record<string, string> {
  const decoded = Buffer.from(secret, 'base64');
  const percentEncoded = (value: string): string =>
    [...Buffer.from(value)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  return {
    'its text': secret,
    'its text without padding': secret.replace(/=+$/, ''),
    base64url: decoded.toString('base64url'),
    hex: decoded.toString('hex'),
    'hex in capitals': decoded.toString('hex').toUpperCase(),
    'the hex of its text': Buffer.from(secret).toString('hex'),
    'percent-encoded': encodeURIComponent(secret),
    'percent-encoded in small letters': encodeURIComponent(secret).replaceAll(/%../g, (code) => code.toLowerCase()),
    'percent-encoded in part': secret.replaceAll('=', '%3D'),
    'percent-encoded twice': encodeURIComponent(encodeURIComponent(secret)),
    'percent-encoded byte for byte': percentEncoded(secret),
    'a form that was decoded': secret.replaceAll('+', ' '),
    'JSON with escaped slashes': secret.replaceAll('/', '\\/'),
    'JSON as .NET writes it': secret.replaceAll('+', '\\u002B'),
    'JSON in JSON': JSON.stringify(JSON.stringify(secret.replaceAll('/', '\\/'))),
    XML: secret.replaceAll('+', '&#43;').replaceAll('=', '&#x3D;'),
    'base64 of its text': Buffer.from(secret).toString('base64'),
    'a connection string': `endpoint=https://contoso.communication.azure.com/;accesskey=${secret}`,
    'small letters': secret.toLowerCase(),
    'Basic, first place': Buffer.from(`abc${secret}def`).toString('base64'),
    'Basic, second place': Buffer.from(`key:${secret}`).toString('base64'),
    'Basic, third place': Buffer.from(`ab:cd${secret}`).toString('base64'),
    'Basic with a user name': Buffer.from(`application\\c0157e51:${secret}`).toString('base64'),
    'Basic in base64url': Buffer.from(`~?>ÿ${secret}~~?`).toString('base64url'),
    'Basic, percent-encoded within': Buffer.from(`key:${encodeURIComponent(secret)}`).toString('base64'),
  };
}

describe.each([
  ['a key whose bytes are text', readable],
  ['a key of random bytes', random],
])('%s is hidden', (_name, secret) => {
  test.each(Object.entries(formsOf(secret)))('as %s', (_form, form) => {
    const shown = text(`before ${form} behind`);
    expect(shown).toMatch(/^before .*\[redacted\].* behind$/);
    // What is left of the form beside the mark is no part of the key: a dozen characters of it in a row would be.
    for (let at = 0; at + 8 <= form.length; at++) {
      const piece = form.slice(at, at + 8);
      if (/^(?:endpoint|accesskey)/.test(form) && !secret.includes(piece)) continue;
      if (secret.includes(piece)) expect(shown).not.toContain(piece);
    }
  });

  test.each(Object.entries(formsOf(secret)))('in what is looked at together, as %s', (_form, form) => {
    // Short, and longer than what is looked at in one piece.
    for (const more of ['', '.'.repeat(5000)]) {
      expect(isFree(`x: ${form} ${more}`, Buffer.from('{}'))).toBe(false);
      expect(isFree('GET /', Buffer.from(`${more} ${form}`))).toBe(false);
      expect(isFree(`GET /${more}`, Buffer.from('{"é":"…"}'))).toBe(true);
    }
  });

  it('in bytes, which keep their number, so that a Content-Length stays true', () => {
    const form = Buffer.from(`{"key":"${secret}"}`);
    const masked = Buffer.from(bytes(form)).toString();
    expect(masked).toHaveLength(form.length);
    expect(masked).toMatch(/^\{"key":"\[redacted\]\**"\}$/);
  });
});

it('hides the bytes themselves', () => {
  const { bytes: raw } = secrets[1]?.expose() ?? { bytes: Buffer.alloc(0) };
  const masked = Buffer.from(bytes(Buffer.concat([Buffer.from('a'), raw, Buffer.from('b')])));
  expect(masked.toString()).toBe('a[redacted]******b');
  expect(text('0123456789abcdef key!!!')).toBe('[redacted]');
});

it('gives back what holds no secret as it came, and leaves what stands around one', () => {
  const body = Buffer.from('{"a":"%20 \\u002b &#43; ü"}');
  expect(bytes(body)).toBe(body);
  expect(text('ü%20\ud800')).toBe('ü%20\ud800');
  expect(text(`ü ${readable} ${random} é%20`)).toBe('ü [redacted] [redacted] é%20');
});

it('leaves JSON valid, whatever is escaped in it', () => {
  const value = { a: `"${random.replaceAll('/', '\\/')}"`, [readable]: ['\\', random.replaceAll('+', '\\u002b')] };
  expect(JSON.parse(text(JSON.stringify(value)))).toEqual({
    a: '"[redacted]"',
    '[redacted]': ['\\', '[redacted]'],
  });
});

it('finds no signature, digest or word by accident, not even where a key is short', () => {
  // A key of three bytes stands in every tenth kilobyte of base64: it is too short to be told from chance.
  const short = redactionOf([new Secret('YWJj', 'base64'), 'abc', 'a']);
  expect(short.text('abc YWJj 616263')).toBe('abc YWJj 616263');
  const digests = Array.from({ length: 2000 }, (_, index) => createHash('sha256').update(`${index}`).digest('base64'));
  expect(text(digests.join('\n'))).toBe(digests.join('\n'));
});

it('finds a secret at every place of anything, escaped or not', () => {
  assert(
    property(string(), string(), constantFrom(...Object.values(formsOf(random))), (before, behind, form) => {
      const shown = text(`${before} ${form} ${behind}`);
      expect(shown).toContain('[redacted]');
    }),
    { numRuns: 300 },
  );
});

it('reads what is shown in one pass, however many secrets and almost-secrets there are', () => {
  const many = Array.from({ length: 50 }, (_, index) => Buffer.from(`secret number ${index} of 50`).toString('base64'));
  const hide = redactionOf([...many, random]);
  const reads = (almostSecrets: number): number => {
    let count = 0;
    const watched = new Proxy(Buffer.from(`${random.slice(0, -4)}!%25`.repeat(almostSecrets)), {
      get(target, name) {
        if (typeof name === 'string' && /^\d+$/.test(name)) count++;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value as () => unknown).bind(target) : value;
      },
    });
    hide.bytes(watched);
    return count;
  };
  expect(reads(800) / reads(100)).toBeLessThan(8.1);
  // Each byte enters a few comparisons and no more.
  expect(reads(100) / (100 * 24)).toBeLessThan(8);
});

describe('a key that was cut off', () => {
  test.each(Object.entries(formsOf(random)).filter(([form]) => form !== 'a connection string'))(
    'is hidden before "…", as %s',
    (_form, form) => {
      // Cut behind each of its characters from the twelfth on: of a longer form, at the end a cut may leave out the key.
      for (let length = 12; length < form.length; length++) {
        const beginning = form.slice(0, length);
        // The first texts of a redaction, and those after many others.
        for (const hide of [redactionOf(secrets).text, text]) {
          const shown = hide(`"${beginning}…" is no name; "${beginning}…" is none`);
          for (const piece of piecesOf(beginning, random)) expect(shown).not.toContain(piece);
        }
      }
    },
  );

  test('is hidden at the end of a body that was cut, through an escape too', () => {
    const escaped = encodeURIComponent(random);
    for (let length = 8; length < escaped.length; length++) {
      const cut = Buffer.from(`{"key":"${escaped.slice(0, length)}`);
      const shown = bytes(cut, true);
      expect(shown).toHaveLength(cut.length);
      expect(isFree('GET /', cut, true)).toBe(false);
      for (const piece of piecesOf(escaped.slice(0, length), escaped)) {
        expect(Buffer.from(shown).toString()).not.toContain(piece);
      }
    }
  });

  test('is not looked for where nothing was cut', () => {
    const body = Buffer.from(`{"key":"${random.slice(0, 16)}`);
    expect(bytes(body)).toBe(body);
    expect(isFree('GET /', body)).toBe(true);
    expect(text('He said … nothing, cut…')).toBe('He said … nothing, cut…');
  });
});

/** What tells of a key: eight characters in a row of what was shown that are the key's, too. */
function piecesOf(shown: string, secret: string): string[] {
  const pieces: string[] = [];
  for (let at = 0; at + 8 <= shown.length; at++) {
    if (secret.includes(shown.slice(at, at + 8))) pieces.push(shown.slice(at, at + 8));
  }
  return pieces;
}
