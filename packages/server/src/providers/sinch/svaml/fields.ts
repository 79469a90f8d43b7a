import { array, choice, integer, object, optional, string } from '../../../json-schema/schema.ts';
import { maxPromptLength } from './prompts.ts';

/** Keys as Sinch takes them (no star), and `w`: a pause of half a second. */
export const dtmfText = string({ pattern: '^[0-9#w]*$' });

/** Text to be spoken, or a list of prompts. */
export const promptText = string({ maxLength: maxPromptLength });

/** Music on hold. */
export const musicOnHold = choice(['ring', 'music1', 'music2', 'music3']);

/** The id of a conference. */
export const conferenceIdText = string({ minLength: 1, maxLength: 64 });

/** The longest that a connected call may last, in seconds. */
export const maxDurationSeconds = integer({ minimum: 1, maximum: 14_400 });

/** How the keys of a conference's participant are used. */
export const conferenceDtmfOptions = object({
  mode: optional(choice(['ignore', 'forward', 'detect'])),
  maxDigits: optional(integer({ minimum: 1 })),
  timeoutMills: optional(integer({ minimum: 1 })),
});

/** Custom data for the receiving client; 1024 bytes in total. */
export const callHeaders = array(object({ key: optional(string()), value: optional(string()) }));

/** Keys and values together, in bytes, that call headers and cookies may have. */
export const maxHeaderBytes = 1024;

/** What is wrong with call headers, if anything. */
export function callHeadersProblem(headers: Parameters<typeof pairBytes>[0] = []): string | undefined {
  return pairBytes(headers) > maxHeaderBytes ? `callHeaders have more than ${maxHeaderBytes} bytes` : undefined;
}

/** Bytes of all keys and values. */
export function pairBytes(pairs: readonly { readonly key?: string; readonly value?: string }[]): number {
  return pairs.reduce(
    (sum, { key = '', value = '' }) => sum + Buffer.byteLength(key, 'utf8') + Buffer.byteLength(value, 'utf8'),
    0,
  );
}
