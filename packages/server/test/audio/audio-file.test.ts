import { expect, test } from 'vitest';
import { partOf, wavFile, wholeFile } from '../../src/audio/audio-file.ts';
import { type Pcm, concat, pcmOf } from '../../src/audio/pcm.ts';
import { encodeWav } from '../../src/audio/wav.ts';

const ramp = (from: number, length: number): Pcm => pcmOf(Int16Array.from({ length }, (_, at) => from + at));

async function* pieces(...parts: readonly Pcm[]): AsyncGenerator<Pcm> {
  yield* parts;
}

test('a WAV that is made while it is read is the file that is made at once, however its channels are cut up', async () => {
  const first = [ramp(0, 10), ramp(100, 5), ramp(200, 1)];
  const second = [ramp(1_000, 3), ramp(2_000, 13)];
  const file = wavFile([pieces(...first), pieces(...second)], 16);
  const whole = encodeWav([concat(first), concat(second)]);
  expect(file.bytes).toBe(whole.length);
  expect(await wholeFile(file)).toEqual(whole);
  const part = [];
  for await (const chunk of partOf(wavFile([pieces(...first), pieces(...second)], 16), 40, 71)) part.push(chunk);
  expect(Buffer.concat(part)).toEqual(Buffer.from(whole.subarray(40, 71)));
});

test('of a file of a day, only what is read is rendered, and what is rendered is let go', async () => {
  let made = 0;
  let ended = false;
  const day = (async function* day() {
    try {
      for (; made < 86_400; made++) yield pcmOf(new Int16Array(16_000));
    } finally {
      ended = true;
    }
  })();
  const file = wavFile([day], 86_400 * 16_000);
  expect(file.bytes).toBe(44 + 86_400 * 32_000);
  let read = 0;
  for await (const chunk of file.chunks) {
    read += chunk.length;
    if (read > 100_000) break;
  }
  expect([made, ended]).toEqual([3, true]);
});
