/** Latin letters that do not come apart into a base letter and an accent. */
const LATIN = 'ß=ss æ=ae œ=oe ø=o ł=l đ=d ð=d þ=th ı=i ħ=h ŋ=ng';

const GREEK = 'α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=y φ=f χ=ch ψ=ps ω=o';

const CYRILLIC =
  'а=a б=b в=v г=g д=d е=e ё=yo ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch ' +
  'ъ= ы=y ь= э=e ю=yu я=ya є=ye і=i ї=yi ґ=g ђ=dj ј=j љ=lj њ=nj ћ=c џ=dz ѕ=dz';

const LETTERS: ReadonlyMap<string, string> = new Map(
  `${LATIN} ${GREEK} ${CYRILLIC}`.split(' ').map((pair) => pair.split('=') as [string, string]),
);

/** More marks than this on one letter are scribble; and sorting them, as normalization does, takes their number squared. */
const MARKS_PER_LETTER = 8;
const SCRIBBLE = new RegExp(`(\\p{M}{${MARKS_PER_LETTER}})\\p{M}+`, 'gu');

const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;
const ARABIC = /\p{Script=Arabic}/u;

/** Letters of a class as they follow each other, with single spaces between the words. */
function wordsOf(letters: string, firstLetter = letters): RegExp {
  return new RegExp(`${firstLetter}${letters}*(?: ${letters}+)*`, 'gu');
}

/**
 * Scripts without a table of letters: a run of them is spoken as the name of the script. Each pattern takes a run as a
 * whole, so that every character is looked at once; what the run is, is asked of the run.
 */
const NAMED_SCRIPTS: readonly (readonly [run: RegExp, spoken: string | ((run: string) => string)])[] = [
  [
    wordsOf('[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー]'),
    (run) => (KANA.test(run) ? ' Japanese text ' : run.replace(CHINESE, ' Chinese text ')),
  ],
  [wordsOf('\\p{Script=Hangul}'), ' Korean text '],
  [wordsOf('[\\p{Script=Arabic}\\p{M}]'), (run) => (ARABIC.test(run) ? ' Arabic text ' : run)],
  [wordsOf('[\\p{Script=Hebrew}\\p{M}]', '\\p{Script=Hebrew}'), ' Hebrew text '],
  [wordsOf('[\\p{Script=Devanagari}\\p{M}]', '\\p{Script=Devanagari}'), ' Hindi text '],
  [wordsOf('[\\p{Script=Thai}\\p{M}]', '\\p{Script=Thai}'), ' Thai text '],
  [wordsOf('\\p{Script=Georgian}'), ' Georgian text '],
];
const CHINESE = wordsOf('\\p{Script=Han}');
const UNKNOWN = wordsOf('[^\\P{L}A-Za-z]');

/** The text in compatibility form (`ﬁ` as `fi`), with no more marks on a letter than one can read. */
export function withoutScribble(text: string): string {
  return text.replace(SCRIBBLE, '$1').normalize('NFKC');
}

/**
 * Writes text in Latin letters without accents, as far as letters can be matched one by one; a run of another script
 * becomes the word for its language ("Japanese text"), any other letter outside ASCII "unknown letters".
 *
 * @param text see {@link withoutScribble}
 */
export function transliterate(text: string): string {
  let named = text;
  for (const [run, spoken] of NAMED_SCRIPTS) {
    named = typeof spoken === 'string' ? named.replace(run, spoken) : named.replace(run, spoken);
  }
  const latin = named
    .normalize('NFC')
    .replace(/[^\0-\x7f]/gu, latinLetter)
    .normalize('NFD')
    .replace(/\p{M}+/gu, '');
  return latin.replace(UNKNOWN, ' unknown letters ');
}

/** A letter as it stands in the tables, else its base letter there without the accents, else as it is. */
function latinLetter(char: string): string {
  const base = char.normalize('NFD').replace(/\p{M}+/gu, '');
  return fromTable(char) ?? fromTable(base) ?? char;
}

function fromTable(char: string): string | undefined {
  const lower = LETTERS.get(char.toLowerCase());
  if (lower === undefined || char === char.toLowerCase()) return lower;
  return lower.charAt(0).toUpperCase() + lower.slice(1);
}
