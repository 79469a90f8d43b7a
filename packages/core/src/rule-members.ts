/** What a member of a rule must be: one of some words, or what a test says. */
export type Expected = readonly string[] | Tested;

interface Tested {
  readonly wanted: string;
  readonly fits: (value: unknown) => boolean;
  readonly optional?: true;
}

/** The members of a rule, each with what it must be; a rule may have no others. */
export type Members<Rule> = { readonly [Name in keyof Required<Rule>]: Expected };

// Plain literals all of them, which a bundler leaves out where nobody defines a scheme.

/** An object with members of its own. */
export const anObject: Tested = { wanted: 'an object', fits: isObject };

/** An object, or nothing. */
export const optionalObject: Tested = { wanted: 'an object', fits: isObject, optional: true };

/** A list, whose entries are looked at one by one. */
export const list: Tested = { wanted: 'a list', fits: isList };

/** A list, or nothing. */
export const optionalList: Tested = { wanted: 'a list', fits: isList, optional: true };

/** Any text, also none. */
export const anyText: Tested = { wanted: 'text', fits: isText };

/** Any text, or nothing. */
export const optionalText: Tested = { wanted: 'text', fits: isText, optional: true };

/** Text that says something. */
export const words: Tested = { wanted: 'text, and not empty', fits: isWords };

/** Text that says something, or nothing. */
export const optionalWords: Tested = { wanted: 'text, and not empty', fits: isWords, optional: true };

/** True or false, or nothing. */
export const optionalFlag: Tested = {
  wanted: 'true or false',
  fits: (value) => typeof value === 'boolean',
  optional: true,
};

/** Text that separates, or nothing. */
export const optionalSeparator: Tested = {
  wanted: 'text, and not empty',
  fits: (value) => isText(value) && value !== '',
  optional: true,
};

/** A list of texts. */
export const texts: Tested = { wanted: 'a list of texts', fits: (value) => isList(value) && value.every(isText) };

/** A list of texts, or nothing. */
export const optionalTexts: Tested = {
  wanted: 'a list of texts',
  fits: (value) => isList(value) && value.every(isText),
  optional: true,
};

/** A header's name (RFC 9110 §5.6.2). */
export const headerName: Tested = { wanted: 'the name of a header', fits: isName };

/** A list of headers' names as they are looked for. */
export const headerNames: Tested = { wanted: 'a list of names of headers in lower case', fits: areNames };

/** A list of lists of headers' names. */
export const headerNameLists: Tested = {
  wanted: 'a list of lists of names of headers in lower case',
  fits: (value) => isList(value) && value.every(areNames),
};

/** Whether a value is an object that can have named members. */
export function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !isList(value);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isWords(value: unknown): boolean {
  return isText(value) && value.trim() !== '';
}

function isName(value: unknown): value is string {
  return isText(value) && /^[!#$%&'*+.^`|~\w-]+$/.test(value);
}

function areNames(value: unknown): boolean {
  return isList(value) && value.every((name) => isName(name) && name === name.toLowerCase());
}

/**
 * What is wrong with a rule: a member that no such rule has (a misspelled one would be a rule that nobody applies), or
 * one that is not what it must be.
 *
 * @param name how the rule is called, for example `mac`; `it` for the whole
 * @param pathOf how a member of it is called, for example `mac.algorithm`
 */
export function* memberProblems(
  name: string,
  rule: unknown,
  members: Readonly<Record<string, Expected>>,
  pathOf = (member: string): string => (name === 'it' ? member : `${name}.${member}`),
): Generator<string> {
  const given = typeof rule === 'object' && rule !== null ? (rule as Readonly<Record<string, unknown>>) : {};
  const known = Object.keys(members);
  for (const member of Object.keys(given)) {
    if (!known.includes(member)) yield `${name} has the unknown member \`${member}\`; there are ${known.join(', ')}`;
  }
  for (const [member, expected] of Object.entries(members)) {
    const problem = valueProblem(given[member], expected);
    if (problem !== undefined) yield `\`${pathOf(member)}\` must be ${problem}`;
  }
}

function valueProblem(value: unknown, expected: Expected): string | undefined {
  if (!('fits' in expected)) {
    return expected.includes(value as string) ? undefined : `one of ${expected.join(', ')}; it is ${shown(value)}`;
  }
  if (expected.fits(value) || (expected.optional && value === undefined)) return undefined;
  // Not what was given: where text is wrong it may be the secret.
  return `${expected.wanted}; it is ${typeof value === 'string' ? 'other text' : shown(value)}`;
}

function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 60));
  if (Array.isArray(value)) return 'a list';
  return value === null || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : `a ${typeof value}`;
}
