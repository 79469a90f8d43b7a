/** How far the JSON object or array reaches with which a text begins: where it ends, or that it is `unfinished`. */
export function jsonExtent(text: string): number | 'unfinished' | undefined {
  const start = text.length - text.trimStart().length;
  if (text[start] !== '{' && text[start] !== '[') return undefined;
  let depth = 0;
  let inString = false;
  for (let index = start; index < text.length; index++) {
    const character = text[index];
    if (inString) {
      if (character === '\\') index++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{' || character === '[') depth++;
    else if ((character === '}' || character === ']') && --depth === 0) return index + 1;
  }
  return 'unfinished';
}
