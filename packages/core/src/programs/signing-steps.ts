import { isForm, queryText } from '../canonical/parameters.ts';
import type { FixLanguage } from '../diagnose/diagnosis.ts';
import { authorizationLine, escapedSignature } from '../diagnose/fixes/authorization.ts';
import { concatenation, merged, textIn, type Piece } from '../diagnose/fixes/concatenation.ts';
import { dateFixes, expiryFixes } from '../diagnose/fixes/current-date.ts';
import { contentHashFixes, macExpressions, signatureFixes, suffixedMd5 } from '../diagnose/fixes/digest.ts';
import { quoted, sendHeader, variableFor } from '../diagnose/fixes/headers.ts';
import { bodyDigest, joinedBytes, runs } from '../diagnose/fixes/joined-bytes.ts';
import { hostFixes } from '../diagnose/fixes/host.ts';
import { keyFixes } from '../diagnose/fixes/key.ts';
import { lengthFixes } from '../diagnose/fixes/length.ts';
import { fromEnvironment } from '../diagnose/fixes/secret.ts';
import { assigned } from '../diagnose/fixes/statement.ts';
import { queryExpressions, queryFixes, targetFixes } from '../diagnose/fixes/target.ts';
import { headerValue } from '../message.ts';
import { namesKey, type PartRule, type Scheme } from '../scheme.ts';
import { functionName } from './kit/function-name.ts';
import { languages } from './languages/catalog.ts';
import type { SigningSteps } from './kit/program-language.ts';
import { givenHeaders, requestLines, type ProgramRequest } from './request-lines.ts';
import { constantPart, ownFields, withoutSignature } from './request-parts.ts';
import { sortedTexts, type SortedText } from './kit/sorted-text.ts';
import { appended, hostInPostman, keyIdFixes, queryOfText, sortedTextOf, urlWithoutQuery } from './step-code.ts';
import { unwritable } from './kit/unwritable.ts';

/** What the steps are written into. */
interface Draft {
  readonly language: FixLanguage;
  readonly scheme: Scheme;
  readonly request: ProgramRequest;
  readonly lines: string[];
  readonly functions: string[];
  readonly declared: Set<string>;
}

/**
 * The steps of a program that signs a request and sends it.
 *
 * @throws CountersignError `program/unwritable` where the request cannot stand in a program, or lacks what is signed
 */
export function signingSteps(language: FixLanguage, scheme: Scheme, given: ProgramRequest): SigningSteps {
  const request = { ...given, ...withoutSignature(scheme, given) };
  const draft: Draft = { language, scheme, request, lines: [], functions: [], declared: new Set() };
  addKey(draft);
  addDate(draft);
  addContentHash(draft);
  addSignature(draft);
  const signed = signedHeaderNames(scheme);
  const changes = changesOf(scheme, request);
  const { body, method, headers } = request.message;
  const hasBody = body.length > 0 || !['GET', 'HEAD', 'DELETE', 'OPTIONS'].includes(method);
  refuseUnsent(language, method, body.length > 0);
  const hasContentType = headerValue(headers, 'content-type') !== undefined;
  const sent = [...givenHeaders(language, request, signed), ...madeHeaders(draft)];
  const hasContent = hasBody || sent.some((line) => /^(?:content\.|\$contentHeaders\[)/.test(line));
  const usesBody = hasContent || draft.lines.some((line) => /\bbody\b/.test(line));
  return {
    title: titleOf(scheme),
    functions: draft.functions,
    request: requestLines(language, request, { signed, changes, usesBody }),
    lines: draft.lines,
    headers: sent,
    isChanged: changes !== 'nothing',
    hasBody,
    isHead: method === 'HEAD',
    hasContent,
    hasContentType,
    signsNoContentType: hasBody && !hasContentType && signed.has('content-type'),
    variables: [...draft.lines, ...sent].join('\n').includes('SIGNING_KEY_ID') ? ['SIGNING_KEY_ID'] : [],
  };
}

/** What a client sends otherwise than it is told: these methods in capitals, and no body with some. */
interface Client {
  readonly name: string;
  readonly capitals: string;
  readonly bodyless: readonly string[];
}

/** `HttpMethod.Normalize` of System.Net.Http. */
const dotNet: Client = {
  name: 'HttpClient',
  capitals: 'CONNECT DELETE GET HEAD OPTIONS PATCH POST PUT TRACE',
  bodyless: [],
};

const clients: Partial<Record<FixLanguage, Client>> = {
  // https://fetch.spec.whatwg.org/#concept-method-normalize
  javascript: { name: 'fetch', capitals: 'DELETE GET HEAD OPTIONS POST PUT', bodyless: ['GET', 'HEAD'] },
  csharp: dotNet,
  powershell: dotNet,
  bash: { name: 'curl', capitals: '', bodyless: ['HEAD'] },
};

/** A program that sends something else than it signed is none. */
function refuseUnsent(language: FixLanguage, method: string, hasBody: boolean): void {
  const client = clients[language];
  if (!client) return;
  const { name, capitals, bodyless } = client;
  if (hasBody && bodyless.includes(method))
    throw unwritable(`${name} sends no body with ${method}; take another method or another language`);
  const capital = method.toUpperCase();
  if (method !== capital && capitals.split(' ').includes(capital))
    throw unwritable(`${name} sends ${method} as ${capital}; write the method in capitals or take another language`);
}

const titleOf = ({ title, documentation }: Scheme): string[] => [
  `Signs one request and sends it: ${title}.`,
  documentation,
];

/** The headers whose values are signed as parts of their own, lower case. */
function signedHeaderNames({ parts }: Scheme): Set<string> {
  return new Set(parts.flatMap(({ source }) => (source.from === 'header' ? [source.header] : [])));
}

/** Where signing adds parameters. */
function changesOf(scheme: Scheme, { message }: ProgramRequest): 'nothing' | 'url' | 'body' {
  const { authorization, contentHash, date } = scheme;
  if (contentHash?.parameter !== undefined) return 'url';
  if (authorization.parameter === undefined && date?.parameter === undefined) return 'nothing';
  return isForm(message.headers) && message.body.length > 0 ? 'body' : 'url';
}

function addKey({ language, scheme, lines }: Draft): void {
  if (language !== 'postman') {
    lines.push(assigned('secret', 'text', fromEnvironment(scheme))[language]);
    if (namesKey(scheme)) lines.push(keyIdFixes[language] ?? '');
  }
  lines.push(keyFixes[scheme.key.encoding][language] ?? '');
}

function addDate(draft: Draft): void {
  const { language, lines, scheme } = draft;
  const { date } = scheme;
  if (!date) return;
  lines.push((date.expires ? expiryFixes(date.toleranceSeconds) : dateFixes(date.format))[language] ?? '');
  if (date.parameter !== undefined) appendParameter(draft, date.parameter, 'date');
}

/** A line that adds a parameter whose value a variable holds; of such texts none has a character to be escaped. */
function appendParameter({ language, lines, scheme, request }: Draft, name: string, variable: string): void {
  const to = changesOf(scheme, request) === 'body' ? 'body' : 'url';
  const isFirst = to === 'url' && !request.url.includes('?') && !lines.some((line) => line.includes('?'));
  const separator = to === 'body' ? '&' : isFirst ? '?' : '&';
  lines.push(appended(language, to, [{ text: `${separator}${name}=` }, { variable }]));
}

function addContentHash(draft: Draft): void {
  const { language, lines, scheme, request } = draft;
  const { contentHash } = scheme;
  if (!contentHash) return;
  // A blank hash is that of no body: such a program would have to ask whether there is one.
  const isBlank = contentHash.empty === 'blank' && request.message.body.length === 0;
  lines.push(
    (isBlank
      ? assigned('contentHash', 'text', blank, 'nothing is sent, so nothing is hashed')
      : contentHashFixes(scheme))[language] ?? '',
  );
  if (contentHash.parameter !== undefined) appendParameter(draft, contentHash.parameter, 'contentHash');
}

const blank = {
  javascript: "''",
  python: "''",
  csharp: '""',
  java: '""',
  php: "''",
  go: '""',
  ruby: "''",
  bash: "''",
  powershell: "''",
  postman: "''",
};

function addSignature(draft: Draft): void {
  const { language, lines, scheme } = draft;
  const pieces = scheme.parts.flatMap((part): (Piece | 'body-digest')[] => [
    { text: part.before ?? '' },
    ...piecesOf(draft, part),
    { text: part.after },
  ]);
  const { mac } = scheme;
  if (mac.algorithm === 'md5-suffix') {
    lines.push(assigned('stringToSign', 'text', concatenation(merged(pieces as Piece[])))[language]);
    lines.push(assigned('signature', 'text', suffixedMd5)[language]);
  } else if (pieces.includes('body-digest')) {
    const signed = runs(pieces);
    const bytes = joinedBytes(language, signed, { bytes: '', digest: bodyDigest[language] });
    const encoding = mac.encoding === 'base64' ? 'base64' : 'hex';
    const expressions = macExpressions(mac.algorithm, encoding, { ...bodyDigest, [language]: bytes });
    lines.push(assigned('signature', 'text', expressions)[language]);
  } else {
    lines.push(assigned('stringToSign', 'text', concatenation(merged(pieces as Piece[])))[language]);
    lines.push(signatureFixes(scheme)[language] ?? '');
  }
  const { parameter, escaped } = scheme.authorization;
  if (escaped) lines.push(assigned('escapedSignature', 'text', escapedSignature)[language]);
  if (parameter !== undefined) appendParameter(draft, parameter, 'signature');
}

/** What stands for a part in the string to sign; the lines that it needs are added. */
function piecesOf(draft: Draft, part: PartRule): (Piece | 'body-digest')[] {
  const { language, scheme, request } = draft;
  const { source } = part;
  switch (source.from) {
    case 'method':
    case 'date':
    case 'body':
      return [{ variable: source.from }];
    case 'content-hash':
      return [{ variable: 'contentHash' }];
    case 'literal':
      return [{ text: source.text }];
    case 'target': {
      const isQuery = source.form === 'query';
      declare(draft, isQuery ? 'query' : 'target', (isQuery ? queryFixes(scheme) : targetFixes(scheme))[language]);
      return [{ variable: isQuery ? 'query' : source.form === 'path' ? 'path' : 'target' }];
    }
    case 'host':
      declare(draft, 'host', language === 'postman' ? hostInPostman : hostFixes[language]);
      return [{ variable: 'host' }];
    case 'header':
      return headerPieces(draft, source.header, source.absent === 'refused');
    case 'url':
      return urlPieces(draft, source.form === 'without-query');
    case 'url-with-hash':
      return urlPieces(draft, false);
    case 'body-digest':
      return ['body-digest'];
    case 'form':
    case 'query-and-form':
    case 'parameters':
      return parameterPieces(draft, part);
    case 'content-length': {
      if (request.message.body.length === 0) return [];
      declare(draft, 'contentLength', lengthFixes[language]);
      return [{ variable: 'contentLength' }];
    }
    case 'resource': {
      const value = ownFields(scheme, request.message)[source.field] ?? '';
      declare(draft, source.field, assigned(source.field, 'text', quoted(value))[language]);
      return [{ variable: source.field }];
    }
    default:
      return constantPart(scheme, part, request);
  }
}

function declare({ lines, declared }: Draft, name: string, line: string | undefined): void {
  if (declared.has(name)) return;
  declared.add(name);
  lines.push(line ?? '');
}

function headerPieces(draft: Draft, header: string, isNeeded: boolean): Piece[] {
  const { language, scheme, request } = draft;
  if (header === 'content-length') {
    declare(draft, 'contentLength', lengthFixes[language]);
    return [{ variable: 'contentLength' }];
  }
  if (headerValue(request.message.headers, header) !== undefined) return [{ variable: variableFor(header) }];
  if (!isNeeded) return [];
  throw unwritable(
    `${scheme.id} signs the header ${header}, which the request lacks; give it, and the program sends it`,
  );
}

function urlPieces(draft: Draft, withoutQuery: boolean): Piece[] {
  const { language } = draft;
  if (language === 'postman') declare(draft, 'url', 'const url = pm.variables.replaceIn(pm.request.url.toString());');
  if (!withoutQuery || !draft.request.url.includes('?')) return [{ variable: 'url' }];
  declare(draft, 'urlWithoutQuery', assigned('urlWithoutQuery', 'text', urlWithoutQuery)[language]);
  return [{ variable: 'urlWithoutQuery' }];
}

function parameterPieces(draft: Draft, { source }: PartRule): Piece[] {
  const { language, request, scheme } = draft;
  const { message } = request;
  const rules = sortedTexts(source);
  const changes = changesOf(scheme, request);
  const hasForm = isForm(message.headers) && (message.body.length > 0 || changes === 'body');
  const hasQuery = queryText(message) !== '' || changes === 'url';
  // Where signing adds to the URL, there is no request yet that knows its query.
  const expressions = changes === 'url' ? { ...queryExpressions, ...queryOfText } : queryExpressions;
  const form = hasForm && rules.form ? [sorted(draft, 'form', rules.form)] : [];
  if (source.from === 'parameters' && hasForm && rules.form) return form;
  const query = hasQuery && rules.query ? [sorted(draft, 'query', rules.query)] : [];
  if (source.from !== 'query-and-form') return [...query, ...form];
  if (query.length + form.length === 0) return [];
  return [{ text: '?' }, ...query, ...(query.length > 0 && form.length > 0 ? [{ text: '.' }] : []), ...form];

  function sorted(into: Draft, of: 'form' | 'query', rule: SortedText): Piece {
    const name = of === 'form' ? 'sortedForm' : 'sortedQuery';
    into.functions.push(languages[language].sortedText(rule, functionName(language, name)));
    const variable = of === 'form' ? 'form' : 'parameters';
    if (of === 'query') declare(into, 'query', assigned('query', 'text', expressions)[language]);
    const text =
      language === 'bash' ? `$${of === 'form' ? 'body' : 'query'}` : textIn(language, of === 'form' ? 'body' : 'query');
    into.lines.push(sortedTextOf(language, variable, functionName(language, name), text));
    return { variable };
  }
}

/** What sends the headers that signing makes. */
function madeHeaders({ language, scheme, request }: Draft): string[] {
  const { date, contentHash, authorization, signedHeaders } = scheme;
  const lines: string[] = [];
  const dateHeader = request.dateHeader ?? date?.headers[0];
  if (dateHeader !== undefined) lines.push(sendHeader(dateHeader, 'date')[language] ?? '');
  if (contentHash?.header !== undefined) lines.push(sendHeader(contentHash.header, 'contentHash')[language] ?? '');
  const { keyHeader, header } = authorization;
  if (keyHeader) lines.push(authorizationLine({ authorization: { ...keyHeader } })[language] ?? '');
  if (header === '') return lines;
  const list = signedHeaders?.accepted.find((names) => dateHeader !== undefined && names.includes(dateHeader)) ?? [];
  lines.push(authorizationLine(scheme, list)[language] ?? '');
  return lines;
}
