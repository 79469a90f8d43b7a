const maxLength = 60;
const notShown = '[not shown]';
/** What a key in base64, base64url or hex is made of. A path has slashes, too, but begins with one. */
const keyLike = /(?<![\w+/-])[\w+-][\w+/-]{19,}={0,2}/g;
const onlyKeyLike = /^\s*[\w+/-]{16,}={0,2}\s*$/;

/**
 * Text from the input, short enough for an error, and without words of it that may be a key: somebody may have given the
 * file of the key for that of the request, and errors stand in logs.
 */
export function shownInput(text: string): string {
  if (onlyKeyLike.test(text) && kindsIn(text) > 1) return notShown;
  const safe = text.replace(keyLike, (word) => (mayBeKey(word) ? notShown : word));
  return safe.length > maxLength ? `${safe.slice(0, maxLength - 1)}…` : safe;
}

/** Words of a language have letters of one case; what is random has both, or digits among them. */
function kindsIn(text: string): number {
  return [/[a-z]/, /[A-Z]/, /[0-9]/].filter((kind) => kind.test(text)).length;
}

/** Names of headers and members have no digits; dates and ids of requests are not that long. */
function mayBeKey(word: string): boolean {
  return /\d/.test(word) && /[A-Za-z]/.test(word);
}
