import { describe, expect, test } from 'vitest';
import { decodeBase64, decodeHex, encodeBase64, encodeHex } from '../../src/canonical/byte-encoding.ts';

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe('base64', () => {
  // RFC 4648, section 10.
  test.each([
    ['', ''],
    ['f', 'Zg=='],
    ['fo', 'Zm8='],
    ['foo', 'Zm9v'],
    ['foob', 'Zm9vYg=='],
    ['fooba', 'Zm9vYmE='],
    ['foobar', 'Zm9vYmFy'],
  ])('%j is %j, both ways', (text, encoded) => {
    expect(encodeBase64(ascii(text))).toBe(encoded);
    expect(decodeBase64(encoded)).toEqual(ascii(text));
  });

  test('covers every byte value', () => {
    const every = Uint8Array.from({ length: 256 }, (_, value) => value);
    expect(encodeBase64(every)).toBe(btoa(String.fromCharCode(...every)));
    expect(decodeBase64(btoa(String.fromCharCode(...every)))).toEqual(every);
  });

  test.each([
    ['no padding', 'Zg'],
    ['half the padding', 'Zg='],
    ['too much padding', 'Zm9v===='],
    ['padding in the middle', 'Zg==Zg=='],
    ['padding alone', '===='],
    ['three padding characters', 'Z==='],
    ['white space around', ' Zm9v'],
    ['a newline at the end', 'Zm9v\n'],
    ['the base64url alphabet', '-_-_'],
    ['unused bits that are not zero, one byte', 'Zh=='],
    ['unused bits that are not zero, two bytes', 'Zm9='],
    ['characters beyond ASCII', 'Zm9é'],
    ['quotes', '"Zm9"'],
  ])('refuses %s', (_, text) => {
    expect(decodeBase64(text)).toBeUndefined();
  });
});

describe('hex', () => {
  test('is written in lower case and read in either', () => {
    expect(encodeHex(Uint8Array.of(0, 10, 255))).toBe('000aff');
    expect(decodeHex('000AfF')).toEqual(Uint8Array.of(0, 10, 255));
    expect(decodeHex('')).toEqual(new Uint8Array());
  });

  test.each(['0', '0g', ' 0', '0x', '000a\n'])('refuses %j', (text) => {
    expect(decodeHex(text)).toBeUndefined();
  });
});
