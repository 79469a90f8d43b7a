import type { DecodedAudio } from './decode.ts';
import type { Mp3Kbps } from './mp3.ts';

/** What the audio threads are asked for. */
export type AudioWork =
  | { readonly kind: 'decode'; readonly bytes: Uint8Array<ArrayBuffer>; readonly maxSeconds: number }
  | { readonly kind: 'encode-mp3'; readonly samples: Int16Array<ArrayBuffer>; readonly kbps: Mp3Kbps };

/** What they answer. */
export type AudioResult = DecodedAudio | Uint8Array<ArrayBuffer>;
