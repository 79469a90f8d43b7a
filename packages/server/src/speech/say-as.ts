import { cardinalWords, digitWord, ordinalWords, yearWords } from './number-words.ts';

/** Writes text out as one way of saying it demands; undefined if the text is nothing of the kind. */
type SayAs = (text: string, format: string) => string | undefined;

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** Characters as they are named when something is spelled out. */
const CHARACTER_NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ' ': '',
    '.': 'dot',
    ',': 'comma',
    '-': 'dash',
    _: 'underscore',
    '/': 'slash',
    '\\': 'backslash',
    '@': 'at',
    '#': 'hash',
    '*': 'star',
    '+': 'plus',
    '=': 'equals',
    '&': 'and',
    '%': 'percent',
    $: 'dollar',
    ':': 'colon',
    ';': 'semicolon',
    '!': 'exclamation mark',
    '?': 'question mark',
    '(': 'open parenthesis',
    ')': 'close parenthesis',
    "'": 'apostrophe',
    '"': 'quote',
  }),
);

const WAYS: ReadonlyMap<string, SayAs> = new Map<string, SayAs>(
  Object.entries({
    characters: spellOut,
    'spell-out': spellOut,
    verbatim: spellOut,
    digits: sayDigits,
    number_digit: sayDigits,
    cardinal: sayCardinal,
    number: sayCardinal,
    ordinal: sayOrdinal,
    fraction: sayFraction,
    telephone: sayTelephone,
    date: sayDate,
    time: sayTime,
    hms12: sayTime,
    hms24: sayTime,
  }),
);

/**
 * Writes out the text of an SSML `say-as` element, so that nothing is left to an engine's guess: "42" as ordinal becomes
 * "forty second".
 *
 * @param interpretAs the attribute's value; `date`, `telephone` …; what is known is the list `WAYS`
 * @param format the attribute `format`: for a date the order of its parts (`mdy`, `dmy`, `ymd`, `md`, `dm`, `my`, `y` …)
 * @returns undefined if the interpretation is unknown or the text does not fit it: then the text is spoken as it is
 * @see https://www.w3.org/TR/ssml-sayas/
 */
export function sayAs(text: string, interpretAs: string, format = ''): string | undefined {
  return WAYS.get(interpretAs.toLowerCase())?.(text.trim(), format.toLowerCase());
}

function spellOut(text: string): string {
  const names = [...text].map((char) =>
    /\d/.test(char) ? digitWord(char) : (CHARACTER_NAMES.get(char) ?? char.toUpperCase()),
  );
  return names.filter((name) => name !== '').join(', ');
}

function sayDigits(text: string): string | undefined {
  if (!/\d/.test(text)) return undefined;
  return (text.match(/\d/g) ?? []).map(digitWord).join(' ');
}

function sayCardinal(text: string): string | undefined {
  const match = /^([+\-−]?)(\d{1,18})(?:\.(\d+))?$/.exec(text.replace(/,(?=\d{3})/g, ''));
  if (match === null) return undefined;
  const [, sign, whole = '', decimals] = match;
  const words = [cardinalWords(whole)];
  if (sign === '-' || sign === '−') words.unshift('minus');
  if (decimals !== undefined) words.push('point', ...[...decimals].map(digitWord));
  return words.join(' ');
}

function sayOrdinal(text: string): string | undefined {
  const digits = /^(\d{1,18})(?:st|nd|rd|th)?\.?$/i.exec(text.replace(/,(?=\d{3})/g, ''))?.[1];
  return digits === undefined ? undefined : ordinalWords(digits);
}

function sayFraction(text: string): string | undefined {
  const match = /^(?:(\d{1,9})[ +])?(\d{1,9})\/(\d{1,9})$/.exec(text);
  if (match === null) return undefined;
  const [, whole, numerator = '', denominator = ''] = match;
  const plural = Number(numerator) === 1 ? '' : 's';
  const part = Number(denominator) === 2 ? (plural ? 'halves' : 'half') : `${ordinalWords(denominator)}${plural}`;
  const fraction = `${cardinalWords(numerator)} ${part}`;
  return whole === undefined ? fraction : `${cardinalWords(whole)} and ${fraction}`;
}

const TELEPHONE_SIGNS: ReadonlyMap<string, string> = new Map([
  ['+', 'plus'],
  ['x', 'extension'],
  ['#', 'pound'],
  ['*', 'star'],
]);

/** Digit by digit, with a breath between the groups: `+1 (206) 555-0100`. */
function sayTelephone(text: string): string | undefined {
  if (!/\d/.test(text) || /[^\d\s+().x#*/-]/i.test(text)) return undefined;
  const groups = text.match(/\+|\d+|[x#*]/gi) ?? [];
  return groups
    .map((group) => TELEPHONE_SIGNS.get(group.toLowerCase()) ?? [...group].map(digitWord).join(' '))
    .join(', ');
}

function sayDate(text: string, format: string): string | undefined {
  const parts = text.split(/[-/.\s]+/);
  const order = format || (/^\d{4}/.test(text) ? 'ymd' : 'mdy').slice(0, parts.length);
  if (parts.length !== order.length || parts.some((part) => !/^\d{1,4}$/.test(part))) return undefined;
  const part = (letter: string): string | undefined => parts[order.indexOf(letter)];
  const [day, month, year] = [part('d'), part('m'), part('y')];
  const monthName = month === undefined ? undefined : MONTHS[Number(month) - 1];
  if (month !== undefined && monthName === undefined) return undefined;
  if (day !== undefined && (Number(day) < 1 || Number(day) > 31)) return undefined;
  const dayWords = day === undefined ? undefined : ordinalWords(day);
  const words = [monthName, dayWords].filter((word) => word !== undefined).join(' ');
  return [words, year === undefined ? '' : yearWords(year)].filter((word) => word !== '').join(', ');
}

function sayTime(text: string): string | undefined {
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap])?\.?(?:m\.?)?$/i.exec(text);
  if (match === null) return undefined;
  const [, hours = '', minutes = '', seconds, half] = match;
  if (Number(hours) > 24 || Number(minutes) > 59 || Number(seconds ?? 0) > 59) return undefined;
  const words = [cardinalWords(hours), minutesWords(minutes, half !== undefined)];
  if (seconds !== undefined) words.push(`and ${cardinalWords(seconds)} seconds`);
  if (half !== undefined) words.push(`${half.toUpperCase()} M`);
  return words.filter((word) => word !== '').join(' ');
}

function minutesWords(minutes: string, hasHalf: boolean): string {
  const n = Number(minutes);
  if (n === 0) return hasHalf ? '' : "o'clock";
  return `${n < 10 ? 'oh ' : ''}${cardinalWords(minutes)}`;
}
