import { rewriteJson } from './json-rewriting.ts';
import type { JsonNode } from './json-text.ts';
import type { SameData } from './same-data.ts';

/** How a library names members that are named otherwise in the code. */
export interface NamingPolicy {
  /** Completing "with names in …". */
  readonly style: string;
  readonly cost: number;
  readonly rename: (name: string) => string;
}

/** Initialisms that Go writes in capitals throughout (golint’s list, as far as it occurs in such names). */
const initialisms = new Set([
  'API',
  'DNS',
  'HTML',
  'HTTP',
  'HTTPS',
  'ID',
  'IP',
  'JSON',
  'SIP',
  'SMS',
  'URI',
  'URL',
  'UUID',
  'XML',
]);

const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);

/** The words of a name, in whatever way it joins them. */
function words(name: string): string[] {
  return name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(/[ _.-]+/)
    .filter(Boolean);
}

/** A name that is one word after another: only the first letter of it has to change. */
const isJoined = (name: string): boolean => !/[_.-]/.test(name);

const pascal = (name: string): string =>
  isJoined(name)
    ? capital(name)
    : words(name)
        .map((word) => capital(word.toLowerCase()))
        .join('');

/** As System.Text.Json and Newtonsoft do: capitals at the start in lower case, but the last before a small letter. */
const camel = (name: string): string => pascal(name).replace(/^[A-Z]+(?![a-z])|^[A-Z]/, (start) => start.toLowerCase());

const joinedWith =
  (separator: string, change: (word: string) => string) =>
  (name: string): string =>
    words(name)
      .map((word) => change(word))
      .join(separator);
const lower = (word: string): string => word.toLowerCase();
const upper = (word: string): string => word.toUpperCase();

export const namingPolicies: readonly NamingPolicy[] = [
  { style: 'PascalCase (System.Text.Json and Newtonsoft by default, Go)', cost: 2, rename: pascal },
  { style: 'camelCase', cost: 2, rename: camel },
  { style: 'snake_case', cost: 2, rename: joinedWith('_', lower) },
  { style: 'kebab-case', cost: 3, rename: joinedWith('-', lower) },
  { style: 'UPPER_SNAKE_CASE', cost: 3, rename: joinedWith('_', upper) },
  { style: 'UPPER-KEBAB-CASE', cost: 3, rename: joinedWith('-', upper) },
  {
    style: 'Go’s spelling (ID, URL)',
    cost: 3,
    rename: (name) =>
      words(name)
        .map((word) => (initialisms.has(word.toUpperCase()) ? word.toUpperCase() : capital(word)))
        .join(''),
  },
  { style: 'lower case', cost: 3, rename: lower },
  { style: 'dot.case', cost: 3, rename: joinedWith('.', lower) },
];

/** The body with the names of its members by another policy. */
export function* namedOtherwise(root: JsonNode): Generator<SameData> {
  for (const { style, cost, rename } of namingPolicies)
    yield { label: `with names in ${style}`, cost, root: () => renamed(root, rename) };
}

/** The body with the names of its members as C# has them. */
export function inPascalCase(root: JsonNode): JsonNode {
  return renamed(root, pascal);
}

function renamed(root: JsonNode, rename: NamingPolicy['rename']): JsonNode {
  return rewriteJson(root, { key: (name) => (isName(name) ? rename(name) : name) });
}

/** Whether a text is a name that a policy would change, and not a key of somebody’s own. */
export function isName(text: string): boolean {
  return text.length <= 64 && /^[A-Za-z][A-Za-z\d]*(?:[_.-][A-Za-z\d]+)*$/.test(text);
}
