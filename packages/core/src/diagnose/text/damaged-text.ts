import { withoutEnd } from '../../canonical/trimming.ts';

/** What happened to a text on its way. */
export type Damage =
  /** All of it is there, and this was done to it. */
  | { readonly kind: 'lower case' | 'upper case' | 'other case' | 'repeated' | 'joined' }
  /** So many characters of both ends are there, without the padding; the others are left out or crossed out. */
  | { readonly kind: 'left out'; readonly start: number; readonly end: number }
  /** All but a few characters are there. */
  | { readonly kind: 'changed' | 'added or lost'; readonly wrong: number };

/** A damaged text, and where it first departs from the whole one. */
export interface DamagedText {
  readonly damage: Damage;
  readonly offset: number;
}

/** A wrong character may be any of 64 in any of 44 places: twelve bits, which three right ones outweigh. */
const rightPerWrong = 3;

/**
 * What was done to a text so that it became another one; `undefined` when nothing was, or when the two have too little in
 * common for anything but chance.
 *
 * @param fewest so many characters in their very places are no coincidence. They have to be all that is left of the text:
 * somewhere among 44, any six agree by chance once in ten thousand times
 */
export function damageOf(text: string, whole: string, fewest: number): DamagedText | undefined {
  if (text === whole || text.length > 4 * whole.length) return undefined;
  const damage = whollyThere(text, whole) ?? leftOut(text, whole, fewest) ?? retyped(text, whole, fewest);
  return damage && { damage, offset: commonStart(text, whole) };
}

function whollyThere(text: string, whole: string): Damage | undefined {
  const bare = withoutPadding(whole);
  const compact = text.replace(/\s+|\\[nrt]/g, '');
  if (withoutPadding(compact).toLowerCase() === bare.toLowerCase()) {
    if (withoutPadding(compact) === bare) return undefined;
    if (compact === whole.toLowerCase()) return { kind: 'lower case' };
    return { kind: compact === whole.toUpperCase() ? 'upper case' : 'other case' };
  }
  const others = compact.split(bare).map((piece) => piece.replace(/[=,;&|]/g, ''));
  if (others.length > 2 && others.every((piece) => piece === '')) return { kind: 'repeated' };
  return others.length > 1 && others.some((piece) => piece.length > 5) ? { kind: 'joined' } : undefined;
}

/** What stands in the place of what was left out: dots, one character over and over, or words in brackets. */
const crossing = /\.{2,}|…+|[*•#·█?]+|([^])\1{3,}|[xX]{3,}|\[[^\]]*\]|<[^>]*>|\([^)]*\)/g;

function leftOut(text: string, whole: string, fewest: number): Damage | undefined {
  const bare = withoutPadding(whole);
  const pieces = text.trim().replace(crossing, '\n').split('\n');
  const start = pieces.length > 1 ? (pieces[0] ?? '') : withoutPadding(pieces[0] ?? '');
  const end = pieces.length > 1 ? withoutPadding(pieces.at(-1) ?? '') : '';
  const right = start.length + end.length;
  if (right < fewest || right >= bare.length || !bare.startsWith(start) || !bare.endsWith(end)) return undefined;
  let from = start.length;
  for (const piece of pieces.slice(1, -1)) {
    const at = bare.indexOf(piece, from);
    if (at < 0) return undefined;
    from = at + piece.length;
  }
  return { kind: 'left out', start: start.length, end: end.length };
}

function retyped(text: string, whole: string, fewest: number): Damage | undefined {
  const wrong = editDistance(withoutPadding(text.trim()), withoutPadding(whole));
  const right = withoutPadding(whole).length - wrong;
  if (wrong === 0 || right < fewest + rightPerWrong * wrong) return undefined;
  return { kind: text.length === whole.length ? 'changed' : 'added or lost', wrong };
}

function withoutPadding(text: string): string {
  return withoutEnd(text, '=');
}

/** How many characters were changed, added, left out, or exchanged with their neighbour (optimal string alignment). */
function editDistance(text: string, whole: string): number {
  let before: number[] = [];
  let row = Array.from({ length: whole.length + 1 }, (_, at) => at);
  for (let at = 1; at <= text.length; at++) {
    const next = [at];
    for (let to = 1; to <= whole.length; to++) {
      const isSame = text[at - 1] === whole[to - 1];
      let least = Math.min((row[to] ?? 0) + 1, (next[to - 1] ?? 0) + 1, (row[to - 1] ?? 0) + (isSame ? 0 : 1));
      const isExchanged = at > 1 && to > 1 && text[at - 1] === whole[to - 2] && text[at - 2] === whole[to - 1];
      if (isExchanged) least = Math.min(least, (before[to - 2] ?? 0) + 1);
      next.push(least);
    }
    [before, row] = [row, next];
  }
  return row[whole.length] ?? 0;
}

function commonStart(text: string, whole: string): number {
  let at = 0;
  while (at < text.length && text[at] === whole[at]) at++;
  return at;
}
