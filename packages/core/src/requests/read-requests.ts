import { commandLineWords, type OptionWords } from '../option-words.ts';
import { inputError } from './input-error.ts';
import { bareLine, byteText, encodedByteText } from './byte-text.ts';
import { encodeText } from './bytes.ts';
import { curlForm } from './curl-form.ts';
import { curlOutput } from './curl-output.ts';
import { editedNote, type FoundRequest, type ReadingContext, type RequestForm } from './found-request.ts';
import { harForm } from './har-form.ts';
import { unescapedPaste } from './html-paste.ts';
import { http2Headers } from './http2-headers.ts';
import { httpFile } from './http-file.ts';
import { utf8Input } from './input-encoding.ts';
import { javaOutput } from './java-output.ts';
import { newmanReport } from './newman-report.ts';
import { noRequestError } from './no-request.ts';
import { requestInside, unwrapped } from './paste.ts';
import { postmanCollection } from './postman-collection.ts';
import { postmanConsole } from './postman-console.ts';
import { pythonOutput } from './python-output.ts';
import { rawForm } from './raw-form.ts';
import { noFiles, type ReadFile } from './read-file.ts';

export type { FoundRequest, ReceivedAt, RequestEntry, RequestFormId } from './found-request.ts';

/** What the reader may use besides the text. */
export interface ReadRequestsOptions {
  /** How files are read that the text names (`@file`, `< file`); by default they are refused. */
  readonly readFile?: ReadFile;
  /** Values of variables that a `.http` file leaves open, by name. */
  readonly variables?: Readonly<Record<string, string>>;
  /** How errors name what else may be given. Defaults to the options of the command line. */
  readonly optionWords?: OptionWords;
}

/** The forms that are recognized. The first that recognizes a text reads it: those that look at its start come first. */
const forms: readonly RequestForm[] = [
  httpFile,
  rawForm,
  harForm,
  newmanReport,
  postmanCollection,
  postmanConsole,
  curlOutput,
  pythonOutput,
  javaOutput,
  http2Headers,
  curlForm,
];

/** Layers that a text may be wrapped into: a quotation of an indented code block has three. */
const mostLayers = 6;

/**
 * Reads the requests in whatever somebody has, and finds out by itself what it is: a raw request, a curl command or what
 * `curl -v` shows, a HAR file, an editor's `.http` file, headers of HTTP/2, what Postman's console gives, a Postman collection, a report of newman, what Python's http.client and Java's
 * HttpClient print;
 * indented, quoted, in
 * a code block, in UTF-16. What had to be done to a text is told by notes, `input/edited` where it is not what was sent.
 *
 * @param input text, or a file's bytes
 * @throws CountersignError `input/…` that says what the text is, and what to bring in its place
 */
export async function readRequests(
  input: string | Uint8Array,
  { readFile = noFiles, variables = {}, optionWords: ask = commandLineWords }: ReadRequestsOptions = {},
): Promise<readonly FoundRequest[]> {
  const { bytes, edit } = utf8Input(typeof input === 'string' ? encodeText(input) : input);
  const context = {
    readFile,
    variables: new Map(Object.entries(variables).map((pair) => pair.map(encodedByteText) as [string, string])),
  };
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const text = byteText(mark ? bytes.subarray(3) : bytes);
  if (bareLine(text) === '')
    throw inputError('input/empty', 'there is no request: the text is empty; bring the request as it was sent');
  const edits = edit === undefined ? [] : [edit];
  const found = await findRequests(withLineFeeds(text, edits), context, edits, ask);
  const notes = [...(mark ? [byteOrderMark] : []), ...(edits.length > 0 ? [editedNote(edits.join('; '))] : [])];
  return notes.length === 0 ? found : found.map((one) => ({ ...one, notes: [...notes, ...one.notes] }));
}

const byteOrderMark = {
  id: 'input/byte-order-mark',
  summary: 'the byte order mark at the beginning of the file is skipped',
};

/** Lines that end in CR alone, as very old editors write them. */
function withLineFeeds(text: string, edits: string[]): string {
  if (text.includes('\n') || !text.includes('\r')) return text;
  edits.push('its lines end in CR alone, and are read as if in LF');
  return text.replaceAll('\r', '\n');
}

async function findRequests(
  text: string,
  context: ReadingContext,
  edits: string[],
  ask: OptionWords,
  layersLeft = mostLayers,
): Promise<readonly FoundRequest[]> {
  const escaped = layersLeft === 0 ? undefined : unescapedPaste(text);
  const form = escaped ? undefined : forms.find(({ recognizes }) => recognizes(text));
  if (form) return form.read(text, context);
  const inner = layersLeft === 0 ? undefined : (escaped ?? unwrapped(text) ?? requestInside(text));
  if (inner) {
    edits.push(inner.edit);
    return findRequests(inner.text, context, edits, ask, layersLeft - 1);
  }
  const named = noRequestError(text, ask);
  if (named) throw named;
  // What cannot be called by a name is told which of its lines is no request's.
  return rawForm.read(text, context);
}
