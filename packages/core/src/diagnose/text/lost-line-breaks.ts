/**
 * Indented JSON whose line breaks were taken out, with them put back as LF: behind each bracket that white space follows,
 * behind the commas of its members, and before the bracket that closes it. `undefined` for a text that lost none.
 */
export function withLineBreaks(text: string): string | undefined {
  if (!/^[[{][ \t]/.test(text) || /[\r\n]/.test(text)) return undefined;
  const lines: string[] = [];
  const brokenBrackets: boolean[] = [];
  let from = 0;
  const breakAt = (at: number): void => {
    lines.push(text.slice(from, at));
    from = at;
  };
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    if (inString) {
      if (sign === '\\') at++;
      else inString = sign !== '"';
    } else if (sign === '"') {
      inString = true;
    } else if (sign === '{' || sign === '[') {
      const isBroken = isBlank(text[at + 1]);
      brokenBrackets.push(isBroken);
      if (isBroken) breakAt(at + 1);
    } else if (sign === ',') {
      if (brokenBrackets.at(-1)) breakAt(at + 1);
    } else if ((sign === '}' || sign === ']') && brokenBrackets.pop()) {
      breakAt(startOfBlanks(text, at));
    }
  }
  lines.push(text.slice(from));
  return brokenBrackets.length === 0 ? lines.join('\n') : undefined;
}

function isBlank(character: string | undefined): boolean {
  return character === ' ' || character === '\t';
}

/** Where the white space before a place begins: the indentation of the line that begins there. */
function startOfBlanks(text: string, before: number): number {
  let at = before;
  while (at > 0 && isBlank(text[at - 1])) at--;
  return at;
}
