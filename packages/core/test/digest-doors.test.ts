import { createHash, createHmac } from 'node:crypto';
import * as fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { DigestDoor } from '../src/digest/algorithms.ts';
import * as nodeDoor from '../src/digest/node.ts';
import * as webDoor from '../src/digest/web.ts';
import '../src/digest/web-md5.ts';
import '../src/digest/web-sha1.ts';
import '../src/digest/web-sha512.ts';

const algorithm = fc.constantFrom('md5', 'sha1', 'sha256', 'sha384', 'sha512');
const encoding = fc.constantFrom('base64', 'base64url', 'hex');
// The lengths around hash blocks (64 and 128 bytes), the reused buffer's first size and the limit of the fast path.
const edge = fc.constantFrom(
  0,
  1,
  55,
  56,
  63,
  64,
  65,
  111,
  112,
  127,
  128,
  129,
  1023,
  1024,
  1025,
  16_383,
  16_384,
  16_385,
);
const edgeBytes = fc.tuple(edge, fc.nat(255)).map(([length, value]) => new Uint8Array(length).fill(value));
const edgeText = fc
  .tuple(edge, fc.constantFrom('x', 'é', '日', '😀', '\udc00'))
  .map(([length, unit]) => unit.repeat(length));
const data = fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'binary' }), edgeBytes, edgeText);
const key = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  edgeBytes.filter(({ length }) => length <= 1025),
);

function agreesWithNodeCrypto(door: DigestDoor): void {
  fc.assert(
    fc.property(
      algorithm,
      key,
      fc.array(data, { minLength: 1, maxLength: 4 }),
      encoding,
      (name, secret, messages, as) => {
        const mac = door.prepareMac(name, secret);
        for (const message of messages) {
          expect(mac.text(message, as)).toBe(createHmac(name, secret).update(message).digest(as));
          expect([...mac.bytes(message)]).toEqual([...createHmac(name, secret).update(message).digest()]);
          expect(door.hashText(name, message, as)).toBe(createHash(name).update(message).digest(as));
          expect([...door.hash(name, message)]).toEqual([...createHash(name).update(message).digest()]);
        }
      },
    ),
    { numRuns: 150 },
  );
}

test('the door of Node equals createHmac and createHash for every length, key and encoding', () => {
  agreesWithNodeCrypto(nodeDoor);
});

test('the web door equals createHmac and createHash for every length, key and encoding', () => {
  agreesWithNodeCrypto(webDoor);
});

test('bodies hashed in chunks equal bodies hashed at once, through both doors', () => {
  fc.assert(
    fc.property(algorithm, fc.array(fc.uint8Array({ maxLength: 200 })), (name, chunks) => {
      const expected = createHash(name).update(Buffer.concat(chunks)).digest('hex');
      for (const door of [nodeDoor, webDoor]) {
        const hasher = door.createHasher(name);
        for (const chunk of chunks) hasher.update(chunk);
        expect(Buffer.from(hasher.digest()).toString('hex')).toBe(expected);
      }
    }),
  );
});

describe('where crypto.hash is missing', () => {
  afterEach(() => {
    vi.doUnmock('node:crypto');
    vi.resetModules();
  });

  test('the door of Node falls back to createHmac and createHash', async () => {
    vi.resetModules();
    vi.doMock('node:crypto', async (original) => {
      const real = await original<typeof import('node:crypto')>();
      return { ...real, default: { ...real, hash: undefined } };
    });
    const door = await import('../src/digest/node.ts');
    agreesWithNodeCrypto(door);
  });
});

test('without its import, a hash function is refused behind the web door with what is missing', async () => {
  vi.resetModules();
  const door = await import('../src/digest/web.ts');
  expect(() => door.hash('sha512', 'x')).toThrow("sha512 is not loaded: import '@countersign/core/sha512'");
  expect(() => door.hash('sha1', 'x')).toThrow('sha1 is not loaded: use defineScheme');
});
