import { utf8 } from '../../canonical/byte-encoding.ts';
import { concatBytes } from '../../canonical/concat-bytes.ts';
import { readAsWindows1252, windows1252 } from '../text/charsets.ts';
import { withoutHtmlEscapes } from '../../canonical/html-escapes.ts';
import { jsonStyles, stringWriters } from '../text/json-dialects.ts';
import { jsonExtent } from '../text/json-extent.ts';
import { renderJson, type JsonNode } from '../text/json-text.ts';
import { isNormalizable } from '../text/normalizable.ts';
import { plainQuotes } from '../text/plain-quotes.ts';
import { isCut } from './body-origin.ts';

/** A body as a file holds it. */
export interface FileBody {
  readonly bytes: Uint8Array;
  /** Its text, when it is UTF-8. */
  readonly text: string | undefined;
  readonly json: () => JsonNode | undefined;
  /** How many bytes were sent, where `Content-Length` says so. */
  readonly length: number | undefined;
  /** The head says what type the body has. */
  readonly announced: boolean;
  /** So long that only the usual ways to write it are made. */
  readonly isLong: boolean;
}

export type EditName =
  | 'line break added'
  | 'white space added'
  | 'blank line before'
  | 'response behind'
  | 'more behind'
  | 'byte order mark before'
  | 'line break lost'
  | 'HTML escapes'
  | 'typographic quotes'
  | 'no-break spaces'
  | 'terminal colours'
  | 'lines broken'
  | 'charset'
  | 'line ends'
  | 'JSON layout'
  | 'spaces for tabs'
  | 'tabs for spaces'
  | 'escapes decoded'
  | 'escapes made'
  | 'normalization';

/** What a tool did to a body between the wire and the file. */
export interface FileEdit {
  readonly name: EditName;
  /**
   * What has to speak for the body that was sent. `anything`: its length, or a hash or a signature that fits, because
   * tools do this and clients hardly ever. `length`: `Content-Length` must count it, because clients do it too: Postman
   * sends the lines that were typed, and a script signs `JSON.stringify` of them. (Who copies the head from a browser has
   * the length; who types it from Postman has not.) `proof`: more than its length, which says nothing here.
   */
  readonly needs: 'anything' | 'length' | 'proof';
  /** It leaves what it does not take away or add as it was sent. */
  readonly keepsRest?: true;
  /** The bodies that may have been sent, the likelier first. One that is the file's own is none. */
  readonly undo: (body: FileBody) => Iterable<string | Uint8Array>;
}

const [tab, lineFeed, carriageReturn, space] = [9, 10, 13, 32];
const isBlank = (byte: number | undefined): boolean =>
  byte === lineFeed || byte === carriageReturn || byte === space || byte === tab;

/** What is pasted behind a body. */
export const behindEdits: readonly FileEdit[] = [
  {
    name: 'response behind',
    needs: 'anything',
    keepsRest: true,
    undo: ({ bytes, text, length }) => {
      const start = text === undefined ? -1 : text.search(/^[ \t]*(?:[<*>#/-]+[ \t]*)?HTTP\/\d(?:\.\d)?[ \t]\d{3}/m);
      if (start < 0) return [];
      const before = bytes.subarray(0, utf8.encode(text?.slice(0, start)).length);
      return [...withoutBlanks(before, length), ...endingInLineBreak(before), before];
    },
  },
  {
    name: 'more behind',
    needs: 'anything',
    keepsRest: true,
    undo: ({ text }) => {
      const end = text === undefined ? undefined : jsonExtent(text);
      if (text === undefined || typeof end !== 'number' || text.slice(end).trim() === '') return [];
      return [text.slice(0, end), ...endingInLineBreak(utf8.encode(text.slice(0, end + 2)))];
    },
  },
  {
    name: 'more behind',
    needs: 'anything',
    keepsRest: true,
    undo: ({ text, announced }) => (text === undefined ? [] : beforeWords(text, announced)),
  },
  {
    name: 'more behind',
    needs: 'proof',
    keepsRest: true,
    undo: ({ bytes, length }) => (length === undefined ? [] : [bytes.subarray(0, length)]),
  },
];

/** What is put before or behind a body. */
export const endEdits: readonly FileEdit[] = [
  {
    name: 'line break added',
    needs: 'anything',
    keepsRest: true,
    undo: ({ bytes }) => {
      if (bytes.at(-1) !== lineFeed) return [];
      const lf = bytes.subarray(0, -1);
      return bytes.at(-2) === carriageReturn ? [bytes.subarray(0, -2), lf] : [lf];
    },
  },
  {
    name: 'white space added',
    needs: 'anything',
    keepsRest: true,
    undo: ({ bytes, length }) => withoutBlanks(bytes, length),
  },
  {
    name: 'blank line before',
    needs: 'anything',
    keepsRest: true,
    undo: ({ bytes }) => {
      let start = 0;
      while (bytes[start] === lineFeed || bytes[start] === carriageReturn) start++;
      return [bytes.subarray(start)];
    },
  },
  ...behindEdits,
  {
    name: 'byte order mark before',
    needs: 'length',
    keepsRest: true,
    undo: ({ bytes: [a, b, c], bytes }) => (a === 0xef && b === 0xbb && c === 0xbf ? [bytes.subarray(3)] : []),
  },
];

/** The line break that ends a text is lost easily, whatever else happens to it: this is asked last, of every body. */
export const lostLineBreak: FileEdit = {
  name: 'line break lost',
  needs: 'length',
  undo: ({ bytes, text, length }) => {
    const end = length === bytes.length + 1 ? '\n' : length === bytes.length + 2 ? '\r\n' : undefined;
    return end === undefined || text === undefined || isCut(text) ? [] : [concatBytes([bytes, utf8.encode(end)])];
  },
};

/** What web pages, word processors, terminals and editors do to all of a text. */
export const pasteEdits: readonly FileEdit[] = [
  textEdit('HTML escapes', 'anything', (text) => [withoutHtmlEscapes(text)]),
  textEdit('typographic quotes', 'anything', (text) => {
    const quotes = plainQuotes(text);
    return [
      quotes,
      quotes
        .replace(/\u2014/g, '--')
        .replace(/\u2013/g, '-')
        .replace(/\u2026/g, '...'),
    ];
  }),
  textEdit('no-break spaces', 'anything', (text) => [text.replace(/\u00a0/g, ' ')]),
  textEdit('terminal colours', 'anything', (text) => [
    // eslint-disable-next-line no-control-regex
    text.replace(/\x1b\[[\d;]{0,20}[A-Za-z]/g, ''),
  ]),
  textEdit('lines broken', 'length', (text) => [text.replace(/\r?\n/g, '')]),
  {
    name: 'charset',
    needs: 'length',
    undo: ({ bytes, text }) => [text === undefined ? readAsWindows1252(bytes) : windows1252(text)],
  },
];

/** The same content written in another way. */
export const writingEdits: readonly FileEdit[] = [
  { name: 'JSON layout', needs: 'length', undo: ({ json, isLong }) => usualRenderings(json(), isLong) },
  textEdit('line ends', 'length', (text) => {
    const lf = text.replace(/\r\n?/g, '\n');
    return [lf.replaceAll('\n', '\r\n'), lf];
  }),
  textEdit('spaces for tabs', 'length', (text) => [4, 2, 8].map((width) => text.replaceAll(' '.repeat(width), '\t'))),
  textEdit('tabs for spaces', 'length', (text) => [4, 2, 8].map((width) => text.replaceAll('\t', ' '.repeat(width)))),
  textEdit('escapes decoded', 'length', (text) => [
    ...['', 'upper'].map((form) =>
      text.replace(/[\u007f-\uffff]/g, (unit) => {
        const hex = unit.charCodeAt(0).toString(16).padStart(4, '0');
        return `\\u${form === '' ? hex : hex.toUpperCase()}`;
      }),
    ),
    text.replaceAll('/', '\\/'),
  ]),
  textEdit('escapes made', 'length', (text) => [
    text.replace(/\\u([0-9a-f]{4})/gi, (all, hex: string) => {
      const code = Number.parseInt(hex, 16);
      return code > 126 ? String.fromCharCode(code) : all;
    }),
    text.replaceAll('\\/', '/'),
  ]),
  textEdit('normalization', 'length', (text) =>
    isNormalizable(text) ? [text.normalize('NFC'), text.normalize('NFD')] : [],
  ),
];

/** An edit of what is text. */
function textEdit(name: EditName, needs: FileEdit['needs'], undo: (text: string) => readonly string[]): FileEdit {
  return { name, needs, undo: ({ text }) => (text === undefined ? [] : undo(text)) };
}

function* usualRenderings(root: JsonNode | undefined, isLong: boolean): Generator<string> {
  if (!root) return;
  const writers = stringWriters.filter(({ cost }) => cost === 0).slice(0, isLong ? 1 : undefined);
  for (const { style, cost } of jsonStyles) {
    if (cost > 1) continue;
    for (const { write } of writers) yield renderJson(root, { ...style, string: write });
  }
}

/** Without the white space at the end: all of it, or so much that the length is right. */
function withoutBlanks(bytes: Uint8Array, length: number | undefined): readonly Uint8Array[] {
  let end = bytes.length;
  while (end > 0 && isBlank(bytes[end - 1])) end--;
  const none = bytes.subarray(0, end);
  return end > 0 && length !== undefined && length > end ? [bytes.subarray(0, length), none] : [none];
}

/** What stands before the blanks at the end, with one line break behind it where there is one. */
function endingInLineBreak(bytes: Uint8Array): readonly Uint8Array[] {
  const [none = bytes] = withoutBlanks(bytes, undefined);
  const end = bytes[none.length] === carriageReturn ? none.length + 2 : none.length + 1;
  return bytes[end - 1] === lineFeed ? [bytes.subarray(0, end)] : [];
}

const mostParagraphs = 8;

/** What stands before paragraphs that are no JSON and no form: nothing, where the head announces no body. */
function* beforeWords(text: string, announced: boolean): Generator<string> {
  const isData = /^\s*(?:[{["<]|[\w%.+-]+=\S*\s*$)/.test(text);
  if (!announced && !isData) yield '';
  if (!announced) return;
  let paragraphs = 0;
  for (const { index } of text.matchAll(/(?:\r?\n){2,}/g)) {
    if (paragraphs++ === mostParagraphs) return;
    if (index > 0) yield text.slice(0, index);
  }
}
