import { copiedSecret, trimmedSecret } from '../fixes/secret.ts';
import { encodeComponent } from '../text/percent-encoding.ts';
import type { KeyTextMove, MistakeClass } from '../search/mistake-class.ts';
import { keyFingerprint, secretText } from '../text/secret-text.ts';
import { withoutEnd, withoutEnds } from '../../canonical/trimming.ts';

/** What the secret that was signed with has, is or lacks, against the one given. */
type Stray =
  | { readonly kind: 'cleaned'; readonly undoing: keyof typeof undoings }
  | { readonly kind: 'ends in' | 'begins with' | 'stands in'; readonly what: string }
  /** `from` stands there as `to`. */
  | { readonly kind: 'escaped'; readonly from: string; readonly to: string }
  | { readonly kind: 'dash'; readonly dash: string; readonly hyphens: 1 | 2 }
  | { readonly kind: keyof typeof changes };

/** Something sticks to the key's text, or a copy lost or changed a character of it. */
export const keyStrayCharacters: MistakeClass<Stray> = {
  id: 'key/stray-characters',
  rank: 80,
  needs: 'nothing',
  keyTexts: (text) => strayTexts(text),
  speaksOf: ({ kind }) => (kind === 'key as given' ? { kind: 'as given' } : undefined),
  say: (detail) => `The secret that was signed with ${inWords(detail)}.`,
  noteUnclean: ({ scheme, credential }) =>
    `The secret given is no clean ${scheme.key.encoding} (${keyFingerprint(secretText(credential.secret))}); what sticks to it was taken off.`,
  fixes: ({ scheme }, { kind }) =>
    kind === 'escaped' || kind === 'dash' || lostInCopy.has(kind) ? copiedSecret(scheme) : trimmedSecret(scheme),
};

/** What a trim would not fix. */
const lostInCopy: ReadonlySet<string> = new Set([
  'plus signs',
  'dollar signs',
  'shell variable',
  'backslashes',
  'comment',
  'unpadded',
  'URL-encoded',
  'last lost',
  'first lost',
] satisfies Stray['kind'][]);

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

/** What an escape or a loss makes of the secret. */
const replacements: readonly [from: RegExp, to: string, detail: Stray][] = [
  [/=/g, '\\u003D', escaped('=', '\\u003D')],
  [/=/g, '\\u003d', escaped('=', '\\u003d')],
  [/=/g, '%3D', escaped('=', '%3D')],
  [/=/g, '%3d', escaped('=', '%3d')],
  [/=/g, '&#61;', escaped('=', '&#61;')],
  [/=/g, '&#x3D;', escaped('=', '&#x3D;')],
  [/=/g, '\\=', escaped('=', '\\=')],
  [/\//g, '\\/', escaped('/', '\\/')],
  [/\+/g, ' ', { kind: 'plus signs' }],
  [/\+/g, '\\u002B', escaped('+', '\\u002B')],
  [/\+/g, '\\u002b', escaped('+', '\\u002b')],
  [/\+/g, '%2B', escaped('+', '%2B')],
  [/\//g, '%2F', escaped('/', '%2F')],
  [/&/g, '&amp;', escaped('&', '&amp;')],
  [/&/g, '\\u0026', escaped('&', '\\u0026')],
  [/</g, '&lt;', escaped('<', '&lt;')],
  [/>/g, '&gt;', escaped('>', '&gt;')],
  [/"/g, '&quot;', escaped('"', '&quot;')],
  [/'/g, '&#39;', escaped("'", '&#39;')],
  [/-/g, '\u2013', { kind: 'dash', dash: 'an en dash', hyphens: 1 }],
  [/-/g, '\u2014', { kind: 'dash', dash: 'an em dash', hyphens: 1 }],
  [/-/g, '\u2011', { kind: 'dash', dash: 'a non-breaking hyphen', hyphens: 1 }],
  [/--/g, '\u2014', { kind: 'dash', dash: 'an em dash', hyphens: 2 }],
  [/\$/g, '', { kind: 'dollar signs' }],
  [/\$\w*/g, '', { kind: 'shell variable' }],
  [/\\/g, '', { kind: 'backslashes' }],
  [/#.*$/s, '', { kind: 'comment' }],
];

const quotes = '"\'`\u2018\u2019\u201c\u201d';
const character = (hex: string): string => String.fromCharCode(Number.parseInt(hex, 16));

interface Undoing {
  readonly words: string;
  readonly undo: (text: string) => string;
}

const undoings = {
  trim: { words: 'has no white space at its ends, and the one given has', undo: (text) => text.trim() },
  'trim end': { words: 'has no white space at its end, and the one given has', undo: (text) => text.trimEnd() },
  'no white space': { words: 'has no white space, and the one given has', undo: (text) => text.replace(/\s+/g, '') },
  'no quotes': {
    words: 'has no quotes around it, and the one given has',
    undo: (text) => withoutEnds(text, quotes),
  },
  'no quotes, trimmed': {
    words: 'has neither quotes nor white space around it, and the one given has',
    undo: (text) => withoutEnds(text.trim(), quotes),
  },
  'no byte order mark': {
    words: 'has no byte order mark, and the one given has',
    undo: (text) => text.replace(/^\ufeff/, ''),
  },
  'no invisible characters': {
    words: 'has no invisible characters, and the one given has',
    undo: (text) => text.replace(/[\u200b-\u200f\u00a0\u00ad\u2060\ufeff]/g, ''),
  },
  '\\u escapes': {
    words: 'has \\u escapes undone that the one given has',
    undo: (text) => text.replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => character(hex)),
  },
  '% escapes': {
    words: 'has % escapes undone that the one given has',
    undo: (text) => text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => character(hex)),
  },
  '&amp;': { words: 'has &amp; undone that the one given has', undo: (text) => text.replaceAll('&amp;', '&') },
  '\\/': { words: 'has \\/ undone that the one given has', undo: (text) => text.replaceAll('\\/', '/') },
  '\\n': {
    words: 'lacks the two characters \\n at the end of the one given',
    undo: (text) => text.replace(/\\n$/, ''),
  },
  dashes: {
    words: 'has hyphens where the one given has typographic dashes',
    undo: (text) => text.replace(/[\u2010-\u2015]/g, '-'),
  },
  punctuation: {
    words: 'lacks the punctuation at the end of the one given',
    undo: (text) => withoutEnd(text, ';,'),
  },
  spaces: { words: 'has "+" where the one given has spaces', undo: (text) => text.replaceAll(' ', '+') },
} as const satisfies Record<string, Undoing>;

/** What else became of it. */
const changes = {
  'plus signs': 'was URL-decoded: its "+" became spaces',
  'dollar signs': 'lost its "$"',
  'shell variable': 'lost what a shell takes for a variable ("$…")',
  backslashes: 'lost its backslashes',
  comment: 'ends before its "#", which a settings file takes for a comment',
  'as given': 'is the text as you gave it, with what sticks to it',
  'invisible end': 'ends in invisible or white characters',
  unpadded: 'lost its trailing "="',
  'URL-encoded': 'is URL-encoded',
  'last lost': 'lost its last character',
  'first lost': 'lost its first character',
} as const;

function escaped(from: string, to: string): Stray {
  return { kind: 'escaped', from, to };
}

function inWords(detail: Stray): string {
  switch (detail.kind) {
    case 'cleaned':
      return undoings[detail.undoing].words;
    case 'ends in':
    case 'begins with':
    case 'stands in':
      return `${detail.kind} ${detail.what}`;
    case 'escaped':
      return `has its ${/["']/.test(detail.from) ? 'quotes' : `"${detail.from}"`} escaped as "${detail.to}"`;
    case 'dash':
      return `has ${detail.dash} where ${detail.hyphens === 1 ? 'a hyphen belongs' : 'two hyphens belong'}`;
    default:
      return changes[detail.kind];
  }
}

/** Texts that a clean secret becomes on its way, and the clean text that a soiled one came from. */
function* strayTexts(text: string): Generator<KeyTextMove<Stray>> {
  for (const [undoing, { undo }] of Object.entries(undoings) as [keyof typeof undoings, Undoing][]) {
    const clean = undo(text);
    if (clean !== text) yield { detail: { kind: 'cleaned', undoing }, cost: 1, text: clean };
  }
  for (const [ending, name] of endings) {
    const cost = ending === '\n' || ending === '\r\n' ? 1 : 2;
    yield { detail: { kind: 'ends in', what: name }, cost, text: text + ending };
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
    yield { detail: { kind: 'stands in', what: name }, cost: 2, text: open + text + close };
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
    yield { detail: { kind: 'begins with', what: name }, cost: 2, text: start + text };
  }
  for (const mark of ['\u200b', '\ufeff', '\u00a0', '\n\n', '  ', ' \n', '\\r\\n', '"\n']) {
    yield { detail: { kind: 'invisible end' }, cost: 3, text: text + mark };
  }
  for (const [from, to, detail] of replacements) {
    const changed = text.replace(from, to);
    if (changed !== text) yield { detail, cost: 2, text: changed };
  }
  const unpadded = withoutEnd(text, '=');
  if (unpadded !== text) yield { detail: { kind: 'unpadded' }, cost: 2, text: unpadded };
  const encoded = encodeComponent(text);
  if (encoded !== text) yield { detail: { kind: 'URL-encoded' }, cost: 2, text: encoded };
  const dropped = [...text];
  if (dropped.length > 4) {
    yield { detail: { kind: 'last lost' }, cost: 3, text: dropped.slice(0, -1).join('') };
    yield { detail: { kind: 'first lost' }, cost: 3, text: dropped.slice(1).join('') };
  }
}
