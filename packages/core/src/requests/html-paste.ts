import { htmlEscape, withoutHtmlEscapes } from '../canonical/html-escapes.ts';
import { bareLine, encodedByteText } from './byte-text.ts';
import type { Unwrapped } from './paste.ts';

/** What is never left as it is where a text is escaped for HTML. */
const bare = /&(?!(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#x[\da-f]{1,5});)|[<>]/i;

const quote = /&(?:amp;)*(?:quot|apos|#34|#39|#x22|#x27);/gi;

/**
 * A text that was escaped for HTML as a whole, as the source of a web page or a badly made ticket has it: more than one line
 * of its head shows it, or one and the quotation marks behind it. One header alone may have been sent like that, and that
 * is a mistake; so is a body alone.
 */
export function unescapedPaste(text: string): Unwrapped | undefined {
  if (!text.includes('&') || bare.test(text)) return undefined;
  const inHead = escapedLinesOfHead(text);
  const isWhole = inHead > 1 || (inHead === 1 && !text.includes('"') && (text.match(quote)?.length ?? 0) > 1);
  if (!isWhole) return undefined;
  return {
    text: text.replace(htmlEscape, (one) => encodedByteText(withoutHtmlEscapes(one))),
    edit: 'it is escaped for HTML, and is read as if it were not',
  };
}

function escapedLinesOfHead(text: string): number {
  const lines = text.replace(/^(?:[ \t]*\r?\n)+/, '').split('\n');
  const end = lines.findIndex((line) => bareLine(line) === '');
  return lines.slice(0, end < 0 ? lines.length : end).filter((line) => line.search(htmlEscape) >= 0).length;
}
