/** The target with its query as `URLSearchParams` writes it; a bare `?` disappears. */
export function formEncodeQuery(target: string): string | undefined {
  const question = target.indexOf('?');
  if (question < 0) return undefined;
  const query = new URLSearchParams(target.slice(question + 1)).toString();
  return target.slice(0, question) + (query === '' ? '' : `?${query}`);
}

/** Every percent escape decoded as UTF-8; `undefined` where that is impossible. */
export function decodeEscapes(text: string): string | undefined {
  return decodeWith(decodeURIComponent, text);
}

/** Percent escapes decoded except those of reserved characters (`;/?:@&=+$,#`). */
export function decodePercentExceptReserved(text: string): string | undefined {
  return decodeWith(decodeURI, text);
}

function decodeWith(decode: (text: string) => string, text: string): string | undefined {
  try {
    return decode(text);
  } catch {
    return undefined;
  }
}
