import { createHasher, hash, hashText, prepareMac } from '#digest';
import '#digest/md5';
import '#digest/sha1';
import '#digest/sha512';
import { describe, expect, test } from 'vitest';
import { decodeHex, encodeHex } from '../../src/canonical/byte-encoding.ts';

// RFC 2202 and RFC 4231 keys and data; the digests are those of Python's hmac and hashlib.
const hmacCases = [
  {
    key: '0b'.repeat(20),
    data: '4869205468657265',
    md5: '5ccec34ea9656392457fa1ac27f08fbc',
    sha1: 'b617318655057264e28bc0b6fb378c8ef146be00',
    sha256: 'b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7',
    sha384: 'afd03944d84895626b0825f4ab46907f15f9dadbe4101ec682aa034c7cebc59cfaea9ea9076ede7f4af152e8b2fa9cb6',
    sha512:
      '87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cdedaa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854',
  },
  {
    key: '4a656665',
    data: '7768617420646f2079612077616e7420666f72206e6f7468696e673f',
    md5: '750c783e6ab0b503eaa86e310a5db738',
    sha1: 'effcdf6ae5eb2fa2d27416d5f184df9c259a7c79',
    sha256: '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    sha384: 'af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649',
    sha512:
      '164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737',
  },
  {
    key: 'aa'.repeat(131),
    data: '54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d2048617368204b6579204669727374',
    md5: 'bfecaf4efff90a3a668f3922fec3762d',
    sha1: '90d0dace1c1bdc957339307803160335bde6df2b',
    sha256: '60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54',
    sha384: '4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c60c2ef6ab4030fe8296248df163f44952',
    sha512:
      '80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f3526b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598',
  },
];

const hashes = {
  md5: { abc: '900150983cd24fb0d6963f7d28e17f72', empty: '1B2M2Y8AsgTpgAmY7PhCfg==' },
  sha1: { abc: 'a9993e364706816aba3e25717850c26c9cd0d89d', empty: '2jmj7l5rSw0yVb/vlWAYkK/YBwk=' },
  sha256: {
    abc: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    empty: '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
  },
  sha384: {
    abc: 'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7',
    empty: 'OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb',
  },
  sha512: {
    abc: 'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
    empty: 'z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==',
  },
};

const bytes = (hex: string): Uint8Array => decodeHex(hex) ?? new Uint8Array();

describe.each(['md5', 'sha1', 'sha256', 'sha384', 'sha512'] as const)('%s', (algorithm) => {
  test('hashes text and bytes alike, as bytes and as text', () => {
    expect(hashText(algorithm, 'abc', 'hex')).toBe(hashes[algorithm].abc);
    expect(encodeHex(hash(algorithm, bytes('616263')))).toBe(hashes[algorithm].abc);
    expect(hashText(algorithm, new Uint8Array(), 'base64')).toBe(hashes[algorithm].empty);
  });

  test('hashes in chunks', () => {
    const hasher = createHasher(algorithm);
    for (const letter of ['61', '6263', '']) hasher.update(bytes(letter));
    expect(encodeHex(hasher.digest())).toBe(hashes[algorithm].abc);
  });

  test.each(hmacCases)('computes HMAC under the key $key', (vector) => {
    const mac = prepareMac(algorithm, bytes(vector.key));
    const data = bytes(vector.data);
    expect(encodeHex(mac.bytes(data))).toBe(vector[algorithm]);
    expect(mac.text(new TextDecoder().decode(data), 'hex')).toBe(vector[algorithm]);
    expect(mac.text(data, 'hex'), 'a second time, with what was prepared').toBe(vector[algorithm]);
  });
});

test('a long text between two short ones leaves nothing behind', () => {
  const mac = prepareMac('sha256', bytes('4a656665'));
  const short = mac.text('short', 'hex');
  mac.text('é'.repeat(30_000), 'hex');
  mac.bytes(new Uint8Array(5_000));
  expect(mac.text('short', 'hex')).toBe(short);
});

test('text stands for its UTF-8 bytes, a lone surrogate for U+FFFD', () => {
  const mac = prepareMac('sha256', bytes('a7'));
  // Published by the Python SDK of ACS (test_hmac.py): key "pw==", message U+1F600.
  expect(mac.text('😀', 'base64')).toBe('1rudJKjn2Zi+3hRrBG29wIF6pD6YyAeQR1ZcFtXoKAU=');
  expect(mac.text('\ud83d', 'hex')).toBe(mac.text('\ufffd', 'hex'));
  expect(hashText('sha256', '\ud83d', 'hex')).toBe(hashText('sha256', '\ufffd', 'hex'));
});
