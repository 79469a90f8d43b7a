import type { PostmanScript } from '@countersign/core/requests/postman-items';

const read =
  /\b(?:pm\.(?:variables|environment|collectionVariables|globals)\.get|postman\.get(?:Environment|Global)Variable)\(\s*(["'`])([^"'`\n]{1,100})\1/g;
const written =
  /\b(?:pm\.(?:variables|environment|collectionVariables|globals)\.set|postman\.set(?:Environment|Global)Variable)\(\s*(["'`])([^"'`\n]{1,100})\1/g;

/** Names of variables that a script sets somewhere in a text. */
export function namesSetIn(text: string): ReadonlySet<string> {
  return new Set(Array.from(text.matchAll(written), ([, , name = '']) => name));
}

/**
 * Variables that scripts read, that have no value and that no script sets: with the values that somebody has put in later, the
 * scripts would have done something else.
 *
 * @param scripts that run before a request
 * @param set names that some script of the collection sets
 * @param known values of all variables
 */
export function openInScripts(
  scripts: readonly PostmanScript[],
  set: ReadonlySet<string>,
  known: Readonly<Record<string, string>>,
): readonly string[] {
  const names = scripts.flatMap(({ text }) => Array.from(text.matchAll(read), ([, , name = '']) => name));
  return [...new Set(names)].filter(
    (name) => !set.has(name) && (!Object.hasOwn(known, name) || known[name]?.trim() === ''),
  );
}

/** What is said of them. */
export function openSentence(names: readonly string[]): string {
  const which = names.map((name) => `"${name}"`).join(' and ');
  return `it reads the variable ${which}, which has no value in the file (Postman exports the values that variables begin with, and not those that were put in later)`;
}
