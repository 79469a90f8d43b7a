import { createHash, createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createHasher, hash, hashText, prepareMac } from '../src/digest/web.ts';

// The SHA-256 of the web door is our own; here it is held against OpenSSL's. digest-doors.test.ts does so for every algorithm.

const expectedHash = (data: Uint8Array | string): string => createHash('sha256').update(data).digest('hex');
const expectedMac = (key: Uint8Array, data: Uint8Array | string): string =>
  createHmac('sha256', key).update(data).digest('hex');
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
/** Bytes that differ from place to place, the same ones in every run. */
const counted = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => (at * 167 + (at >> 8)) & 255);

// Data up to 4096 bytes is hashed in one go, longer data in pieces of that size; blocks have 64 bytes.
const aroundTheBuffer = [4031, 4032, 4087, 4088, 4095, 4096, 4097, 4151, 4152, 4160, 8191, 8192, 8193, 12_288];
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }),
  fc.oneof(fc.constantFrom(...aroundTheBuffer), fc.nat(20_000)).map(counted),
);
const key = fc.uint8Array({ minLength: 1, maxLength: 200 });

describe('published values', () => {
  // https://csrc.nist.gov/projects/cryptographic-standards-and-guidelines/example-values
  test.each([
    ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
    [
      'abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu',
      'cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1',
    ],
  ])('NIST: "%s"', (text, digest) => {
    expect(hashText('sha256', text, 'hex')).toBe(digest);
  });

  test('NIST: a million times "a", at once and in chunks', () => {
    const digest = 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0';
    expect(hashText('sha256', 'a'.repeat(1_000_000), 'hex')).toBe(digest);
    const hasher = createHasher('sha256');
    for (let at = 0; at < 1000; at++) hasher.update(new Uint8Array(1000).fill(0x61));
    expect(hex(hasher.digest())).toBe(digest);
  });
});

test('every length up to 300 bytes is hashed right, as bytes, as text and under a key', () => {
  const secret = counted(64);
  const mac = prepareMac('sha256', secret);
  for (let length = 0; length <= 300; length++) {
    const data = counted(length);
    const text = 'x'.repeat(length);
    expect(hex(hash('sha256', data)), `${length} bytes`).toBe(expectedHash(data));
    expect(hashText('sha256', text, 'hex'), `${length} characters`).toBe(expectedHash(text));
    expect(hex(mac.bytes(data)), `HMAC of ${length} bytes`).toBe(expectedMac(secret, data));
  }
});

test('every length of key up to three blocks makes the right HMAC', () => {
  for (let length = 1; length <= 192; length++) {
    const secret = counted(length);
    expect(prepareMac('sha256', secret).text('message', 'hex'), `${length} bytes`).toBe(expectedMac(secret, 'message'));
  }
});

test('longer data, and views into the middle of a buffer, are hashed right', () => {
  fc.assert(
    fc.property(bytes, fc.nat(9), fc.nat(9), key, (data, before, behind, secret) => {
      const surrounded = new Uint8Array(before + data.length + behind).fill(0xee);
      surrounded.set(data, before);
      const view = surrounded.subarray(before, before + data.length);
      expect(hex(hash('sha256', view))).toBe(expectedHash(data));
      expect(prepareMac('sha256', secret).text(view, 'hex')).toBe(expectedMac(secret, data));
    }),
  );
});

test('text of any characters stands for its UTF-8 bytes, lone surrogates for U+FFFD', () => {
  // The longest text that is surely encoded into the buffer has 1365 code units.
  const length = fc.oneof(fc.nat(100), fc.constantFrom(1364, 1365, 1366, 1367, 4096, 5000));
  const unit = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1 }),
    fc.constantFrom('x', 'é', '日', '😀', '\ud83d', '\ude00'),
  );
  fc.assert(
    fc.property(unit, length, key, (repeated, units, secret) => {
      const text = repeated.repeat(Math.ceil(units / repeated.length)).slice(0, units);
      const utf8 = new TextEncoder().encode(text);
      expect(hashText('sha256', text, 'hex')).toBe(expectedHash(utf8));
      expect(prepareMac('sha256', secret).text(text, 'hex')).toBe(expectedMac(secret, utf8));
    }),
  );
});

test('what is hashed in chunks of any length equals what is hashed at once', () => {
  fc.assert(
    fc.property(fc.array(bytes, { maxLength: 6 }), (chunks) => {
      const hasher = createHasher('sha256');
      for (const chunk of chunks) hasher.update(chunk);
      expect(hex(hasher.digest())).toBe(expectedHash(Buffer.concat(chunks)));
    }),
  );
});

test('hashes and MACs that are computed in turns do not disturb each other', () => {
  const step = fc.record({ which: fc.nat(2), data: bytes });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), key, key, (steps, oneKey, otherKey) => {
      const secrets = [oneKey, otherKey, counted(65)];
      const macs = secrets.map((secret) => prepareMac('sha256', secret));
      const hashers = macs.map(() => createHasher('sha256'));
      const references = macs.map(() => createHash('sha256'));
      for (const { which, data } of steps) {
        hashers[which]?.update(data);
        references[which]?.update(data);
        expect(macs[which]?.text(data, 'hex')).toBe(expectedMac(secrets[which] ?? oneKey, data));
        expect(hashText('sha256', data, 'hex')).toBe(expectedHash(data));
      }
      hashers.forEach((hasher, which) => expect(hex(hasher.digest())).toBe(references[which]?.digest('hex')));
    }),
    { numRuns: 50 },
  );
});

test.each([
  ['an ArrayBuffer', new ArrayBuffer(3)],
  ['a DataView', new DataView(new ArrayBuffer(3))],
  ['wider numbers', new Uint16Array(3)],
  ['a list of numbers', [1, 2, 3]],
  ['a number', 3],
  ['nothing', undefined],
])('%s is refused, not hashed as something else, and disturbs nobody', (_what, data) => {
  const hasher = createHasher('sha256');
  hasher.update(counted(100));
  expect(() => hasher.update(data as never)).toThrow(TypeError);
  expect(() => hash('sha256', data as never)).toThrow(TypeError);
  expect(() => prepareMac('sha256', counted(20)).bytes(data as never)).toThrow(TypeError);
  expect(hex(hasher.digest())).toBe(expectedHash(counted(100)));
  expect(hashText('sha256', 'abc', 'hex')).toBe(expectedHash('abc'));
});

test('memory that is shared with other threads, or can be resized, is hashed as it is now', () => {
  const shared = new Uint8Array(new SharedArrayBuffer(9000));
  shared.set(counted(9000));
  expect(hex(hash('sha256', shared))).toBe(expectedHash(counted(9000)));
  // The type of `lib` es2023 does not know it yet.
  const Resizable = ArrayBuffer as unknown as new (
    length: number,
    options: { maxByteLength: number },
  ) => ArrayBuffer & {
    resize(length: number): void;
  };
  const buffer = new Resizable(9000, { maxByteLength: 20_000 });
  const view = new Uint8Array(buffer);
  view.set(counted(9000));
  expect(hex(hash('sha256', view))).toBe(expectedHash(counted(9000)));
  buffer.resize(5000);
  expect(hex(hash('sha256', view))).toBe(expectedHash(counted(9000).subarray(0, 5000)));
});

test('a digest belongs to its caller: the next one leaves it alone', () => {
  const first = hash('sha256', 'abc');
  hash('sha256', 'something else');
  expect(hex(first)).toBe(expectedHash('abc'));
});

test('the length of a message beyond 512 MB is written in full', () => {
  // 2³² bits need the upper word of the length. The digest is that of Python's hashlib.
  const chunk = new Uint8Array(4 * 1024 * 1024);
  const hasher = createHasher('sha256');
  for (let at = 0; at < 129; at++) hasher.update(chunk);
  expect(hex(hasher.digest())).toBe('d30819eec9217474cb281bc39c7359852b79094a791ee7e7414b364edf9e9c3a');
});

test('a hash that has ended refuses more data and a second digest', () => {
  const hasher = createHasher('sha256');
  hasher.digest();
  expect(() => hasher.update(counted(1))).toThrow('the hash has been ended by digest()');
  expect(() => hasher.digest()).toThrow('the hash has been ended by digest()');
});
