import * as fc from 'fast-check';
import { constants, deflateRawSync, deflateSync, gunzipSync, gzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { diagnose } from '@countersign/core/diagnose';
import { message } from '@countersign/core/message';
import { sinchApplication } from '@countersign/core/schemes/sinch-application';
import { Secret } from '@countersign/core/secret';
import { sign } from '@countersign/core/sign';
import { decompress, isCompressed } from '../../src/diagnose/text/inflate.ts';

// What zlib makes of the same bytes is what must come out, and what it refuses must be refused.

const limitBytes = 100_000;
const forms = {
  gzip: { compress: gzipSync, decompress: gunzipSync },
  zlib: { compress: deflateSync, decompress: inflateSync },
  'raw deflate': { compress: deflateRawSync, decompress: inflateRawSync },
} as const;

const strategies = [
  constants.Z_DEFAULT_STRATEGY,
  constants.Z_HUFFMAN_ONLY,
  constants.Z_RLE,
  // Blocks of the fixed code.
  constants.Z_FIXED,
];

/** Bodies that compress well and badly, into stored, fixed and dynamic blocks. */
const compressed = (form: keyof typeof forms): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(
      fc.oneof(
        fc.uint8Array({ maxLength: 300 }),
        fc
          .array(fc.constantFrom('{"id":', '"Grüße"', ',', '}', 'a', ' '), { maxLength: 200 })
          .map((pieces) => Buffer.from(pieces.join(''))),
      ),
      fc.constantFrom(0, 1, 6, 9),
      fc.constantFrom(...strategies),
    )
    .map(([data, level, strategy]) => new Uint8Array(forms[form].compress(data, { level, strategy })));

function byZlib(form: keyof typeof forms, data: Uint8Array): Buffer | undefined {
  try {
    return forms[form].decompress(data, { maxOutputLength: limitBytes });
  } catch {
    return undefined;
  }
}

const asText = (data: Uint8Array | undefined): string | undefined => data && Buffer.from(data).toString('hex');

describe.each(Object.keys(forms) as (keyof typeof forms)[])('%s', (form) => {
  test('comes out as it went in, whatever its blocks', () => {
    fc.assert(
      fc.property(compressed(form), (data) => {
        expect(asText(decompress(data, limitBytes))).toBe(asText(byZlib(form, data)));
      }),
      { numRuns: 150 },
    );
  });

  test('that is truncated at any place is refused, as zlib refuses it', () => {
    for (const strategy of strategies) {
      const data = forms[form].compress('{"id":1,"text":"Grüße und Grüße"},'.repeat(6), { strategy });
      for (let length = 0; length < data.length; length++) {
        const cut = new Uint8Array(data.subarray(0, length));
        expect(decompress(cut, limitBytes), `${length} of ${data.length}`).toBeUndefined();
        // Of no bytes at all zlib makes no bytes.
        if (length > 0) expect(byZlib(form, cut)).toBeUndefined();
      }
    }
  });

  test('that is damaged gives what zlib gives, or is refused where zlib refuses it', () => {
    // In the header of gzip and zlib a change may make another form of it.
    const from = { gzip: 2, zlib: 2, 'raw deflate': 0 }[form];
    let accepted = 0;
    fc.assert(
      fc.property(compressed(form), fc.nat(), fc.integer({ min: 1, max: 255 }), (data, place, change) => {
        const at = from + (place % (data.length - from));
        const damaged = data.with(at, (data[at] ?? 0) ^ change);
        const theirs = byZlib(form, damaged);
        const ours = decompress(damaged, limitBytes);
        if (form !== 'raw deflate') expect(asText(ours)).toBe(asText(theirs));
        // Zlib ignores what stands behind the end; of raw deflate that is the only sign that it is something else.
        else if (ours || !theirs) expect(asText(ours)).toBe(asText(theirs));
        if (ours) accepted += 1;
      }),
      { numRuns: 600 },
    );
    if (form === 'raw deflate') expect(accepted).toBeGreaterThan(50);
  });

  test('stops at the limit', () => {
    expect(isCompressed(new Uint8Array(forms[form].compress(Buffer.alloc(1_000_000))))).toBe(true);
    const data = new Uint8Array(forms[form].compress(Buffer.alloc(10_000_000)));
    expect(decompress(data, 1000)).toBeUndefined();
    expect(decompress(new Uint8Array(forms[form].compress(Buffer.alloc(1000))), 1000)).toHaveLength(1000);
  });
});

test('what is not compressed is not taken for raw deflate', () => {
  for (const text of ['', '{"a":1}', '[]', 'name=value', '<xml/>', 'K', '\u0003\u0000x', 'hello world', '\0']) {
    const data = new TextEncoder().encode(text);
    expect(decompress(data), text).toBeUndefined();
    expect(isCompressed(data), text).toBe(false);
  }
});

test.each(Object.keys(forms) as (keyof typeof forms)[])(
  'a body that was signed before it became %s is found',
  (form) => {
    const secret = Buffer.alloc(32, 1).toString('base64');
    const now = new Date('2024-05-27T09:08:07Z');
    const body = JSON.stringify({ kind: 'sourceFile', uri: 'https://example.com/menu.wav', loop: false });
    const url = 'https://example.com/calling/v1/callouts';
    const plain = message({ method: 'POST', url, body });
    const credential = { keyId: 'id', secret: new Secret(secret, 'base64') };
    const { headers } = sign(sinchApplication, credential, plain, { date: now });
    const sent = { ...plain, headers, body: new Uint8Array(forms[form].compress(body)) };
    const found = diagnose(sinchApplication, { keyId: 'id', secret }, sent, { now });
    expect(found.mistakes.map(({ id, proven }) => [id, proven])).toContainEqual(['body/transport-encoding', true]);
  },
);
