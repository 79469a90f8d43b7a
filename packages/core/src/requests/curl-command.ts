import { encodeBase64 } from '../canonical/byte-encoding.ts';
import { concatBytes } from '../canonical/concat-bytes.ts';
import { decodeText, encodeText } from './bytes.ts';
import { headerValue, splitUrl, type Header } from '../message.ts';
import { inputError } from './input-error.ts';
import { headerNamePattern } from './header-name.ts';
import { curlData, urlEncoded } from './curl-data.ts';
import { curlOption, longName } from './curl-options.ts';
import { noFiles, type ReadFile } from './read-file.ts';
import type { ReadRequest, RequestNote } from './request-note.ts';
import { splitShellWords } from './shell-words.ts';
import { isWindowsCommand, splitWindowsWords } from './windows-words.ts';
import { shownInput } from './shown-input.ts';

/**
 * Reads the request that a curl command line sends, as a shell or cmd.exe would hand it to curl: what people paste from a
 * terminal, from documentation, or from a browser's "Copy as cURL". Headers that curl adds and nobody signs
 * (`User-Agent`, `Accept`) are left out; the `Content-Type` that it adds to data is not.
 *
 * @param readFile how the files are read that `@file` arguments name; by default they are refused
 * @throws CountersignError `input/…` for an option that is unknown or whose request is not in the command line
 */
export async function readCurlCommand(line: string, readFile: ReadFile = noFiles): Promise<CurlRead> {
  const { words, unexpanded } = isWindowsCommand(line)
    ? { words: splitWindowsWords(line), unexpanded: [] }
    : splitShellWords(line);
  const [command, ...rest] = words[0] === '$' ? words.slice(1) : words;
  if (command === undefined) throw inputError('input/empty', 'the command is empty');
  if (!/^(?:.*[\\/])?curl(?:\.exe)?$/i.test(command)) {
    throw inputError('input/not-curl', `the command begins with "${shownInput(command)}", not with curl`);
  }
  const notes = unexpanded.map((text) => ({
    id: 'input/shell-expansion',
    summary: `the shell would have replaced ${text}; it is read as it stands`,
  }));
  const read = buildRequest(await readOptions(rest, readFile), notes);
  return unexpanded.length > 0 ? { ...read, unresolved: unexpanded } : read;
}

/** The request of a command. */
export interface CurlRead extends ReadRequest {
  /** What the shell would have replaced: the request is not what was sent. */
  readonly unresolved?: readonly string[];
}

/** What the options ask for, before curl's defaults are applied. */
interface CurlRequest {
  readonly readFile: ReadFile;
  urls: string[];
  method?: string;
  headers: string[];
  data: Uint8Array[];
  /** Pieces for the query: those of `--url-query`, and all data with `-G`. */
  query: string[];
  dataInQuery: boolean;
  head: boolean;
  json: boolean;
  upload: boolean;
  pathAsIs: boolean;
  target?: string;
  basic?: string;
  defaults: Header[];
}

async function readOptions(words: readonly string[], readFile: ReadFile): Promise<CurlRequest> {
  const request: CurlRequest = {
    urls: [],
    headers: [],
    data: [],
    query: [],
    defaults: [],
    dataInQuery: false,
    head: false,
    json: false,
    upload: false,
    pathAsIs: false,
    readFile,
  };
  let at = 0;
  const next = (): string | undefined => words[at++];
  let optionsEnded = false;
  for (let word = next(); word !== undefined; word = next()) {
    if (optionsEnded || !word.startsWith('-') || word === '-') request.urls.push(word);
    else if (word === '--') optionsEnded = true;
    else if (word.startsWith('--')) await applyOption(request, word, word.slice(2), next);
    else await applyLetters(request, word.slice(1), next);
  }
  return request;
}

/** `-sXPOST`: letters may stand together, and the last one's value may follow it directly. */
async function applyLetters(request: CurlRequest, letters: string, next: () => string | undefined): Promise<void> {
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at] ?? '';
    const name = longName(letter);
    if (name === undefined) throw unknownOption(`-${letter}`);
    const attached = letters.slice(at + 1);
    let used = false;
    await applyOption(request, `-${letter}`, name, () => {
      used = attached !== '';
      return used ? attached : next();
    });
    if (used) return;
  }
}

async function applyOption(
  request: CurlRequest,
  word: string,
  name: string,
  next: () => string | undefined,
): Promise<void> {
  const option = curlOption(name);
  if (!option) throw unknownOption(word);
  if (option.kind === 'refused') throw inputError('input/curl-option', `cannot read ${word}: ${option.why}`);
  if (option.kind === 'ignored-flag') return;
  if (option.kind === 'flag') {
    if (name === 'get') request.dataInQuery = true;
    else if (name === 'head') request.head = true;
    else request.pathAsIs = true;
    return;
  }
  const value = next();
  if (value === undefined) throw inputError('input/curl-option', `${word} wants a value, and the command ends there`);
  if (option.kind === 'value') await applyValue(request, name, value);
}

async function applyValue(request: CurlRequest, name: string, value: string): Promise<void> {
  switch (name) {
    case 'request':
      request.method = value;
      return;
    case 'header':
      for (const line of await headerLines(value, request.readFile)) request.headers.push(line);
      return;
    case 'url':
      request.urls.push(value);
      return;
    case 'url-query':
      request.query.push(value.startsWith('+') ? value.slice(1) : await urlEncoded(value, request.readFile));
      return;
    case 'user':
      request.basic = value;
      return;
    case 'oauth2-bearer':
      request.defaults.push(['Authorization', `Bearer ${value}`]);
      return;
    case 'user-agent':
      request.defaults.push(['User-Agent', value]);
      return;
    case 'referer':
      request.defaults.push(['Referer', value]);
      return;
    case 'cookie':
      if (!value.includes('='))
        throw inputError('input/curl-option', `-b ${value} reads cookies from a file; give them here`);
      request.defaults.push(['Cookie', value]);
      return;
    case 'request-target':
      request.target = value;
      return;
    case 'upload-file':
      request.upload = true;
      request.data.push(await request.readFile(value));
      return;
    default:
      request.json ||= name === 'json';
      // curl joins --json pieces directly and all other data with "&".
      if (request.data.length > 0 && name !== 'json') request.data.push(encodeText('&'));
      request.data.push(await curlData(name, value, request.readFile));
  }
}

async function headerLines(value: string, readFile: ReadFile): Promise<string[]> {
  if (!value.startsWith('@')) return [value];
  const text = decodeText(await readFile(value.slice(1)));
  return text.split(/\r?\n/).filter((line) => line !== '');
}

function unknownOption(word: string): Error {
  return inputError(
    'input/curl-option',
    `${word} is not an option of curl that is known here; leave it out if it changes nothing that is sent`,
  );
}

function buildRequest(curl: CurlRequest, notes: readonly RequestNote[]): ReadRequest {
  const [url, second] = curl.urls;
  if (url === undefined) throw inputError('input/curl-url', 'the command names no URL');
  if (second !== undefined)
    throw inputError('input/curl-url', `the command names two URLs, ${url} and ${second}; give one`);
  const more: RequestNote[] = [];
  const { origin, authority, target } = wireTarget(url, curl, more);
  const data = concatBytes(curl.data);
  const body = curl.dataInQuery ? new Uint8Array(0) : data;
  const hasBody = curl.data.length > 0 && !curl.dataInQuery;
  const method = curl.method ?? (curl.head ? 'HEAD' : curl.upload ? 'PUT' : hasBody ? 'POST' : 'GET');
  const headers = allHeaders(curl, authority, hasBody);
  const message = { ...(origin !== undefined && { origin }), method, target, headers, body };
  return { message, notes: [...notes, ...more], exactBody: true };
}

/** Origin as written; authority and target as curl sends them: default port dropped, dot segments removed, query pieces appended. */
function wireTarget(
  url: string,
  curl: CurlRequest,
  notes: RequestNote[],
): ReturnType<typeof splitUrl> & { authority: string } {
  const absolute = /^[a-z][a-z0-9+.-]*:\/\//i.test(url) ? url : `http://${url}`;
  if (/\s/.test(absolute)) throw inputError('input/curl-url', `the URL "${url}" holds white space; curl refuses it`);
  let split: ReturnType<typeof splitUrl>;
  try {
    split = splitUrl(absolute);
  } catch {
    throw inputError('input/curl-url', `"${url}" is not an http or https URL`);
  }
  const secure = /^https:/i.test(absolute);
  const authority = (split.authority ?? '').replace(secure ? /:443$/ : /:80$/, '');
  const userInfo = /^\w+:\/\/([^/?#@]*)@/.exec(absolute)?.[1];
  if (userInfo !== undefined) curl.basic ??= decodedUserInfo(userInfo);
  const { origin } = split;
  if (curl.target !== undefined) return { origin, authority, target: curl.target };

  const path = split.target.split('?', 1)[0] ?? '';
  const kept = curl.pathAsIs ? path : removeDotSegments(path);
  if (kept !== path) notes.push({ id: 'input/dot-segments', summary: `curl sends the path ${path} as ${kept}` });
  const pieces = curl.dataInQuery ? [...curl.query, decodeText(concatBytes(curl.data))] : curl.query;
  const rest = split.target.slice(path.length);
  const added = pieces.filter((piece) => piece !== '').join('&');
  return { origin, authority, target: kept + rest + (added === '' ? '' : (rest === '' ? '?' : '&') + added) };
}

/** User and password as curl reads them from a URL. */
function decodedUserInfo(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw inputError('input/curl-url', 'user or password in the URL hold a "%" that begins no escape of UTF-8 text');
  }
}

/** RFC 3986 §5.2.4, as curl does without `--path-as-is`. */
function removeDotSegments(path: string): string {
  const kept: string[] = [];
  const segments = path.split('/').slice(1);
  for (const [index, segment] of segments.entries()) {
    const last = index === segments.length - 1;
    if (segment === '..') kept.pop();
    if (segment !== '.' && segment !== '..') kept.push(segment);
    else if (last) kept.push('');
  }
  return `/${kept.join('/')}`;
}

function allHeaders(curl: CurlRequest, authority: string, hasBody: boolean): Header[] {
  const given: Header[] = [];
  const removed = new Set<string>();
  for (const line of curl.headers) {
    const sign = line.search(/[:;]/);
    const name = line.slice(0, Math.max(0, sign));
    const value = line.slice(sign + 1).trim();
    const isHeader = line[sign] === ':';
    if (!headerNamePattern.test(name) || !(isHeader || value === ''))
      throw inputError('input/curl-header', `-H "${line}" is not "Name: value"`);
    // `-H 'Name:'` takes away what curl would add, `-H 'Name;'` sends the header empty.
    if (isHeader && value === '') removed.add(name.toLowerCase());
    else given.push([name, value]);
  }
  const defaults: Header[] = [['Host', authority], ...curl.defaults];
  if (curl.basic !== undefined) {
    defaults.push(['Authorization', `Basic ${encodeBase64(encodeText(curl.basic))}`]);
  }
  if (curl.json) defaults.push(['Content-Type', 'application/json'], ['Accept', 'application/json']);
  else if (hasBody && !curl.upload) defaults.push(['Content-Type', 'application/x-www-form-urlencoded']);
  const missing = defaults.filter(
    ([name]) => headerValue(given, name) === undefined && !removed.has(name.toLowerCase()),
  );
  return [...missing, ...given];
}
