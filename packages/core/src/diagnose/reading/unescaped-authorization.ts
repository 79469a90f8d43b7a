/** What a header's value went through before it was sent, each with how it is undone and told. */
const escapes: readonly {
  readonly seen: RegExp;
  readonly undo: (value: string) => string;
  readonly slip: string;
}[] = [
  {
    seen: /^(?:(["'`]).*\1|“.*”|‘.*’)$/s,
    undo: (value) => value.slice(1, -1).trim(),
    slip: 'the whole value stands in quotes',
  },
  {
    seen: /&(?:amp|#38|#x26);/i,
    undo: (value) => value.replace(/&(?:amp|#38|#x26);/gi, '&'),
    slip: 'its "&" is escaped for HTML ("&amp;")',
  },
  {
    seen: /&(?:#61|#x3d|quot|#43|#x2b);/i,
    undo: (value) =>
      value
        .replace(/&(?:#61|#x3d);/gi, '=')
        .replace(/&(?:#43|#x2b);/gi, '+')
        .replace(/&quot;/gi, '"'),
    slip: 'it is escaped for HTML',
  },
  {
    seen: /\\u0026/i,
    undo: (value) => value.replace(/\\u0026/gi, '&').replace(/\\u003d/gi, '='),
    slip: 'its "&" is escaped for JSON ("\\u0026")',
  },
  {
    // Of these none can come from the signature, whose base64 holds neither.
    seen: /%(?:20|26|3a|3b|25(?:20|26|3a|3b))/i,
    undo: (value) => percentDecoded(value),
    slip: 'it is URL-encoded',
  },
];

/** Undoes what happened to the value as a whole, and says what that was. */
export function unescapedAuthorization(header: string, sent: string, slips: string[]): string {
  let value = sent.trim();
  for (const { seen, undo, slip } of escapes) {
    if (!seen.test(value)) continue;
    slips.push(slip);
    value = undo(value);
  }
  const nested = new RegExp(`^(?:${header}\\s*:\\s*)+`, 'i').exec(value)?.[0];
  if (nested === undefined) return value;
  slips.push(`the value begins with the header's own name ("${nested.trim()}")`);
  return value.slice(nested.length);
}

/** Encoded over and over it would be read as often; more than a few times is nobody's mistake. */
export function percentDecoded(text: string): string {
  let decoded = text;
  for (let time = 0; time < 4 && /%[0-9a-f]{2}/i.test(decoded); time++) {
    decoded = decoded.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }
  return decoded;
}
