import { type Pcm, concat, silence } from './pcm.ts';
import { ringback, tone } from './tones.ts';

/**
 * Melodies whose composers died long ago, as notes: name, octave, length in beats. One letter is a note, `-` a rest.
 * Played by sine waves: unmistakably music, at no cost in files or rights.
 */
const MELODIES = {
  /** Beethoven, Symphony No. 9: Ode to Joy. */
  music1:
    'E4 1 E4 1 F4 1 G4 1 G4 1 F4 1 E4 1 D4 1 C4 1 C4 1 D4 1 E4 1 E4 1.5 D4 .5 D4 2 ' +
    'E4 1 E4 1 F4 1 G4 1 G4 1 F4 1 E4 1 D4 1 C4 1 C4 1 D4 1 E4 1 D4 1.5 C4 .5 C4 2',
  /** Mozart's theme: Ah, vous dirai-je, maman. */
  music2:
    'C4 1 C4 1 G4 1 G4 1 A4 1 A4 1 G4 2 F4 1 F4 1 E4 1 E4 1 D4 1 D4 1 C4 2 ' +
    'G4 1 G4 1 F4 1 F4 1 E4 1 E4 1 D4 2 G4 1 G4 1 F4 1 F4 1 E4 1 E4 1 D4 2',
  /** Petzold: Minuet in G. */
  music3:
    'D5 1 G4 .5 A4 .5 B4 .5 C5 .5 D5 1 G4 1 G4 1 E5 1 C5 .5 D5 .5 E5 .5 F#5 .5 G5 1 G4 1 G4 1 ' +
    'C5 1 D5 .5 C5 .5 B4 .5 A4 .5 B4 1 C5 .5 B4 .5 A4 .5 G4 .5 A4 1 B4 .5 A4 .5 G4 .5 F#4 .5 G4 3',
} as const;

const BEAT_MS = 420;
const GAP_MS = 30;
const SEMITONES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    C: 0,
    'C#': 1,
    D: 2,
    'D#': 3,
    E: 4,
    F: 5,
    'F#': 6,
    G: 7,
    'G#': 8,
    A: 9,
    'A#': 10,
    B: 11,
  }),
);

/** The names of what can be played to someone on hold (Sinch's `moh`). */
export type HoldMusic = keyof typeof MELODIES | 'ring';

/**
 * One round of music on hold, made to be looped.
 *
 * @param name a name that is not known plays `music1`
 * @see https://developers.sinch.com/docs/voice/api-reference/svaml/actions (`moh`)
 */
export function holdMusic(name: HoldMusic | (string & {}) = 'music1'): Pcm {
  if (name === 'ring') return ringback();
  const melody = Object.hasOwn(MELODIES, name) ? MELODIES[name as keyof typeof MELODIES] : MELODIES.music1;
  const tokens = melody.split(' ');
  const notes: Pcm[] = [];
  for (let index = 0; index < tokens.length; index += 2) {
    const ms = Number(tokens[index + 1]) * BEAT_MS;
    const hz = pitchHz(tokens[index] ?? '');
    // The octave above, softly: a pure sine is hard to listen to.
    notes.push(tone([hz, hz, hz * 2], ms - GAP_MS, 0.3), silence(GAP_MS));
  }
  return concat([...notes, silence(BEAT_MS)]);
}

/** Equal temperament on A4 = 440 Hz. */
function pitchHz(note: string): number {
  const semitone = SEMITONES.get(note.slice(0, -1)) ?? 0;
  const octave = Number(note.slice(-1));
  return 440 * 2 ** ((semitone - 9) / 12 + (octave - 4));
}
