import { concat, type Pcm, silence } from './pcm.ts';
import { tone } from './tones.ts';

/** Sounds and silences in turn, in milliseconds. */
type Cadence = readonly number[];

const double: Cadence = [400, 200, 400, 2000];

/**
 * What a caller hears while the other party rings, by country: frequencies in hertz, and the cadence. A tone that is
 * modulated (India, Singapore, South Africa) is its carrier and two sidebands.
 *
 * @see https://www.itu.int/rec/T-REC-E.180 (supplement 2: tones in national networks)
 */
const ringTones: Readonly<Record<string, readonly [hz: readonly number[], cadence: Cadence]>> = {
  at: [[420], [1000, 5000]],
  au: [[413, 438], double],
  be: [[425], [1000, 3000]],
  bg: [[425], [1000, 4000]],
  br: [[425], [1000, 4000]],
  ch: [[425], [1000, 4000]],
  cl: [[400], [1000, 3000]],
  cn: [[450], [1000, 4000]],
  cz: [[425], [1000, 4000]],
  de: [[425], [1000, 4000]],
  dk: [[425], [1000, 4000]],
  ee: [[425], [1000, 4000]],
  es: [[425], [1500, 3000]],
  fi: [[425], [1000, 4000]],
  fr: [[440], [1500, 3500]],
  gr: [[425], [1000, 4000]],
  hu: [[425], [1250, 3750]],
  il: [[414], [1000, 3000]],
  in: [[375, 400, 425], double],
  it: [[425], [1000, 4000]],
  jp: [
    [385, 400, 415],
    [1000, 2000],
  ],
  lt: [[425], [1000, 4000]],
  mx: [[425], [1000, 4000]],
  my: [[425], double],
  nl: [[425], [1000, 4000]],
  no: [[425], [1000, 4000]],
  nz: [[400, 450], double],
  ph: [
    [425, 480],
    [1000, 4000],
  ],
  pl: [[425], [1000, 4000]],
  pt: [[425], [1000, 5000]],
  ru: [[425], [1000, 4000]],
  se: [[425], [1000, 5000]],
  sg: [[401, 425, 449], double],
  th: [[420], [1000, 5000]],
  tw: [
    [440, 480],
    [1000, 2000],
  ],
  uk: [[400, 450], double],
  us: [
    [440, 480],
    [2000, 4000],
  ],
  ve: [[425], [1000, 4000]],
  za: [[367, 400, 433], double],
};

/** The countries whose ring tone is known, as two letters (`uk` for the United Kingdom). */
export const ringToneCountries: readonly string[] = Object.keys(ringTones);

/**
 * One round of a country's ring tone, made to be looped.
 *
 * @param country one of `ringToneCountries`; another one rings as `us`
 */
export function ringTone(country: string): Pcm {
  const [hz, cadence] = ringTones[Object.hasOwn(ringTones, country) ? country : 'us'] ?? [[], []];
  return concat(cadence.map((ms, index) => (index % 2 === 0 ? tone(hz, ms, 0.3) : silence(ms))));
}
