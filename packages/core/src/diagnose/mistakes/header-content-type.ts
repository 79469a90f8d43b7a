import { type Departure, phrase } from '../search/departure.ts';
import { told, type Told } from '../search/told.ts';
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

/** The content type as it was before a client library set it. */
export const headerContentType: MistakeClass<Told | Departure> = {
  id: 'header/content-type',
  rank: 360,
  needs: 'content-type',
  usualFrom: ['dotnet', 'javascript'],
  values: function* (slot) {
    if (slot.source.from !== 'header' || slot.source.header !== 'content-type' || typeof slot.value !== 'string')
      return;
    const sent = slot.value;
    const bare = sent.split(';')[0]?.trim() ?? '';
    if (sent.includes(';'))
      yield { detail: told('without its parameters'), cost: 1, value: bare } satisfies ValueMove<Told>;
    yield { detail: told('empty'), cost: 1, value: '' };
    for (const [index, charset] of charsets.entries()) {
      if (bare !== '') yield { detail: told(`with "${charset}"`), cost: index < 4 ? 1 : 2, value: bare + charset };
    }
    for (const [index, type] of types.entries()) {
      yield { detail: told('another type'), cost: index < 3 ? 1 : 2, value: type };
      for (const charset of charsets.slice(0, 4))
        yield { detail: told('another type, with a charset'), cost: 2, value: type + charset };
    }
    for (const [detail, value] of [
      ['in lower case', sent.toLowerCase()],
      ['in upper case', sent.toUpperCase()],
      ['with capital letters', sent.replace(/\b[a-z]/g, (letter) => letter.toUpperCase())],
      ['without white space', sent.replace(/\s+/g, '')],
      ['with a space behind the semicolon', sent.replace(/;\s*/g, '; ')],
      ['without quotes', sent.replaceAll('"', '')],
      ['with white space at its end', `${sent} `],
      ['with white space before it', ` ${sent}`],
      ['with the header’s name before it', `content-type:${sent}`],
      ['with the header’s name before it', `Content-Type: ${sent}`],
      ['twice', `${sent}, ${sent}`],
    ] as const) {
      if (value.trim() !== '') yield { detail: told(detail), cost: 2, value };
    }
    for (const word of ['undefined', 'null', 'None', 'nil', 'false'])
      yield { detail: told(`as the text "${word}"`), cost: 1, value: word };
  },
  speaksOf: (find) =>
    find.kind === 'departure' && find.source?.from === 'header' && find.source.header === 'content-type'
      ? find
      : undefined,
  say: (detail, { yours, expected }) => {
    if (expected === '') return `You signed the content type "${yours}"; the request was sent without one.`;
    if (/charset/i.test(expected) && !/charset/i.test(yours) && yours !== '') {
      return `Your HTTP client added "${expected.slice(yours.length)}" to the content type after you signed: you signed "${yours}", and "${expected}" was sent.`;
    }
    return `You signed the content type ${phrase(detail)}: "${yours}"; "${expected}" was sent.`;
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
