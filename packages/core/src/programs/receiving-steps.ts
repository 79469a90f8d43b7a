import type { FixLanguage } from '../diagnose/diagnosis.ts';
import { concatenation, merged, type Piece } from '../diagnose/fixes/concatenation.ts';
import { contentHashFixes, macExpressions, signatureFixes, suffixedMd5 } from '../diagnose/fixes/digest.ts';
import { variableFor } from '../diagnose/fixes/headers.ts';
import { bodyDigest, joinedBytes, runs } from '../diagnose/fixes/joined-bytes.ts';
import { keyFixes } from '../diagnose/fixes/key.ts';
import { fromEnvironment } from '../diagnose/fixes/secret.ts';
import { assigned, nameIn } from '../diagnose/fixes/statement.ts';
import type { PartRule, Scheme } from '../scheme.ts';
import type { ListItem, ReceivingLanguage, ReceivingSteps } from './kit/receiving-language.ts';
import { functionName } from './kit/function-name.ts';
import { sortedTexts, type SortedText } from './kit/sorted-text.ts';
import { unwritable } from './kit/unwritable.ts';
import { languages } from './languages/catalog.ts';
import { sortedTextOf, urlWithoutQuery } from './step-code.ts';

/** What the steps are written into. */
interface Draft {
  readonly language: FixLanguage;
  readonly receiving: ReceivingLanguage;
  readonly scheme: Scheme;
  readonly lines: string[];
  readonly functions: string[];
  readonly declared: Set<string>;
}

/** Sources of which a receiver would have to write out more than what its sender did. */
const unreceived = new Set(['canonical-resource', 'canonical-headers', 'resource', 'content-length']);

/**
 * The steps of a program that receives what a scheme signs, and verifies it.
 *
 * @throws CountersignError `program/unwritable` where nobody receives so, in that language or by that scheme
 */
export function receivingSteps(language: FixLanguage, receiving: ReceivingLanguage, scheme: Scheme): ReceivingSteps {
  if (scheme.parts.some(({ source }) => unreceived.has(source.from)))
    throw unwritable(`${scheme.id} is verified by its provider alone; there is no program that receives it`);
  const { authorization, contentHash, date } = scheme;
  if (language === 'bash' && [authorization.parameter, contentHash?.parameter].some((name) => name !== undefined))
    throw unwritable(`a receiver of ${scheme.id} reads parameters, which is too much for bash; take another language`);
  const draft: Draft = { language, receiving, scheme, lines: [], functions: [], declared: new Set() };
  const { lines } = draft;
  lines.push(
    assigned('secret', 'text', fromEnvironment(scheme))[language],
    keyFixes[scheme.key.encoding][language] ?? '',
  );
  addClaims(draft);
  if (contentHash) {
    const line = contentHashFixes(scheme)[language] ?? '';
    lines.push(contentHash.empty === 'blank' ? receiving.blankWithoutBody(line) : line);
    if (contentHash.parameter !== undefined) {
      declare(draft, 'query', receiving.query);
      lines.push(
        receiving.parameter('sentHash', 'query', contentHash.parameter),
        receiving.same('sentHash', 'contentHash'),
      );
    }
  }
  addSignature(draft);
  lines.push(receiving.equal(authorization.list !== undefined));
  lines.push(receiving.fresh(date?.format, date?.toleranceSeconds ?? 0));
  const { title, documentation } = scheme;
  const code = lines.join('\n');
  return {
    title: [`Receives requests and verifies them: ${title}.`, documentation],
    functions: draft.functions,
    lines: lines.flatMap((line) => (line === '' ? [] : [line])),
    variables: ['SIGNING_KEY_ID', 'PUBLIC_URL'].filter((name) => code.includes(name)),
  };
}

function declare({ lines, declared }: Draft, name: string, line: string | undefined): void {
  if (declared.has(name)) return;
  declared.add(name);
  lines.push(line ?? '');
}

/** What a request claims: its signature, its key, its date. */
function addClaims(draft: Draft): void {
  const { receiving, scheme, lines } = draft;
  const { authorization, date } = scheme;
  const { header, template, list, parameter } = authorization;
  let signedDate = template.includes('{date}');
  if (parameter !== undefined) {
    addFields(draft);
    lines.push(receiving.parameter('given', 'fields', parameter));
  } else if (list !== undefined) {
    lines.push(receiving.list(header, list, template.split(list).map(listItem)));
  } else {
    const { pattern, variables } = patternOf(scheme);
    lines.push(receiving.match(header, pattern, variables));
    if (variables.includes('keyId')) lines.push(receiving.sameKey);
    if (variables.includes('signedHeaders')) {
      lines.push(receiving.listedHeader('date', 'signedHeaders', dateAt(scheme)));
      signedDate = true;
    }
  }
  if (!date || signedDate) return;
  if (date.parameter !== undefined) lines.push(receiving.parameter('date', 'fields', date.parameter));
  else lines.push(receiving.header('date', date.headers[0] ?? ''));
}

function listItem(text: string): ListItem {
  const [, prefix = '', field] = /^(.*)\{(\w+)\}$/.exec(text) ?? [];
  return { prefix, variable: field === 'signature' ? 'given' : field === 'date' ? 'date' : 'keyId' };
}

/** Where the lists of signed headers that a scheme accepts name the date's. */
function dateAt({ signedHeaders, date }: Scheme): number {
  const [at = 0] = (signedHeaders?.accepted ?? []).map((names) =>
    names.findIndex((name) => date?.headers.includes(name)),
  );
  return at;
}

/** The header's value as a pattern of all languages, and what its groups are. */
function patternOf({ authorization, signedHeaders, date }: Scheme): { pattern: string; variables: string[] } {
  const pieces = authorization.template.split(/\{(\w+)\}/);
  const variables: string[] = [];
  let pattern = '';
  pieces.forEach((piece, at) => {
    if (at % 2 === 0) {
      pattern += at === 0 && authorization.anyCaseWord ? anyCase(piece) : escaped(piece);
    } else if (piece === 'signedHeaders') {
      const lists = signedHeaders?.accepted.map((names) => names.join(';')) ?? [];
      const isChoice = (date?.headers.length ?? 0) > 1;
      if (isChoice) variables.push('signedHeaders');
      pattern += isChoice || lists.length > 1 ? `(${lists.join('|')})` : lists.join('');
    } else {
      variables.push(piece === 'signature' ? 'given' : piece);
      pattern += `([^ ,${pieces[at + 1]?.[0] ?? ''}]+)`;
    }
  });
  return { pattern: `^${pattern}$`, variables };
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function anyCase(text: string): string {
  const [word = ''] = text.split(' ', 1);
  const letters = word.replace(/[a-z]/gi, (letter) => `[${letter.toLowerCase()}${letter.toUpperCase()}]`);
  return letters + escaped(text.slice(word.length));
}

function addSignature(draft: Draft): void {
  const { language, lines, scheme } = draft;
  const { mac } = scheme;
  const pieces = scheme.parts.flatMap((part): (Piece | 'body' | 'body-digest')[] => [
    { text: part.before ?? '' },
    ...piecesOf(draft, part),
    { text: part.after },
  ]);
  const signed = runs(pieces);
  if (signed.some((piece) => typeof piece === 'string') && mac.algorithm !== 'md5-suffix') {
    const bytes = joinedBytes(language, signed, { bytes: bodyIn[language], digest: bodyDigest[language] });
    const encoding = mac.encoding === 'base64' ? 'base64' : 'hex';
    lines.push(
      assigned('signature', 'text', macExpressions(mac.algorithm, encoding, { ...bodyDigest, [language]: bytes }))[
        language
      ],
    );
    return;
  }
  lines.push(assigned('stringToSign', 'text', concatenation(merged(pieces as Piece[])))[language]);
  lines.push(
    mac.algorithm === 'md5-suffix'
      ? assigned('signature', 'text', suffixedMd5)[language]
      : (signatureFixes(scheme)[language] ?? ''),
  );
}

/** What holds the body's bytes; in bash a command that writes them. */
const bodyIn: Readonly<Record<FixLanguage, string>> = {
  javascript: 'body',
  python: 'body',
  csharp: 'body',
  java: 'body',
  php: '$body',
  go: 'body',
  ruby: 'body',
  bash: 'printf %s "$body"',
  powershell: '$body',
  postman: 'body',
};

function piecesOf(draft: Draft, part: PartRule): (Piece | 'body' | 'body-digest')[] {
  const { language, receiving } = draft;
  const { source } = part;
  switch (source.from) {
    case 'body':
    case 'body-digest':
      return [source.from];
    case 'method':
    case 'date':
      return [{ variable: source.from }];
    case 'content-hash':
      return [{ variable: 'contentHash' }];
    case 'literal':
      return [{ text: source.text }];
    case 'target':
      if (source.form === 'as-sent') return [{ variable: 'target' }];
      declare(draft, source.form, source.form === 'path' ? receiving.path : receiving.query);
      return [{ variable: source.form }];
    case 'host':
      declare(draft, 'host', receiving.header('host', 'host'));
      return [{ variable: 'host' }];
    case 'header':
      declare(draft, source.header, receiving.header(variableFor(source.header), source.header));
      return [{ variable: variableFor(source.header) }];
    case 'url':
    case 'url-with-hash': {
      declare(draft, 'url', receiving.url);
      if (source.from === 'url-with-hash' || source.form === 'as-sent') return [{ variable: 'url' }];
      declare(draft, 'urlWithoutQuery', assigned('urlWithoutQuery', 'text', urlWithoutQuery)[language]);
      return [{ variable: 'urlWithoutQuery' }];
    }
    case 'form':
    case 'query-and-form':
    case 'parameters':
      return parameterPieces(draft, part);
    default:
      throw unwritable(`the part "${part.name}" of ${draft.scheme.id} is in no program that receives`);
  }
}

function addFields(draft: Draft): void {
  const { receiving, scheme } = draft;
  const takesQuery = scheme.parts.some(({ source }) => source.from === 'parameters' && source.in !== 'query');
  if (takesQuery) declare(draft, 'query', receiving.query);
  declare(draft, 'fields', takesQuery ? receiving.fieldsOrQuery : receiving.fields);
}

function parameterPieces(draft: Draft, { source }: PartRule): Piece[] {
  const { language, receiving, lines, functions } = draft;
  const rules = sortedTexts(source);
  const add = (name: string, rule: SortedText): string => {
    functions.push(languages[language].sortedText(rule, functionName(language, name)));
    return functionName(language, name);
  };
  const call = (variable: string, called: string, of: string): void => {
    lines.push(sortedTextOf(language, variable, called, language === 'bash' ? `$${of}` : nameIn(language, of)));
  };
  if (source.from === 'query-and-form' && rules.query && rules.form) {
    declare(draft, 'query', receiving.query);
    addFields(draft);
    call('sortedQuery', add('queryText', rules.query), 'query');
    call('sortedForm', add('formText', rules.form), 'fields');
    lines.push(receiving.bothParameters('sortedQuery', 'sortedForm'));
    return [{ variable: 'parameters' }];
  }
  const isQuery = rules.form === undefined;
  if (isQuery) declare(draft, 'query', receiving.query);
  else addFields(draft);
  const rule = rules.form ?? rules.query;
  if (!rule) return [];
  call('parameters', add('sortedText', rule), isQuery ? 'query' : 'fields');
  return [{ variable: 'parameters' }];
}
