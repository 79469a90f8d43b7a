import { bareLine } from './byte-text.ts';
import { kindOfCode } from './code-kind.ts';

/** One layer of what a text was wrapped into on its way, taken off. */
export interface Unwrapped {
  readonly text: string;
  /** What was done, for a note. */
  readonly edit: string;
}

const fence = /^[ \t]*(`{3,}|~{3,})[^`\n]*$/;

/** Takes off the outermost layer: a code fence, the marks of a quotation, an indentation, blank lines between the lines. */
export function unwrapped(text: string): Unwrapped | undefined {
  const lines = text.split('\n');
  return unfenced(lines) ?? unquoted(lines) ?? singleSpaced(lines) ?? outdented(lines);
}

/** The code blocks of a Markdown text. */
export function fencedBlocks(text: string): string[] {
  const blocks: string[] = [];
  let open: { mark: string; lines: string[] } | undefined;
  for (const line of text.split('\n')) {
    const mark = fence.exec(line.replace(/\r$/, ''))?.[1];
    if (open && mark?.startsWith(open.mark)) {
      blocks.push(open.lines.join('\n'));
      open = undefined;
    } else if (open) open.lines.push(line);
    else if (mark !== undefined) open = { mark, lines: [] };
  }
  if (open) blocks.push(open.lines.join('\n'));
  return blocks;
}

const requestLine = /^([ \t>]*)[A-Z]{3,7} (?:\/|https?:\/\/)\S* HTTP\/\d(?:\.\d)?[ \t]*\r?$/m;
const commandLine = /^[ \t]*(?:\$ )?curl(?:\.exe)?[ \t]+\S/m;

/** A request among other text: in a code block, or behind what somebody writes about it. */
export function requestInside(text: string): Unwrapped | undefined {
  const block = fencedBlocks(text).find((one) => requestLine.test(one) || commandLine.test(one));
  if (block !== undefined)
    return { text: block, edit: 'it stands in a code block among other text, which is left out' };
  const line = requestLine.exec(text);
  if (line && line.index + (line[1]?.length ?? 0) > 0) {
    return {
      text: marked(text.slice(line.index), line[1] ?? ''),
      edit: 'what stands before its request line is left out',
    };
  }
  const quotation = quotedBlock(text);
  if (quotation !== undefined)
    return { text: quotation, edit: 'it is quoted among other text, which is left out as the ">" before its lines is' };
  const command = commandLine.exec(text);
  if (!command || command.index === 0 || kindOfCode(text.slice(0, command.index))) return undefined;
  return { text: text.slice(command.index), edit: 'what stands before the command is left out' };
}

/** The first lines in a row that are quoted, without their marks, where others are not. */
function quotedBlock(text: string): string | undefined {
  const lines = text.split('\n');
  const start = lines.findIndex((line) => quoteMark.test(line));
  if (start < 0) return undefined;
  const end = lines.findIndex((line, at) => at > start && !quoteMark.test(line));
  const block = lines.slice(start, end < 0 ? lines.length : end);
  return block.length === lines.length ? undefined : block.map((line) => line.replace(quoteMark, '')).join('\n');
}

/** The lines that have the same marks before them. */
function marked(text: string, marks: string): string {
  if (marks === '') return text;
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !isBlank(line) && !line.startsWith(marks.trimEnd()));
  return lines.slice(0, end < 0 ? lines.length : end).join('\n');
}

const quoteMark = /^ {0,3}> ?/;

function isBlank(line: string): boolean {
  return bareLine(line) === '';
}

function unfenced(lines: readonly string[]): Unwrapped | undefined {
  const first = lines.find((line) => !isBlank(line));
  if (first === undefined || !fence.test(first.replace(/\r$/, ''))) return undefined;
  const [block = ''] = fencedBlocks(lines.join('\n'));
  return { text: block, edit: 'it stands in a code block of Markdown, whose marks are left out' };
}

/** `> ` before every line, as mail and Markdown quote. */
function unquoted(lines: readonly string[]): Unwrapped | undefined {
  const filled = lines.filter((line) => !isBlank(line));
  if (filled.length === 0 || !filled.every((line) => /^ {0,3}>/.test(line))) return undefined;
  const text = lines.map((line) => line.replace(quoteMark, '')).join('\n');
  return { text, edit: 'it is quoted; the ">" before each line is left out' };
}

/** A blank line behind every line, as a word processor or a web page adds. */
function singleSpaced(lines: readonly string[]): Unwrapped | undefined {
  const end = lines.findLastIndex((line) => !isBlank(line));
  const start = lines.findIndex((line) => !isBlank(line));
  const inside = lines.slice(start, end + 1);
  if (inside.length < 5 || !/^[ \t]*[\w-]+:/.test(inside[2] ?? '')) return undefined;
  if (!inside.every((line, at) => at % 2 === 0 || isBlank(line))) return undefined;
  const text = inside.filter((_, at) => at % 2 === 0).join('\n');
  return { text, edit: 'a blank line follows each of its lines, and is left out' };
}

/** White space before every line; before every line but the first, where copying began in the middle of one. */
function outdented(lines: readonly string[]): Unwrapped | undefined {
  const first = lines.findIndex((line) => !isBlank(line));
  if (first < 0) return undefined;
  const headEnd = lines.findIndex((line, at) => at > first && isBlank(line));
  const head = lines.slice(first, headEnd < 0 ? lines.length : headEnd);
  const indent = commonIndent(head) || commonIndent(head.slice(1));
  if (indent === '') return undefined;
  const text = lines
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : isBlank(line) ? '' : line))
    .join('\n');
  return { text, edit: 'it is indented; the white space before its lines is left out' };
}

function commonIndent(lines: readonly string[]): string {
  const [first = ''] = lines;
  let length = /^[ \t]*/.exec(first)?.[0].length ?? 0;
  for (const line of lines) {
    let same = 0;
    while (same < length && line[same] === first[same]) same++;
    length = same;
  }
  return first.slice(0, length);
}
