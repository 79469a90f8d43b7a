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

/** The names of what can be played to someone on hold (`moh` in a provider's words). */
export type HoldMusic = keyof typeof MELODIES | 'ring';

/** What was played once: a melody takes some milliseconds to make, and never changes. */
const made = new Map<string, Pcm>();

/**
 * One round of music on hold, made to be looped.
 *
 * @param name a name that is not known plays `music1`
 * @see https://developers.sinch.com/docs/voice/api-reference/svaml/actions (`moh`)
 */
export function holdMusic(name: HoldMusic | (string & {}) = 'music1'): Pcm {
  const known = name === 'ring' || Object.hasOwn(MELODIES, name) ? (name as HoldMusic) : 'music1';
  const music = made.get(known) ?? (known === 'ring' ? ringback() : melody(MELODIES[known]));
  made.set(known, music);
  return music;
}

function melody(notes: string): Pcm {
  const tokens = notes.split(' ');
  const sounds = new Map<string, Pcm>();
  const parts: Pcm[] = [];
  for (let index = 0; index < tokens.length; index += 2) {
    const [note = '', beats = ''] = tokens.slice(index, index + 2);
    const sound = sounds.get(`${note} ${beats}`) ?? noteSound(note, Number(beats));
    sounds.set(`${note} ${beats}`, sound);
    parts.push(sound);
  }
  return concat([...parts, silence(BEAT_MS)]);
}

function noteSound(note: string, beats: number): Pcm {
  const hz = pitchHz(note);
  // The octave above, softly: a pure sine is hard to listen to.
  return concat([tone([hz, hz, hz * 2], beats * BEAT_MS - GAP_MS, 0.3), silence(GAP_MS)]);
}

/** Equal temperament on A4 = 440 Hz. */
function pitchHz(note: string): number {
  const semitone = SEMITONES.get(note.slice(0, -1)) ?? 0;
  const octave = Number(note.slice(-1));
  return 440 * 2 ** ((semitone - 9) / 12 + (octave - 4));
}
