/** How much of a long text is shown on either side of a difference, in characters. */
const context = 48;

/**
 * Two texts one above the other, a caret under the first character in which they differ. Long texts are cut to what
 * stands around it.
 */
export function differenceLines(labels: readonly [string, string], texts: readonly [string, string]): string[] {
  const [one, other] = texts.map((text) => [...text]) as [string[], string[]];
  let at = 0;
  while (at < one.length && at < other.length && one[at] === other[at]) at++;
  const longest = Math.max(one.length, other.length);
  const from = longest <= 2 * context || at <= context ? 0 : at - context;
  const to = longest - from <= 2 * context ? longest : from + 2 * context;
  const width = Math.max(labels[0].length, labels[1].length) + 2;
  const line = (label: string, text: string[]): string =>
    label.padEnd(width) + (from > 0 ? '…' : '') + text.slice(from, to).join('') + (text.length > to ? '…' : '');
  const same = at === one.length && at === other.length;
  const caret = ' '.repeat(width + at - from + (from > 0 ? 1 : 0));
  return [line(labels[0], one), line(labels[1], other), ...(same ? [] : [`${caret}^`])];
}
