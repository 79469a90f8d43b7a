import { type Pcm, SAMPLE_RATE, concat, pcmFromFloats, samplesIn, silence } from './pcm.ts';

/** The two frequencies of each key, in hertz: that of its row, then that of its column (ITU-T Q.23). */
const DTMF_HZ: ReadonlyMap<string, readonly [number, number]> = new Map(
  Object.entries<readonly [number, number]>({
    '1': [697, 1209],
    '2': [697, 1336],
    '3': [697, 1477],
    A: [697, 1633],
    '4': [770, 1209],
    '5': [770, 1336],
    '6': [770, 1477],
    B: [770, 1633],
    '7': [852, 1209],
    '8': [852, 1336],
    '9': [852, 1477],
    C: [852, 1633],
    '*': [941, 1209],
    '0': [941, 1336],
    '#': [941, 1477],
    D: [941, 1633],
  }),
);

/** Rise and fall of a tone, so that it does not click. */
const RAMP_MS = 5;

/**
 * Several sine waves at once.
 *
 * @param frequenciesHz the waves, in hertz
 * @param ms length in milliseconds
 * @param level amplitude of all of them together, 0 to 1
 */
export function tone(frequenciesHz: readonly number[], ms: number, level = 0.5): Pcm {
  const floats = new Float32Array(samplesIn(ms));
  const ramp = Math.max(1, samplesIn(Math.min(RAMP_MS, ms / 2)));
  for (let index = 0; index < floats.length; index++) {
    const envelope = Math.min(1, index / ramp, (floats.length - 1 - index) / ramp);
    let sum = 0;
    for (const hz of frequenciesHz) sum += Math.sin((2 * Math.PI * hz * index) / SAMPLE_RATE);
    floats[index] = (sum / frequenciesHz.length) * level * envelope;
  }
  return pcmFromFloats(floats);
}

/** The most keys that are sent in one go: providers take 18, or name no limit. */
const MAX_KEYS = 500;

/**
 * The tones of a telephone's keys.
 *
 * @param keys `0`–`9`, `*`, `#`, `A`–`D` in either case; `,` or `w` waits half a second; at most 500 of them
 * @param toneMs length of each tone
 * @param gapMs silence after each tone
 * @throws RangeError naming the first character that is no key, or how many keys there are if they are too many
 */
export function dtmf(keys: string, toneMs = 100, gapMs = 100): Pcm {
  if (keys.length > MAX_KEYS) throw new RangeError(`${keys.length} keys are too many: at most ${MAX_KEYS} are sent`);
  const sounds = new Map<string, Pcm>();
  const gap = silence(gapMs);
  return concat(
    Array.from(keys).flatMap((key) => {
      if (key === ',' || key === 'w') return [silence(500)];
      const upper = key.toUpperCase();
      const frequencies = DTMF_HZ.get(upper);
      if (frequencies === undefined) throw new RangeError(`"${key}" is no key of a telephone: expected 0-9, *, #, A-D`);
      const sound = sounds.get(upper) ?? tone(frequencies, toneMs);
      sounds.set(upper, sound);
      return [sound, gap];
    }),
  );
}

/** One cycle of the ringing that a caller hears in North America: two seconds of sound, four of silence. */
export function ringback(): Pcm {
  return concat([tone([440, 480], 2000, 0.3), silence(4000)]);
}

/** The beep after which an answering machine records. */
export function beep(): Pcm {
  return tone([1000], 400, 0.4);
}
