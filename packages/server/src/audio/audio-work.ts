import type { MessagePort } from 'node:worker_threads';
import type { DecodedAudio } from './decode.ts';
import type { Mp3Kbps } from './mp3.ts';

/** What the audio threads are asked for. */
export type AudioWork =
  | { readonly kind: 'decode'; readonly bytes: Uint8Array<ArrayBuffer>; readonly maxSeconds: number }
  /** The port is one of `offerPieces`; the length is in seconds. */
  | { readonly kind: 'encode-mp3'; readonly port: MessagePort; readonly seconds: number; readonly kbps: Mp3Kbps };

/** What they answer. */
export type AudioResult = DecodedAudio | Uint8Array<ArrayBuffer>;
