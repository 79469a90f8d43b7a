import type { JsonDialect, JsonMember } from './json-text.ts';

type StringWriter = JsonDialect['string'];
type Style = Omit<JsonDialect, 'string' | 'number' | 'literal' | 'order' | 'keep'>;

const quote: StringWriter = ({ text }) => JSON.stringify(text);
const unicode = (upper: boolean) => (character: string) => {
  const hex = character.charCodeAt(0).toString(16).padStart(4, '0');
  return `\\u${upper ? hex.toUpperCase() : hex}`;
};
const escaping =
  (characters: RegExp, upper = false): StringWriter =>
  (node) =>
    quote(node).replace(characters, unicode(upper));
const nonAscii = /[\u007f-\uffff]/g;

/** How libraries write a string, by whose habit it is. `kept` leaves every token as it stands in the body. */
export const stringWriters: readonly { readonly label: string; readonly cost: number; readonly write: StringWriter }[] =
  [
    { label: '', cost: 0, write: ({ raw }) => raw },
    { label: 'with no escapes but the necessary ones', cost: 0, write: quote },
    { label: 'with non-ASCII characters as \\uXXXX (Python’s ensure_ascii)', cost: 0, write: escaping(nonAscii) },
    {
      label: 'with escaped slashes and \\uXXXX (PHP’s json_encode)',
      cost: 0,
      write: (node) => escaping(nonAscii)(node).replaceAll('/', '\\/'),
    },
    { label: 'with escaped slashes (\\/)', cost: 1, write: (node) => quote(node).replaceAll('/', '\\/') },
    { label: 'with <, > and & as \\u003c (Go, Rails)', cost: 1, write: escaping(/[<>&\u2028\u2029]/g) },
    { label: "with <, >, &, = and ' as \\u003d (Gson)", cost: 1, write: escaping(/[<>&='\u2028\u2029]/g) },
    {
      label: 'with \\u0022, \\u002B and non-ASCII escaped (System.Text.Json)',
      cost: 1,
      write: (node) =>
        escaping(
          /[<>&'+`\u007f-\uffff]/g,
          true,
        )(node).replace(/\\(["\\])/g, (all, character: string) => (character === '"' ? '\\u0022' : all)),
    },
    { label: 'with non-ASCII characters as \\uXXXX in upper case', cost: 1, write: escaping(nonAscii, true) },
    {
      label: 'with <, >, &, \' and " as \\u003C (PHP’s JSON_HEX_TAG and the like)',
      cost: 2,
      write: (node) =>
        escaping(
          /[<>&'\u007f-\uffff]/g,
          true,
        )(node)
          .replaceAll('\\"', '\\u0022')
          .replaceAll('/', '\\/'),
    },
    { label: 'with U+2028 and U+2029 escaped', cost: 2, write: escaping(/[\u2028\u2029]/g) },
  ];

/** How libraries lay JSON out. */
export const jsonStyles: readonly {
  readonly label: string;
  readonly cost: number;
  readonly style: Style;
  readonly trailingSpaces?: true;
}[] = [
  { label: 'compact', cost: 1, style: { item: ',', key: ':' } },
  { label: 'with Python’s spaces (", " and ": ")', cost: 1, style: { item: ', ', key: ': ' } },
  { label: 'indented by 2', cost: 1, style: { item: ',', key: ': ', indent: '  ' } },
  { label: 'indented by 4', cost: 1, style: { item: ',', key: ': ', indent: '    ' } },
  { label: 'indented by tabs', cost: 1, style: { item: ',', key: ': ', indent: '\t' } },
  { label: 'indented by 2 with CRLF', cost: 2, style: { item: ',', key: ': ', indent: '  ', newline: '\r\n' } },
  { label: 'indented by 4 with CRLF', cost: 2, style: { item: ',', key: ': ', indent: '    ', newline: '\r\n' } },
  {
    label: 'as Jackson’s pretty printer does',
    cost: 2,
    style: { item: ',', key: ' : ', indent: '  ', arraysInline: true },
  },
  {
    label: 'as Jackson’s pretty printer does, with CRLF',
    cost: 3,
    style: { item: ',', key: ' : ', indent: '  ', arraysInline: true, newline: '\r\n' },
  },
  { label: 'with a space after the colon only', cost: 2, style: { item: ',', key: ': ' } },
  { label: 'with a space after the comma only', cost: 2, style: { item: ', ', key: ':' } },
  { label: 'with spaces inside the brackets', cost: 2, style: { item: ', ', key: ': ', padding: ' ' } },
  {
    label: 'indented by 2 with Python 2’s trailing spaces',
    cost: 3,
    trailingSpaces: true,
    style: { item: ', ', key: ': ', indent: '  ' },
  },
  {
    label: 'indented by 4 with Python 2’s trailing spaces',
    cost: 3,
    trailingSpaces: true,
    style: { item: ', ', key: ': ', indent: '    ' },
  },
  { label: 'indented by 1', cost: 3, style: { item: ',', key: ': ', indent: ' ' } },
  { label: 'indented by 3', cost: 3, style: { item: ',', key: ' : ', indent: '   ' } },
  { label: 'with line breaks and no indentation', cost: 3, style: { item: ',', key: ': ', indent: '' } },
];

const byKey = (left: JsonMember, right: JsonMember): number => ((left.key ?? '') < (right.key ?? '') ? -1 : 1);

/** Orders in which members come out of maps and serializers. */
export const memberOrders: readonly {
  readonly label: string;
  readonly cost: number;
  readonly order?: (members: readonly JsonMember[]) => readonly JsonMember[];
}[] = [
  { label: '', cost: 0 },
  { label: 'with sorted keys', cost: 0, order: (members) => members.toSorted(byKey) },
  { label: 'with keys in reverse order', cost: 2, order: (members) => members.toReversed() },
  {
    label: 'with keys sorted regardless of case',
    cost: 2,
    order: (members) =>
      members.toSorted((a, b) => ((a.key ?? '').toLowerCase() < (b.key ?? '').toLowerCase() ? -1 : 1)),
  },
  {
    label: 'with numeric keys first, as JavaScript objects order them',
    cost: 2,
    order: (members) => {
      const isIndex = ({ key }: JsonMember): boolean => /^(?:0|[1-9]\d{0,9})$/.test(key ?? '');
      return [
        ...members.filter(isIndex).toSorted((a, b) => Number(a.key) - Number(b.key)),
        ...members.filter((member) => !isIndex(member)),
      ];
    },
  },
];

/** How numbers are respelled. */
export const numberWriters: readonly { readonly label: string; readonly write: (raw: string) => string }[] = [
  { label: '', write: (raw) => raw },
  { label: 'with numbers as JavaScript writes them', write: (raw) => String(Number(raw)) },
  {
    label: 'with whole numbers as 1.0',
    write: (raw) => (/^-?\d+$/.test(raw) ? `${raw}.0` : raw),
  },
  { label: 'with 1.0 as 1', write: (raw) => raw.replace(/\.0+$/, '') },
];

/** Not JSON, though it looks so: what `str()`, `inspect` and `toString` print of a map. */
export const mapPrinters: readonly { readonly label: string; readonly cost: number; readonly dialect: JsonDialect }[] =
  [
    {
      label: 'as Python’s str() prints a dict',
      cost: 1,
      dialect: { item: ', ', key: ': ', string: ({ text }) => pythonRepr(text), literal: pythonLiteral },
    },
    {
      label: 'as Python’s str() prints a dict, with the quotes replaced',
      cost: 1,
      dialect: {
        item: ', ',
        key: ': ',
        string: ({ text }) => pythonRepr(text).replaceAll("'", '"'),
        literal: pythonLiteral,
      },
    },
    { label: 'as Java prints a Map', cost: 2, dialect: { item: ', ', key: '=', string: ({ text }) => text } },
    {
      label: 'as Ruby inspects a Hash',
      cost: 2,
      dialect: { item: ', ', key: '=>', string: quote, literal: (raw) => (raw === 'null' ? 'nil' : raw) },
    },
    { label: 'with single quotes', cost: 3, dialect: { item: ',', key: ':', string: ({ text }) => pythonRepr(text) } },
  ];

function pythonRepr(text: string): string {
  const mark = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll(mark, `\\${mark}`);
  return mark + escaped + mark;
}

function pythonLiteral(raw: string): string {
  return { true: 'True', false: 'False', null: 'None' }[raw] ?? raw;
}

/** The first of those habits that print a body the same. */
export function distinctHabits<Habit>(habits: readonly Habit[], print: (habit: Habit) => string): Habit[] {
  const seen = new Set<string>();
  return habits.filter((habit) => {
    const text = print(habit);
    return seen.size < seen.add(text).size;
  });
}
