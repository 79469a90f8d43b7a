import { bytesOf } from '../../canonical/byte-encoding.ts';
import { headerValue } from '../../message.ts';
import type { Data } from '../../digest/algorithms.ts';
import { textOf } from '../text/visible.ts';
import type { Evidence } from './evidence.ts';

/** A string that somebody's code made, as it was before the file that it was brought in. */
export interface StatedText {
  readonly text: Data;
  /** What was done to it on the way into the file; absent where it is taken as it stands. */
  readonly edit?: StatedEdit;
}

export type StatedEdit = 'line break added' | 'UTF-16' | 'byte order mark' | 'line ends';

/** The header in which the ACS SDK for Java sends its string to sign. */
const statedHeader = 'x-ms-hmac-string-to-sign-base64';

/** The string as it was given, or as the request itself says it. */
export function statedText({ options, message }: Pick<Evidence, 'options' | 'message'>): Data | undefined {
  if (options.yourStringToSign !== undefined) return options.yourStringToSign;
  const header = headerValue(message.headers, statedHeader);
  if (header === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(header) || header.length % 4 !== 0) return undefined;
  return Uint8Array.from(atob(header), (character) => character.charCodeAt(0));
}

/**
 * Every string that the file may stand for, as it is first of all: editors end files in a line break, and Windows
 * PowerShell writes them as UTF-16 with CRLF.
 */
export function* statedTexts(given: Data): Generator<StatedText> {
  yield { text: given };
  const text = typeof given === 'string' ? given : textOf(given);
  if (text === undefined) {
    const wide = utf16Text(bytesOf(given));
    if (wide === undefined) return;
    const lines = wide.replaceAll('\r\n', '\n');
    for (const one of new Set([wide, withoutLastBreak(wide), lines, withoutLastBreak(lines)]))
      yield { text: one, edit: 'UTF-16' };
    return;
  }
  const shorter = withoutLastBreak(text);
  if (shorter !== text) yield { text: shorter, edit: 'line break added' };
  if (text.startsWith('\ufeff')) {
    for (const one of new Set([text.slice(1), shorter.slice(1)])) yield { text: one, edit: 'byte order mark' };
  }
  // A program's own CRLF is a mistake that is often made: only a signature tells it from that of a file.
  const lines = text.replaceAll('\r\n', '\n');
  if (lines === text) return;
  for (const one of new Set([lines, withoutLastBreak(lines)])) yield { text: one, edit: 'line ends' };
}

function utf16Text(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  return first === 0xfe && second === 0xff ? new TextDecoder('utf-16be').decode(bytes) : undefined;
}

function withoutLastBreak(text: string): string {
  return text.replace(/\r?\n$/, '');
}
