/** A name taken apart: `callConnectionID`, `call_connection_id` and `CALL-CONNECTION-ID` have the same words. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])|([A-Z])([A-Z][a-z])/g, '$1$3 $2$4')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);
const pascal = (words: readonly string[]): string => words.map(capital).join('');
const camel = ([first = '', ...others]: readonly string[]): string => first + pascal(others);
const longId = (name: string): string => name.replace(/Id$/, 'ID');

/** The letter cases of languages, the commonest first. */
const letterCases: readonly ((words: readonly string[]) => string)[] = [
  camel,
  (words) => words.join('_'),
  (words) => words.join('-'),
  (words) => words.join(''),
  pascal,
  (words) => words.join('_').toUpperCase(),
  (words) => longId(camel(words)),
];
const rareCases: readonly ((words: readonly string[]) => string)[] = [
  (words) => longId(pascal(words)),
  (words) => words.join('').toUpperCase(),
  (words) => words.map(capital).join('-'),
  (words) => words.map(capital).join('_'),
  (words) => words.join('-').toUpperCase(),
  (words) => words.join('.'),
  (words) => words.join(' '),
];

/** The letter cases that a program's variables all have. */
export type LetterCase = 'camel' | 'snake' | 'upper snake' | 'pascal' | 'kebab';

/** All of them, the commonest first. */
export const usualCases: readonly LetterCase[] = ['camel', 'snake', 'upper snake', 'pascal', 'kebab'];

const caseOf: Readonly<Record<LetterCase, (words: readonly string[]) => string>> = {
  camel,
  snake: (words) => words.join('_'),
  'upper snake': (words) => words.join('_').toUpperCase(),
  pascal,
  kebab: (words) => words.join('-'),
};

/** A name in another letter case. */
export function cased(name: string, letterCase: LetterCase): string {
  return caseOf[letterCase](wordsOf(name));
}

/** A name as it stands and in the letter cases of other languages. */
export function spellings(name: string): string[] {
  const words = wordsOf(name);
  return [...new Set([name, ...letterCases.map((write) => write(words))])];
}

/** How people cut words short. */
const shortWords: Readonly<Record<string, readonly string[]>> = {
  address: ['addr'],
  application: ['app'],
  callback: ['cb'],
  conference: ['conf'],
  connection: ['conn', 'con', 'cxn'],
  context: ['ctx'],
  correlation: ['corr'],
  destination: ['dest'],
  endpoint: ['ep'],
  identifier: ['id'],
  identity: ['id'],
  language: ['lang'],
  message: ['msg'],
  number: ['num', 'no', 'nr'],
  participant: ['part'],
  phone: ['tel'],
  recording: ['rec'],
  server: ['srv'],
  uri: ['url'],
  url: ['uri'],
  version: ['ver', 'v'],
};

/**
 * Other names of the same thing: some of its words, in their order, cut short (`callId`, `CallID`, `connId`, `connection_id`,
 * `call`), each in every letter case. `spellings` are not repeated.
 */
export function nicknames(name: string): string[] {
  const found = new Set<string>();
  for (const words of shortened(name)) {
    for (const write of [...letterCases, ...rareCases]) found.add(write(words));
  }
  for (const own of spellings(name)) found.delete(own);
  return [...found];
}

const mostWords = 4;

/** Its words, whole and cut short, some of them or all, the most first. */
function shortened(name: string): string[][] {
  const words = wordsOf(name).slice(-mostWords);
  const chosen: string[][] = [];
  for (let mask = (1 << words.length) - 1; mask > 0; mask--)
    chosen.push(words.filter((_, at) => mask & (1 << (words.length - 1 - at))));
  return chosen
    .toSorted((left, right) => right.length - left.length)
    .flatMap((some) => [
      some,
      ...some.flatMap((word, at) => (shortWords[word] ?? []).map((cut) => some.with(at, cut))),
    ]);
}
