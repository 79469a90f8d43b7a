/**
 * The phrase that was said, of those that count, as it was written there. Case, punctuation and spacing make no
 * difference: "Yes, please!" says "yes please".
 */
export function matchPhrase(phrases: readonly string[], said: string): string | undefined {
  const words = wordsOf(said);
  return words === '' ? undefined : phrases.find((phrase) => wordsOf(phrase) === words);
}

function wordsOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/['’]/gu, '')
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}
