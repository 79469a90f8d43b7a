/** More combining marks in a row than any script writes. */
const longestRun = 100;
const mark = /\p{M}/u;

/**
 * Whether a text can be normalized in linear time: engines put a run of combining marks in order by insertion, which takes
 * minutes for a run of a million.
 */
export function isNormalizable(text: string): boolean {
  let run = 0;
  for (const character of text) {
    run = character > '\u02ff' && mark.test(character) ? run + 1 : 0;
    if (run > longestRun) return false;
  }
  return true;
}
