import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { MediaStore } from '../../src/audio/media-store.ts';
import { type Pcm, pcmOf, silence } from '../../src/audio/pcm.ts';

const second = (value: number): Pcm => pcmOf(new Int16Array(16_000).fill(value));

describe('the media store', () => {
  it('names audio by the SHA-256 of its samples and keeps the same audio once', () => {
    const store = new MediaStore();
    const id = store.put(second(7), { label: 'prompt', text: 'seven' });
    const bytes = Buffer.alloc(32_000);
    for (let at = 0; at < bytes.length; at += 2) bytes.writeInt16LE(7, at);
    expect(id).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(store.put(second(7), { label: 'again' })).toBe(id);
    expect(store.totalSeconds).toBe(1);
    expect(store.describe(id)).toEqual({ label: 'prompt', text: 'seven', durationMs: 1000 });
  });

  it('tells what is gone from what never was', () => {
    const store = new MediaStore({ maxSeconds: 2 });
    const [first] = [1, 2, 3].map((value) => store.put(second(value), { label: 'x' }));
    expect(store.get(first ?? '')).toBe('gone');
    expect(store.get('never')).toBeUndefined();
    expect(store.totalSeconds).toBe(2);
  });

  it('drops what was not used for the longest time', () => {
    const store = new MediaStore({ maxBytes: 66_000 });
    const [a, b] = [store.put(second(1), { label: 'a' }), store.put(second(2), { label: 'b' })];
    store.get(a);
    store.put(second(3), { label: 'c' });
    expect(store.get(a)).toEqual(second(1));
    expect(store.get(b)).toBe('gone');
  });

  it('counts what each piece costs besides its samples: words, labels and itself', () => {
    const store = new MediaStore({ maxBytes: 100_000 });
    const text = 'x'.repeat(5_000);
    const label = `https://host/${'x'.repeat(100_000)}`;
    for (let value = 0; value < 500; value += 1) {
      store.put(pcmOf(new Int16Array(16).fill(value)), { label, ...(value % 50 === 0 && { text }) });
    }
    expect(store.bytes).toBeLessThanOrEqual(100_000);
    expect(store.totalSeconds).toBeLessThan(0.1);
    expect(store.totalSeconds).toBeGreaterThan(0.05);
  });

  it('keeps a piece of a longer buffer without the buffer', () => {
    const store = new MediaStore();
    const long = new Int16Array(160_000).fill(5);
    const kept = store.get(store.put(pcmOf(long.subarray(0, 16)), { label: 'piece' }));
    expect((kept as Pcm).samples.buffer.byteLength).toBe(32);
  });

  it('takes back what is put again after it was gone', () => {
    const store = new MediaStore({ maxSeconds: 1 });
    const a = store.put(second(1), { label: 'a' });
    store.put(second(2), { label: 'b' });
    expect(store.get(a)).toBe('gone');
    expect(store.put(second(1), { label: 'a' })).toBe(a);
    expect(store.get(a)).toEqual(second(1));
  });

  it('forgets even what is gone, when that becomes too much', () => {
    const store = new MediaStore({ maxSeconds: 1, maxTombstones: 2 });
    const ids = [1, 2, 3, 4].map((value) => store.put(second(value), { label: 'x' }));
    expect(ids.map((id) => store.get(id))).toEqual([undefined, 'gone', 'gone', second(4)]);
  });

  it('refuses audio that alone is more than it may hold', () => {
    const store = new MediaStore({ maxSeconds: 1 });
    expect(() => store.put(silence(1001), { label: 'long' })).toThrow(
      expect.objectContaining({ name: 'MediaTooLargeError' }),
    );
    expect(() => store.put(silence(1001), { label: 'long' })).toThrow('"long" is 1.0 s (32032 bytes)');
  });
});
