import { type Departure, sayDeparture } from '../search/departure.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';

const charsets = [
  '; charset=utf-8',
  ';charset=utf-8',
  '; charset=UTF-8',
  ';charset=UTF-8',
  '; charset="utf-8"',
  '; charset=utf8',
  ' ; charset=utf-8',
  '; Charset=utf-8',
  '; charset=us-ascii',
  '; charset=iso-8859-1',
  '; charset=ISO-8859-1',
  ';',
];
const types = [
  'application/json',
  'application/x-www-form-urlencoded',
  'text/plain',
  'application/octet-stream',
  'multipart/form-data',
  'text/html',
  'application/xml',
  'text/xml',
  'text/json',
  '*/*',
  'json',
  'application/json, text/plain, */*',
  'application/merge-patch+json',
  'application/vnd.api+json',
  'application/soap+xml',
];

type Change =
  /** With these parameters, whatever they were. */
  | { readonly kind: 'parameters'; readonly parameters: string }
  | { readonly kind: 'other type'; readonly charset: boolean }
  | { readonly kind: 'word'; readonly word: string }
  | { readonly kind: keyof typeof others };

/** The content type as it was before a client library set it. */
export const headerContentType: MistakeClass<Change | Departure> = {
  id: 'header/content-type',
  rank: 360,
  needs: 'content-type',
  values: function* (slot) {
    if (slot.source.from !== 'header' || slot.source.header !== 'content-type' || typeof slot.value !== 'string')
      return;
    const sent = slot.value;
    const bare = sent.split(';')[0]?.trim() ?? '';
    if (sent.includes(';'))
      yield { detail: { kind: 'no parameters' }, cost: 1, value: bare } satisfies ValueMove<Change>;
    yield { detail: { kind: 'empty' }, cost: 1, value: '' };
    for (const [index, charset] of charsets.entries()) {
      if (bare !== '')
        yield {
          detail: { kind: 'parameters', parameters: charset },
          cost: index < 4 ? 1 : 2,
          value: bare + charset,
        };
    }
    for (const [index, type] of types.entries()) {
      yield { detail: { kind: 'other type', charset: false }, cost: index < 3 ? 1 : 2, value: type };
      for (const charset of charsets.slice(0, 4))
        yield { detail: { kind: 'other type', charset: true }, cost: 2, value: type + charset };
    }
    for (const [kind, value] of [
      ['lower case', sent.toLowerCase()],
      ['upper case', sent.toUpperCase()],
      ['capital letters', sent.replace(/\b[a-z]/g, (letter) => letter.toUpperCase())],
      ['no white space', sent.replace(/\s+/g, '')],
      ['spaced', sent.replace(/;\s*/g, '; ')],
      ['no quotes', sent.replaceAll('"', '')],
      ['space at end', `${sent} `],
      ['space before', ` ${sent}`],
      ['name before', `content-type:${sent}`],
      ['name before', `Content-Type: ${sent}`],
      ['twice', `${sent}, ${sent}`],
    ] as const) {
      if (value.trim() !== '') yield { detail: { kind }, cost: 2, value };
    }
    for (const word of ['undefined', 'null', 'None', 'nil', 'false'])
      yield { detail: { kind: 'word', word }, cost: 1, value: word };
  },
  speaksOf: (find) =>
    find.kind === 'departure' && find.subject === 'header' && find.header === 'content-type' ? find : undefined,
  say: (detail, { yours, expected }) => {
    if (detail.kind === 'departure') return sayDeparture(detail);
    if (expected === '') return `You signed the content type "${yours}"; the request was sent without one.`;
    if (/charset/i.test(expected) && !/charset/i.test(yours) && yours !== '') {
      return `Your HTTP client added "${expected.slice(yours.length)}" to the content type after you signed: you signed "${yours}", and "${expected}" was sent.`;
    }
    return `You signed the content type ${inWords(detail)}: "${yours}"; "${expected}" was sent.`;
  },
  fixes: {
    javascript: "headers['content-type'] = contentType; // set explicitly, the same text that is signed",
    python: "headers['Content-Type'] = content_type  # set explicitly, the same text that is signed",
    csharp:
      'content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType); // StringContent adds a charset of its own',
    java: '.header("Content-Type", contentType) // the same text that is signed',
    php: "$headers[] = 'Content-Type: ' . $contentType; // curl sets a form's type when you do not",
    postman: "pm.request.headers.upsert({ key: 'Content-Type', value: contentType });",
  },
};

const others = {
  'no parameters': 'without its parameters',
  empty: 'empty',
  'lower case': 'in lower case',
  'upper case': 'in upper case',
  'capital letters': 'with capital letters',
  'no white space': 'without white space',
  spaced: 'with a space behind the semicolon',
  'no quotes': 'without quotes',
  'space at end': 'with white space at its end',
  'space before': 'with white space before it',
  'name before': 'with the header’s name before it',
  twice: 'twice',
} as const;

function inWords(detail: Change): string {
  switch (detail.kind) {
    case 'parameters':
      return `with "${detail.parameters}"`;
    case 'other type':
      return `another type${detail.charset ? ', with a charset' : ''}`;
    case 'word':
      return `as the text "${detail.word}"`;
    default:
      return others[detail.kind];
  }
}
