import { told, type Told } from '../search/told.ts';
import { encodeComponent } from '../text/percent-encoding.ts';
import type { KeyTextMove, MistakeClass } from '../search/mistake-class.ts';
import { keyFingerprint, secretText } from '../text/secret-text.ts';
import { withoutEnd, withoutEnds } from '../../canonical/trimming.ts';

/** Something sticks to the key's text, or a copy lost or changed a character of it. */
export const keyStrayCharacters: MistakeClass<Told> = {
  id: 'key/stray-characters',
  rank: 80,
  needs: 'nothing',
  keyTexts: (text) => strayTexts(text),
  speaksOf: ({ kind }) =>
    kind === 'key as given' ? told('is the text as you gave it, with what sticks to it') : undefined,
  say: ({ how }) => `The secret that was signed with ${how}.`,
  noteUnclean: ({ scheme, credential }) =>
    `The secret given is no clean ${scheme.key.encoding} (${keyFingerprint(secretText(credential.secret))}); what sticks to it was taken off.`,
  fixes: {
    javascript: 'const secret = process.env.SECRET.trim();',
    python: "secret = os.environ['SECRET'].strip()",
    csharp: 'var secret = Environment.GetEnvironmentVariable("SECRET")!.Trim();',
    java: 'String secret = System.getenv("SECRET").strip();',
    php: "$secret = trim(getenv('SECRET')); // in a shell: printf %s, not echo",
    postman: "const secret = pm.environment.get('key').trim();",
  },
};

const endings: readonly [text: string, name: string][] = [
  ['\n', 'a newline'],
  ['\r\n', 'a CRLF'],
  [' ', 'a space'],
  ['\t', 'a tab'],
  ['\r', 'a carriage return'],
  ['\\n', 'the two characters \\n'],
  ['=', 'one "=" too many'],
  ['==', 'two "=" too many'],
  [';', 'a semicolon'],
  [',', 'a comma'],
  ['"', 'a quote'],
  ["'", 'a quote'],
  ['\0', 'a zero byte'],
  ['%', 'the "%" that zsh prints where no newline is'],
];

const replacements: readonly [from: RegExp, to: string, detail: string][] = [
  [/=/g, '\\u003D', 'has its "=" escaped as \\u003D'],
  [/=/g, '\\u003d', 'has its "=" escaped as \\u003d'],
  [/=/g, '%3D', 'has its "=" escaped as %3D'],
  [/=/g, '%3d', 'has its "=" escaped as %3d'],
  [/=/g, '&#61;', 'has its "=" escaped as &#61;'],
  [/=/g, '&#x3D;', 'has its "=" escaped as &#x3D;'],
  [/=/g, '\\=', 'has its "=" escaped as \\='],
  [/\//g, '\\/', 'has its "/" escaped as \\/'],
  [/\+/g, ' ', 'was URL-decoded: its "+" became spaces'],
  [/\+/g, '\\u002B', 'has its "+" escaped as \\u002B'],
  [/\+/g, '\\u002b', 'has its "+" escaped as \\u002b'],
  [/\+/g, '%2B', 'has its "+" escaped as %2B'],
  [/\//g, '%2F', 'has its "/" escaped as %2F'],
  [/&/g, '&amp;', 'has its "&" escaped as &amp;'],
  [/&/g, '\\u0026', 'has its "&" escaped as \\u0026'],
  [/</g, '&lt;', 'has its "<" escaped as &lt;'],
  [/>/g, '&gt;', 'has its ">" escaped as &gt;'],
  [/"/g, '&quot;', 'has its quotes escaped as &quot;'],
  [/'/g, '&#39;', 'has its quotes escaped as &#39;'],
  [/-/g, '\u2013', 'has an en dash where a hyphen belongs'],
  [/-/g, '\u2014', 'has an em dash where a hyphen belongs'],
  [/-/g, '\u2011', 'has a non-breaking hyphen where a hyphen belongs'],
  [/--/g, '\u2014', 'has an em dash where two hyphens belong'],
  [/\$/g, '', 'lost its "$"'],
  [/\$\w*/g, '', 'lost what a shell takes for a variable ("$…")'],
  [/\\/g, '', 'lost its backslashes'],
  [/#.*$/s, '', 'ends before its "#", which a settings file takes for a comment'],
];

const quotes = '"\'`\u2018\u2019\u201c\u201d';
const character = (hex: string): string => String.fromCharCode(Number.parseInt(hex, 16));

const undoings: readonly [undo: (text: string) => string, detail: string][] = [
  [(text) => text.trim(), 'has no white space at its ends, and the one given has'],
  [(text) => text.trimEnd(), 'has no white space at its end, and the one given has'],
  [(text) => text.replace(/\s+/g, ''), 'has no white space, and the one given has'],
  [(text) => withoutEnds(text, quotes), 'has no quotes around it, and the one given has'],
  [(text) => withoutEnds(text.trim(), quotes), 'has neither quotes nor white space around it, and the one given has'],
  [(text) => text.replace(/^\ufeff/, ''), 'has no byte order mark, and the one given has'],
  [
    (text) => text.replace(/[\u200b-\u200f\u00a0\u00ad\u2060\ufeff]/g, ''),
    'has no invisible characters, and the one given has',
  ],
  [
    (text) => text.replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => character(hex)),
    'has \\u escapes undone that the one given has',
  ],
  [
    (text) => text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => character(hex)),
    'has % escapes undone that the one given has',
  ],
  [(text) => text.replaceAll('&amp;', '&'), 'has &amp; undone that the one given has'],
  [(text) => text.replaceAll('\\/', '/'), 'has \\/ undone that the one given has'],
  [(text) => text.replace(/\\n$/, ''), 'lacks the two characters \\n at the end of the one given'],
  [(text) => text.replace(/[\u2010-\u2015]/g, '-'), 'has hyphens where the one given has typographic dashes'],
  [(text) => withoutEnd(text, ';,'), 'lacks the punctuation at the end of the one given'],
  [(text) => text.replaceAll(' ', '+'), 'has "+" where the one given has spaces'],
];

/** Texts that a clean secret becomes on its way, and the clean text that a soiled one came from. */
function* strayTexts(text: string): Generator<KeyTextMove<Told>> {
  for (const [undo, detail] of undoings) {
    const clean = undo(text);
    if (clean !== text) yield { detail: told(detail), cost: 1, text: clean };
  }
  for (const [ending, name] of endings) {
    yield { detail: told(`ends in ${name}`), cost: ending === '\n' || ending === '\r\n' ? 1 : 2, text: text + ending };
  }
  for (const [open, close, name] of [
    ['"', '"', 'double quotes'],
    ["'", "'", 'single quotes'],
    ['`', '`', 'backticks'],
    ['\u201c', '\u201d', 'typographic quotes'],
    ['\u2018', '\u2019', 'typographic quotes'],
    ['<', '>', 'angle brackets'],
    ['{', '}', 'braces'],
    ['[', ']', 'brackets'],
    ['(', ')', 'parentheses'],
    [' ', ' ', 'spaces'],
  ] as const) {
    yield { detail: told(`stands in ${name}`), cost: 2, text: open + text + close };
  }
  for (const [start, name] of [
    [' ', 'a space'],
    ['\n', 'a newline'],
    ['\t', 'a tab'],
    ['=', 'a "="'],
    [':', 'a colon'],
    ['"', 'a quote'],
    ["'", 'a quote'],
    ['\ufeff', 'a byte order mark'],
    ['\u200b', 'an invisible character (U+200B)'],
    ['\u00a0', 'a no-break space'],
  ] as const) {
    yield { detail: told(`begins with ${name}`), cost: 2, text: start + text };
  }
  for (const mark of ['\u200b', '\ufeff', '\u00a0', '\n\n', '  ', ' \n', '\\r\\n', '"\n']) {
    yield { detail: told('ends in invisible or white characters'), cost: 3, text: text + mark };
  }
  for (const [from, to, detail] of replacements) {
    const changed = text.replace(from, to);
    if (changed !== text) yield { detail: told(detail), cost: 2, text: changed };
  }
  const unpadded = withoutEnd(text, '=');
  if (unpadded !== text) yield { detail: told('lost its trailing "="'), cost: 2, text: unpadded };
  const encoded = encodeComponent(text);
  if (encoded !== text) yield { detail: told('is URL-encoded'), cost: 2, text: encoded };
  const dropped = [...text];
  if (dropped.length > 4) {
    yield { detail: told('lost its last character'), cost: 3, text: dropped.slice(0, -1).join('') };
    yield { detail: told('lost its first character'), cost: 3, text: dropped.slice(1).join('') };
  }
}
