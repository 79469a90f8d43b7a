const digitWords: ReadonlyMap<string, string> = new Map(
  Object.entries({
    zero: '0',
    oh: '0',
    one: '1',
    two: '2',
    three: '3',
    four: '4',
    five: '5',
    six: '6',
    seven: '7',
    eight: '8',
    nine: '9',
    star: '*',
    hash: '#',
    pound: '#',
  }),
);

/** The keys that somebody says in English: `one two` and `12` are `12`. Words that name no key are left out. */
export function spokenDigits(text: string): string {
  return text
    .toLowerCase()
    .split(/[^a-z0-9*#]+/)
    .map((word) => digitWords.get(word) ?? (/^[0-9*#]+$/.test(word) ? word : ''))
    .join('');
}
