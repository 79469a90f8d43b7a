const token = /\{\{([^{}]+)\}\}/g;

/**
 * The values by which a template became a text: what stands between the pieces that both have. Nothing where that could be read
 * in two ways: two variables beside each other, or one name that stands for two values.
 */
export function filledValues(template: string, text: string): Readonly<Record<string, string>> {
  const names = Array.from(template.matchAll(token), ([, name = '']) => name);
  const pieces = template.split(/\{\{[^{}]+\}\}/);
  const values = new Map<string, string>();
  const ambiguous = new Set<string>();
  let at = pieces[0]?.length ?? 0;
  if (!text.startsWith(pieces[0] ?? '')) return {};
  for (const [index, name] of names.entries()) {
    const piece = pieces[index + 1] ?? '';
    const isLast = index === names.length - 1;
    if (piece === '' && !isLast) return {};
    const end = isLast ? text.length - piece.length : text.indexOf(piece, at);
    if (end < at || !text.startsWith(piece, end)) return {};
    const value = text.slice(at, end);
    if ((values.get(name) ?? value) !== value) ambiguous.add(name);
    values.set(name, value);
    at = end + piece.length;
  }
  return Object.fromEntries([...values].filter(([name, value]) => value !== '' && !ambiguous.has(name)));
}
