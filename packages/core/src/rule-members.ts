/** What a member of a rule must be: one of some words, or what a test says. */
export type Expected = readonly string[] | Tested;

interface Tested {
  readonly wanted: string;
  readonly fits: (value: unknown) => boolean;
  readonly optional?: true;
}

/** The members of a rule, each with what it must be; a rule may have no others. */
export type Members<Rule> = { readonly [Name in keyof Required<Rule>]: Expected };

/** Any text. */
export const anyText: Tested = { wanted: 'text', fits: (value) => typeof value === 'string' };

/** Any text, or nothing. */
export const optionalText: Tested = { wanted: 'text', fits: anyText.fits, optional: true };

/** A list of texts. */
export const texts: Tested = {
  wanted: 'a list of texts',
  fits: (value) => Array.isArray(value) && value.every(anyText.fits),
};

/** A header's name. */
export const headerName: Tested = { wanted: 'the name of a header', fits: isName };

/** A list of headers' names. */
export const headerNames: Tested = { wanted: 'a list of header names', fits: areNames };

/** A list of lists of headers' names. */
export const headerNameLists: Tested = {
  wanted: 'a list of lists of header names',
  fits: (value) => Array.isArray(value) && value.every(areNames),
};

function isName(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function areNames(value: unknown): boolean {
  return Array.isArray(value) && value.every(isName);
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
