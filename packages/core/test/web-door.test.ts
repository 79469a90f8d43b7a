import { createHash, createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createHasher, hash, hashText, prepareMac } from '../src/digest/web.ts';
import '../src/digest/web-md5.ts';
import '../src/digest/web-sha1.ts';

// What the web door makes of @noble/hashes: states that are prepared once, copied and used again. The digests themselves are
// held against OpenSSL's in digest-doors.test.ts, for every algorithm and length.

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
/** Bytes that differ from place to place, the same ones in every run. */
const counted = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => (at * 167 + (at >> 8)) & 255);
const bytes = fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.nat(5000).map(counted));
const key = fc.uint8Array({ minLength: 1, maxLength: 200 });

describe.each(['md5', 'sha1', 'sha256'] as const)('%s', (algorithm) => {
  const expectedHash = (data: Uint8Array | string): string => createHash(algorithm).update(data).digest('hex');
  const expectedMac = (secret: Uint8Array, data: Uint8Array | string): string =>
    createHmac(algorithm, secret).update(data).digest('hex');

  test('hashes and MACs that are computed in turns do not disturb each other', () => {
    const step = fc.record({ which: fc.nat(2), data: bytes });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), key, key, (steps, oneKey, otherKey) => {
        const secrets = [oneKey, otherKey, counted(65)];
        const macs = secrets.map((secret) => prepareMac(algorithm, secret));
        const hashers = macs.map(() => createHasher(algorithm));
        const references = macs.map(() => createHash(algorithm));
        for (const { which, data } of steps) {
          hashers[which]?.update(data);
          references[which]?.update(data);
          expect(macs[which]?.text(data, 'hex')).toBe(expectedMac(secrets[which] ?? oneKey, data));
          expect(hashText(algorithm, data, 'hex')).toBe(expectedHash(data));
        }
        hashers.forEach((hasher, which) => expect(hex(hasher.digest())).toBe(references[which]?.digest('hex')));
      }),
      { numRuns: 30 },
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
    const hasher = createHasher(algorithm);
    hasher.update(counted(100));
    expect(() => hasher.update(data as never)).toThrow(TypeError);
    expect(() => hash(algorithm, data as never)).toThrow(TypeError);
    expect(() => prepareMac(algorithm, counted(20)).bytes(data as never)).toThrow(TypeError);
    expect(hex(hasher.digest())).toBe(expectedHash(counted(100)));
    expect(hashText(algorithm, 'abc', 'hex')).toBe(expectedHash('abc'));
  });

  test('memory that is shared with other threads, or can be resized, is hashed as it is now', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(9000));
    shared.set(counted(9000));
    expect(hex(hash(algorithm, shared))).toBe(expectedHash(counted(9000)));
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
    expect(hex(hash(algorithm, view))).toBe(expectedHash(counted(9000)));
    buffer.resize(5000);
    expect(hex(hash(algorithm, view))).toBe(expectedHash(counted(9000).subarray(0, 5000)));
  });

  test('a digest belongs to its caller: the next one leaves it alone', () => {
    const first = hash(algorithm, 'abc');
    hash(algorithm, 'something else');
    expect(hex(first)).toBe(expectedHash('abc'));
  });

  test('a hash that has ended refuses more data and a second digest', () => {
    const hasher = createHasher(algorithm);
    hasher.digest();
    expect(() => hasher.update(counted(1))).toThrow();
    expect(() => hasher.digest()).toThrow();
  });
});
