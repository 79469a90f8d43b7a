import { bareLine, decodedByteText } from './byte-text.ts';
import { curlForm } from './curl-form.ts';
import type { TemplateVariables } from './template-variables.ts';

/** One request of a `.http` file, before its variables are filled in. */
export type HttpFileBlock = {
  readonly name?: string;
  /** Where it begins in the file, from 1. */
  readonly line: number;
} & (
  | { readonly kind: 'curl'; readonly text: string }
  | {
      readonly kind: 'request';
      readonly method: string;
      readonly url: string;
      readonly headers: readonly string[];
      readonly body: string;
    }
);

const definition = /^@([^ \t\r\n=]+)[ \t]*=(.*)$/;
const naming = /^[ \t]*(?:#|\/\/)[ \t]*@name[ \t=](.*)$/;
const comment = /^[ \t]*(?:#|\/\/)/;

/** The requests of a file, and its variables as they are defined. Comments, scripts and names of answers' files are left out. */
export function httpFileBlocks(text: string, variables: TemplateVariables): readonly HttpFileBlock[] {
  const blocks: HttpFileBlock[] = [];
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  let start = 0;
  for (let at = 0; at <= lines.length; at++) {
    if (at < lines.length && !lines[at]?.startsWith('###')) continue;
    const title = start === 0 ? '' : bareLine((lines[start - 1] ?? '').replace(/^#+/, ''));
    const block = readBlock(lines.slice(start, at), start, title, variables);
    if (block) blocks.push(block);
    start = at + 1;
  }
  return blocks;
}

function readBlock(
  lines: readonly string[],
  offset: number,
  title: string,
  variables: TemplateVariables,
): HttpFileBlock | undefined {
  let name = title;
  let at = 0;
  for (; at < lines.length; at++) {
    const line = lines[at] ?? '';
    const [, variable, value = ''] = definition.exec(line) ?? [];
    if (variable !== undefined) variables.define(variable, bareLine(value));
    else if (line.startsWith('< {%')) at = scriptEnd(lines, at);
    else if (naming.test(line)) name = bareLine(naming.exec(line)?.[1] ?? name);
    else if (bareLine(line) !== '' && !comment.test(line)) break;
  }
  if (at === lines.length) return undefined;
  const shared = { ...(name !== '' && { name: decodedByteText(name) }), line: offset + at + 1 };
  const rest = lines.slice(at).join('\n');
  if (curlForm.recognizes(rest)) return { ...shared, kind: 'curl', text: rest };

  let line = bareLine(lines[at] ?? '');
  // A URL may go on in the next lines.
  for (at++; /^[ \t]*[?&]|^[ \t]+\//.test(lines[at] ?? ''); at++) line += bareLine(lines[at] ?? '');
  const words = line.replace(/[ \t]HTTP\/[\d.]{1,5}$/, '');
  const method = /^[A-Za-z]+(?=[ \t])/.exec(words)?.[0];
  const url = bareLine(words.slice(method?.length ?? 0));
  const headers: string[] = [];
  for (; at < lines.length && bareLine(lines[at] ?? '') !== ''; at++) {
    if (!comment.test(lines[at] ?? '')) headers.push(bareLine(lines[at] ?? ''));
  }
  const isForm = headers.some((header) => /^content-type:\s*application\/x-www-form-urlencoded/i.test(header));
  const body = bodyOf(lines.slice(at + 1), isForm);
  return { ...shared, kind: 'request', method: method ?? 'GET', url, headers, body };
}

/** The lines of a body, without what editors do not send: scripts for the answer, its files, blank lines at either end. */
function bodyOf(lines: readonly string[], isForm: boolean): string {
  const kept: string[] = [];
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at] ?? '';
    if (line.startsWith('> {%')) at = scriptEnd(lines, at);
    else if (!/^(?:<> |>>!? |> \S+\.js[ \t]*$)/.test(line)) kept.push(line);
  }
  const first = kept.findIndex((line) => bareLine(line) !== '');
  const last = kept.findLastIndex((line) => bareLine(line) !== '');
  if (first < 0) return '';
  const sent = kept.slice(first, last + 1);
  return isForm
    ? sent.map((line, at) => (at === 0 || line.startsWith('&') ? line : `\n${line}`)).join('')
    : sent.join('\n');
}

function scriptEnd(lines: readonly string[], start: number): number {
  let end = start;
  while (end < lines.length && !lines[end]?.includes('%}')) end++;
  return end;
}
