/** What a key in base64, base64url or hex is made of, and at least as long as the shortest key of any provider. */
const keyLike = /[A-Za-z0-9+/_-]{16,}={0,2}/g;
const notShown = '[not shown]';

/**
 * An error about the command line without words of it that may be a key: whoever gives one by mistake, where a name or a
 * file was wanted, would else find it in the log of the build.
 */
export function withoutKeyLikeArguments(message: string, argv: readonly string[]): string {
  const words = argv.flatMap((argument) => argument.match(keyLike) ?? []).filter(mayBeKey);
  return words
    .toSorted((one, other) => other.length - one.length)
    .reduce((shown, word) => shown.replaceAll(word, notShown), message)
    .replace(/^(error: unknown option '--?[^'=]*)=.*'$/m, `$1=${notShown}'`);
}

/** Names joined by hyphens, whose digits stand at their ends: `rfc9421-ecdsa-p256-sha256`. */
const names = /^[a-z]{2,12}\d{0,5}(?:-[a-z]{1,12}\d{0,5})+$/;

/** Words of a language have letters of one case; what is random has both, or digits among them. */
function mayBeKey(word: string): boolean {
  if (names.test(word)) return false;
  const has = (pattern: RegExp): boolean => pattern.test(word);
  return [/[a-z]/, /[A-Z]/, /[0-9]/].filter(has).length > 1;
}
