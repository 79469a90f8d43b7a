import { Type } from 'typebox';
import { maxPromptLength } from '../prompts.ts';

/** Keys as Sinch takes them (no star), and `w`: a pause of half a second. */
export const dtmfText = Type.String({ pattern: '^[0-9#w]*$' });

/** Text to be spoken, or a list of prompts. */
export const promptText = Type.String({ maxLength: maxPromptLength });

/** Music on hold. */
export const musicOnHold = Type.Enum(['ring', 'music1', 'music2', 'music3']);

/** The id of a conference. */
export const conferenceIdText = Type.String({ minLength: 1, maxLength: 64 });

/** The longest that a connected call may last, in seconds. */
export const maxDurationSeconds = Type.Integer({ minimum: 1, maximum: 14_400 });

/** How the keys of a conference's participant are used. */
export const conferenceDtmfOptions = Type.Object({
  mode: Type.Optional(Type.Enum(['ignore', 'forward', 'detect'])),
  maxDigits: Type.Optional(Type.Integer({ minimum: 1 })),
  timeoutMills: Type.Optional(Type.Integer({ minimum: 1 })),
});

/** Custom data for the receiving client; 1024 bytes in total. */
export const callHeaders = Type.Array(
  Type.Object({ key: Type.Optional(Type.String()), value: Type.Optional(Type.String()) }),
);

/** Keys and values together, in bytes, that call headers and cookies may have. */
export const maxHeaderBytes = 1024;

/** Bytes of all keys and values. */
export function pairBytes(pairs: readonly { readonly key?: string; readonly value?: string }[]): number {
  return pairs.reduce(
    (sum, { key = '', value = '' }) => sum + Buffer.byteLength(key, 'utf8') + Buffer.byteLength(value, 'utf8'),
    0,
  );
}
