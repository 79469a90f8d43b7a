const SMALL = (
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen ' +
  'eighteen nineteen'
).split(' ');
const TENS = ' ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const SCALES = ['', 'thousand', 'million', 'billion', 'trillion', 'quadrillion'];

const IRREGULAR_ORDINALS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    one: 'first',
    two: 'second',
    three: 'third',
    five: 'fifth',
    eight: 'eighth',
    nine: 'ninth',
    twelve: 'twelfth',
  }),
);

/** The name of a decimal digit. */
export function digitWord(digit: string): string {
  return SMALL[Number(digit)] ?? digit;
}

/**
 * A whole number of at most 18 digits in English words: "one thousand two hundred five".
 *
 * @param digits decimal digits only
 */
export function cardinalWords(digits: string): string {
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 3) groups.push(digits.slice(Math.max(0, end - 3), end));
  const words = groups.map((group, scale) => {
    const spoken = hundredsWords(Number(group));
    return spoken === '' ? '' : `${spoken} ${SCALES[scale] ?? ''}`.trim();
  });
  return (
    words
      .toReversed()
      .filter((word) => word !== '')
      .join(' ') || 'zero'
  );
}

/** The ordinal of a whole number: "twenty-first" as "twenty first". */
export function ordinalWords(digits: string): string {
  const words = cardinalWords(digits).split(' ');
  const last = words.pop() ?? '';
  const regular = last.endsWith('y') ? `${last.slice(0, -1)}ieth` : `${last}th`;
  return [...words, IRREGULAR_ORDINALS.get(last) ?? regular].join(' ');
}

/** A year as it is read: "nineteen eighty four", "two thousand five", "twenty twenty six". */
export function yearWords(digits: string): string {
  const year = Number(digits);
  if (digits.length !== 4 || year % 1000 < 10 || year < 1000) return cardinalWords(digits);
  const [century, rest] = [hundredsWords(Math.floor(year / 100)), year % 100];
  if (rest === 0) return `${century} hundred`;
  return `${century} ${rest < 10 ? 'oh ' : ''}${hundredsWords(rest)}`;
}

function hundredsWords(n: number): string {
  if (n === 0) return '';
  if (n < 20) return SMALL[n] ?? '';
  if (n < 100) return `${TENS[Math.floor(n / 10)]} ${hundredsWords(n % 10)}`.trim();
  return `${SMALL[Math.floor(n / 100)]} hundred ${hundredsWords(n % 100)}`.trim();
}
