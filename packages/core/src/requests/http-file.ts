import { CountersignError } from '../errors.ts';
import { headerValue } from '../message.ts';
import { inputError } from './input-error.ts';
import { bareLine, bytesOfText, byteText, decodedByteText, encodedByteText } from './byte-text.ts';
import { foundByCurl } from './curl-form.ts';
import {
  titleOf,
  type FoundRequest,
  type ReadingContext,
  type RequestEntry,
  type RequestForm,
} from './found-request.ts';
import { httpFileBlocks, type HttpFileBlock } from './http-file-blocks.ts';
import { readRawRequest } from './raw-request.ts';
import type { ReadRequest } from './request-note.ts';
import { TemplateVariables } from './template-variables.ts';

/** What may stand before the first request: titles, comments, variables. */
const before = /^(?:[ \t\r]*(?:(?:#|\/\/|@[^ \t\r\n=]+[ \t]*=)[^\n]*)?\n)+/;
const marker = /^(?:###|[ \t]*(?:#|\/\/)[ \t]*@\w|@[^ \t\r\n=]+[ \t]*=)/m;
const request = /^(?:[A-Z]{3,9}[ \t]+\S|https?:\/\/|\{\{|< \{%)/;
const curl = /^curl[ \t]/;
const absolute = /^(?:[A-Z]+[ \t]+)?(?:https?:\/\/|\{\{)/;

/** That another request follows, or that the file ends as editors' files do. */
const laterRequest = /\n###[ \t\r\n]*$|\n###[^\n]*\n(?:[ \t\r]*\n)*[A-Z]{3,9} \S+ HTTP\/\d/;

/**
 * A `.http` or `.rest` file, as the REST Client of VS Code, JetBrains' HTTP Client and Visual Studio read it: requests between
 * `###`, variables (`@name = value`, `{{name}}`), comments, absolute URLs without a Host header.
 *
 * @see https://github.com/Huachao/vscode-restclient
 * @see https://www.jetbrains.com/help/idea/exploring-http-syntax.html
 */
export const httpFile: RequestForm = {
  id: 'http-file',
  recognizes(text) {
    const start = text.replace(/^(?:[ \t]*\r?\n)+/, '');
    const bare = start.replace(before, '');
    const isMarked = marker.test(start.slice(0, start.length - bare.length));
    if (isMarked) return request.test(bare) || curl.test(bare);
    if (bare !== start) return request.test(bare) && /^[^\n]*(?:\/|\{\{)/.test(bare);
    // In the body of a raw request "###" may be a headline.
    if (absolute.test(start)) return /^###/m.test(start) || /^[^\n]*\{\{/.test(start);
    return /^[A-Z]{3,9} \//.test(start) && laterRequest.test(start);
  },
  async read(text, context) {
    const variables = new TemplateVariables(context.variables);
    const found: FoundRequest[] = [];
    for (const [index, block] of httpFileBlocks(text, variables).entries()) {
      found.push(await readBlock(block, index, variables, context));
    }
    return found;
  },
};

async function readBlock(
  block: HttpFileBlock,
  index: number,
  variables: TemplateVariables,
  context: ReadingContext,
): Promise<FoundRequest> {
  const unresolved = new Set<string>();
  const fill = (text: string): string => variables.fill(text, unresolved);
  try {
    if (block.kind === 'curl') {
      const read = await foundByCurl(decodedByteText(fill(block.text)), context.readFile);
      for (const name of read.unresolved ?? []) unresolved.add(encodedByteText(name));
      return foundInBlock(read, block, { index, ...urlOf(read) }, unresolved);
    }
    const url = fill(block.url);
    const target = /^(?:[a-z][a-z0-9+.-]*:\/\/|\/)/i.test(url) ? url : `http://${url}`;
    const head = [`${block.method} ${target} HTTP/1.1`, ...block.headers.map(fill)];
    const body = await readBody(block.body, fill, context);
    const read = readRawRequest(bytesOfText(`${head.join('\n')}\n\n${body}`));
    return foundInBlock(
      read,
      block,
      { index, ...(target.startsWith('/') ? urlOf(read) : { url: decodedByteText(target) }) },
      unresolved,
    );
  } catch (error) {
    if (!(error instanceof CountersignError) || !error.code.startsWith('input/')) throw error;
    throw inputError(
      error.code as 'input/http-file',
      `in the request that begins at line ${block.line}: ${error.message}`,
    );
  }
}

function foundInBlock(
  read: ReadRequest,
  { name }: HttpFileBlock,
  entry: Pick<RequestEntry, 'index' | 'url'>,
  unresolved: ReadonlySet<string>,
): FoundRequest {
  const { message, notes } = read;
  return {
    ...read,
    form: 'http-file',
    title: name === undefined ? titleOf(message) : `${name}: ${titleOf(message)}`,
    // That the URL is absolute is what such files are like.
    notes: notes.filter(({ id }) => id !== 'input/absolute-form'),
    entry: { ...entry, ...(name !== undefined && { name }) },
    ...(unresolved.size > 0 && { unresolved: [...unresolved].map(decodedByteText) }),
  };
}

/** Without a scheme, where nothing tells it. */
function urlOf({ message: { headers, target } }: ReadRequest): { url: string } {
  return { url: `${headerValue(headers, 'host') ?? ''}${target}` };
}

/** A line `< file` sends the file, `<@ file` fills variables in it first. */
async function readBody(body: string, fill: (text: string) => string, { readFile }: ReadingContext): Promise<string> {
  if (!/^<(?:@\S*)?[ \t]/m.test(body)) return fill(body);
  const lines: string[] = [];
  for (const line of body.split('\n')) {
    const mark = /^<(@\S*)?[ \t]/.exec(line);
    if (mark) {
      const path = decodedByteText(fill(bareLine(line.slice(mark[0].length))));
      const file = byteText(await readFile(path));
      lines.push(mark[1] === undefined ? file : fill(file));
    } else lines.push(fill(line));
  }
  return lines.join('\n');
}
