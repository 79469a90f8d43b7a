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

/** Words of a language have letters of one case; what is random has both, or digits among them. */
function mayBeKey(word: string): boolean {
  const has = (pattern: RegExp): boolean => pattern.test(word);
  return [/[a-z]/, /[A-Z]/, /[0-9]/].filter(has).length > 1;
}
