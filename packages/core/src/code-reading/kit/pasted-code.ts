/** Beyond it nobody's collection is parsed. */
const mostJson = 5_000_000;

/** Members of a collection that hold code, or what code is about: scripts, URLs and bodies. */
const told = new Set(['exec', 'raw', 'url', 'prerequest', 'preRequestScript']);

/** The code in what was pasted: of an export in JSON its scripts, with the URLs and bodies of its requests; else all of it. */
export function pastedCode(text: string): string {
  if (!/^\s*[{[]/.test(text) || text.length > mostJson) return text;
  try {
    return scriptsOf(JSON.parse(text)).join('\n');
  } catch {
    return text;
  }
}

function scriptsOf(root: unknown): string[] {
  const found: string[] = [];
  // A stack and no recursion: a file may be as deep as it likes.
  const waiting: { value: unknown; isTold: boolean }[] = [{ value: root, isTold: false }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, isTold } = next;
    if (typeof value === 'string' && isTold) found.push(value);
    else if (Array.isArray(value))
      for (const one of value.toReversed()) waiting.push({ value: one as unknown, isTold });
    else if (typeof value === 'object' && value !== null) {
      for (const [name, one] of Object.entries(value).toReversed())
        waiting.push({ value: one, isTold: told.has(name) });
    }
  }
  return found;
}
