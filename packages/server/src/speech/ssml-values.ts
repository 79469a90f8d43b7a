import type { Prosody } from './segments.ts';

/**
 * The values of SSML attributes, as numbers. Each function answers undefined to what it cannot understand. Named values
 * have the figures Azure publishes; where Azure and the standard differ, the standard (and Polly) is followed.
 *
 * @see https://www.w3.org/TR/speech-synthesis11/
 * @see https://learn.microsoft.com/azure/ai-services/speech-service/speech-synthesis-markup-voice#adjust-prosody
 */

/** What a value of {@link EXPECTED} looks like, for error messages. */
export const EXPECTED = {
  rate: 'a name from x-slow to x-fast, a factor (0.5), a percentage of normal (80%) or a change (+20%)',
  pitch: 'a name from x-low to x-high, a change (+10%, +20Hz, -2st) or a pitch (200Hz)',
  volume: 'a name from silent to x-loud, a level from 0 to 100, or a change (+6dB, -20%)',
  strength: 'none, x-weak, weak, medium, strong or x-strong',
  time: 'a time such as 500ms or 1.5s',
} as const;

const RATES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    'x-slow': 0.5,
    slow: 0.64,
    medium: 1,
    default: 1,
    fast: 1.55,
    'x-fast': 2,
  }),
);
const PITCHES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    'x-low': 0.55,
    low: 0.8,
    medium: 1,
    default: 1,
    high: 1.2,
    'x-high': 1.45,
  }),
);
const VOLUMES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    silent: 0,
    'x-soft': 0.25,
    soft: 0.5,
    medium: 1,
    default: 1,
    loud: 1.5,
    'x-loud': 2,
  }),
);
const BREAKS_MS: ReadonlyMap<string, number> = new Map(
  Object.entries({
    none: 0,
    'x-weak': 250,
    weak: 500,
    medium: 750,
    strong: 1000,
    'x-strong': 1250,
  }),
);

/** Beyond these, speech is no longer speech. */
const RATE_RANGE = [0.2, 5] as const;
const PITCH_RANGE = [0.5, 2] as const;
const VOLUME_RANGE = [0, 4] as const;
/** A pitch in hertz is understood relative to a voice of this pitch. */
const REFERENCE_PITCH_HZ = 150;

/** `rate`: 2 is twice as fast. Note that Azure reads an unsigned `80%` as `+80%`; the standard, and this, as 0.8. */
export function rateFactor(value: string): number | undefined {
  const factor =
    RATES.get(value) ?? change(value, '%', (n) => 1 + n / 100) ?? amount(value, '%', 100) ?? amount(value, '', 1);
  return within(factor, RATE_RANGE);
}

/** `pitch`: 2 is an octave higher. */
export function pitchFactor(value: string): number | undefined {
  const factor =
    PITCHES.get(value) ??
    change(value, '%', (n) => 1 + n / 100) ??
    change(value, 'st', (n) => 2 ** (n / 12)) ??
    change(value, 'Hz', (n) => 1 + n / REFERENCE_PITCH_HZ) ??
    amount(value, '%', 100) ??
    amount(value, 'Hz', REFERENCE_PITCH_HZ);
  return within(factor, PITCH_RANGE);
}

/** `volume`: a factor on the amplitude. */
export function volumeFactor(value: string): number | undefined {
  const factor =
    VOLUMES.get(value) ??
    change(value, 'dB', (n) => 10 ** (n / 20)) ??
    change(value, '%', (n) => 1 + n / 100) ??
    change(value, '', (n) => 1 + n / 100) ??
    amount(value, '%', 100) ??
    amount(value, '', 100);
  return within(factor, VOLUME_RANGE);
}

/** `strength` of a break, in milliseconds. */
export function breakStrengthMs(value: string): number | undefined {
  return BREAKS_MS.get(value);
}

/** A time of CSS2 (`500ms`, `1.5s`), in milliseconds. */
export function timeMs(value: string): number | undefined {
  return amount(value, 'ms', 1) ?? amount(value, 's', 1 / 1000);
}

/** A number with a sign and a unit. */
function change(value: string, unit: string, toFactor: (n: number) => number): number | undefined {
  const match = /^([+-](?:\d+(?:\.\d*)?|\.\d+))([A-Za-z%]*)$/.exec(value);
  return match?.[2]?.toLowerCase() === unit.toLowerCase() ? toFactor(Number(match?.[1])) : undefined;
}

/** A number without a sign, with a unit, divided by what counts as one. */
function amount(value: string, unit: string, one: number): number | undefined {
  const match = /^\+?(\d+(?:\.\d*)?|\.\d+)([A-Za-z%]*)$/.exec(value);
  return match?.[2]?.toLowerCase() === unit.toLowerCase() ? Number(match?.[1]) / one : undefined;
}

function within(value: number | undefined, [least, most]: readonly [number, number]): number | undefined {
  return value === undefined ? undefined : Math.min(most, Math.max(least, value));
}

/** How something inside is spoken: the factors multiply, as far as speech is still speech. */
export function combineProsody(outer: Prosody, inner: Prosody): Prosody {
  const product = (name: keyof Prosody, [least, most]: readonly [number, number]): number =>
    Math.min(most, Math.max(least, outer[name] * inner[name]));
  return {
    rate: product('rate', RATE_RANGE),
    pitch: product('pitch', PITCH_RANGE),
    volume: product('volume', VOLUME_RANGE),
  };
}
