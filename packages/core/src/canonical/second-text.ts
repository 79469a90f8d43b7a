/** How a second since the epoch is written and read. */
export interface SecondText {
  readonly print: (second: number) => string;
  /** `NaN` for what is not printed so: engines read much that is of no format. */
  readonly parse: (text: string) => number;
}

/**
 * Makes both ways between a second and its text, which remember the last one: either costs as much as a hash, and most calls
 * fall into the second of the one before.
 *
 * @param zone what `Date.parse` needs behind the text
 */
export function secondText(write: (date: Date) => string, zone = ''): SecondText {
  let latest = NaN;
  let written = '';
  const print = (second: number): string => {
    if (second !== latest) {
      written = write(new Date(second * 1000));
      latest = second;
    }
    return written;
  };
  const parse = (text: string): number => {
    if (text !== written) print(Math.floor(Date.parse(text + zone) / 1000));
    return text === written ? latest : NaN;
  };
  return { print, parse };
}
