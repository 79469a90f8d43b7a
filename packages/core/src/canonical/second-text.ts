/**
 * Makes the printer of a second since the epoch, which remembers the last one: printing a date costs as much as a hash, and
 * most calls fall into the second of the one before.
 */
export function secondText(print: (date: Date) => string): (second: number) => string {
  let latest: number | undefined;
  let text = '';
  return (second) => {
    if (second !== latest) {
      text = print(new Date(second * 1000));
      latest = second;
    }
    return text;
  };
}
