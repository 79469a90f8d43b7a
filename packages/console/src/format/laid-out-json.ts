/** Deeper than anybody reads, and every line begins with as many spaces. */
const deepest = 100;

/**
 * JSON with a line for each member. Only the white space between its tokens is another: numbers keep their digits, members
 * their order and their doubles. `undefined` for what is no JSON object or array, or too deep.
 */
export function laidOutJson(text: string): string | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    JSON.parse(text);
  } catch {
    return undefined;
  }
  let depth = 0;
  let laidOut = '';
  let before = '';
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{},:]|[^\s"[\]{},:]+/g)) {
    const closes = token === '}' || token === ']';
    const opened = before === '{' || before === '[';
    depth += Number(opened) - Number(closes);
    if (depth > deepest) return undefined;
    // Nothing stands between the brackets of an empty one.
    const isLine = before === ',' || opened !== closes;
    laidOut += (isLine && before !== '' ? `\n${'  '.repeat(depth)}` : before === ':' ? ' ' : '') + token;
    before = token;
  }
  return laidOut;
}
