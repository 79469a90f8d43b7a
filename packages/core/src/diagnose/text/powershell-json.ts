import { isContainer, renderJson, type JsonContainer, type JsonMember, type JsonNode } from './json-text.ts';
import { newScalar } from './json-rewriting.ts';

/** What PowerShell’s ConvertTo-Json prints of the data of a body. */
export interface PowerShellText {
  readonly label: string;
  readonly cost: number;
  readonly text: string;
}

/** Windows PowerShell escapes for a page of HTML (JavaScriptSerializer); PowerShell 6 and later do not. */
const windowsString = ({ text }: { readonly text: string }): string =>
  JSON.stringify(text).replace(
    /['<>&\u0085\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
const plainString = ({ text }: { readonly text: string }): string => JSON.stringify(text);

interface Printer {
  readonly label: string;
  readonly print: (root: JsonNode) => string;
}

const printers: readonly Printer[] = [
  { label: 'as ConvertTo-Json of Windows PowerShell 5.1 prints it', print: (root) => windowsJson(root, '\r\n') },
  {
    label: 'as ConvertTo-Json -Compress of Windows PowerShell 5.1 prints it',
    print: (root) => renderJson(root, { item: ',', key: ':', string: windowsString }),
  },
  { label: 'as ConvertTo-Json of Windows PowerShell 5.1 prints it, with LF', print: (root) => windowsJson(root, '\n') },
  {
    label: 'as ConvertTo-Json of PowerShell 7 prints it on Windows',
    print: (root) => renderJson(root, { item: ',', key: ': ', indent: '  ', newline: '\r\n', string: plainString }),
  },
  {
    label: 'as ConvertTo-Json of PowerShell 7 prints it',
    print: (root) => renderJson(root, { item: ',', key: ': ', indent: '  ', string: plainString }),
  },
  {
    label: 'as ConvertTo-Json -Compress of PowerShell 7 prints it',
    print: (root) => renderJson(root, { item: ',', key: ':', string: plainString }),
  },
];

/** What stands for an object below the depth, by what it was in the script. */
const objectTexts: readonly { readonly label: string; readonly write: (object: JsonContainer) => string }[] = [
  { label: '"System.Collections.Hashtable"', write: () => 'System.Collections.Hashtable' },
  { label: '"@{…}"', write: (object) => customObject(object) },
  {
    label: '"System.Collections.Specialized.OrderedDictionary"',
    write: () => 'System.Collections.Specialized.OrderedDictionary',
  },
  { label: 'empty texts', write: () => '' },
];

/** `-Depth` when it is not given, then the others that are less than most bodies are deep. */
const depths = [2, 1, 3, 4];

/** The body as ConvertTo-Json prints it: whole, and with what is below a depth turned into text. */
export function* powerShellTexts(root: JsonNode): Generator<PowerShellText> {
  for (const { label, print } of printers) yield { label, cost: 2, text: print(root) };
  const height = heightOf(root);
  for (const depth of depths) {
    if (height <= depth) continue;
    for (const { label: shown, write } of objectTexts) {
      const cut = cutBelow(root, depth, write);
      for (const { label, print } of printers) {
        const below = `with objects below -Depth ${depth} as ${shown}`;
        yield { label: `${label}, ${below}`, cost: depth === 2 ? 2 : 3, text: print(cut) };
      }
    }
  }
}

/** Each level stands four places behind its bracket, and not behind the line: what Windows PowerShell is known for. */
function windowsJson(node: JsonNode, newline: string, column = 0): string {
  if (!isContainer(node)) return node.kind === 'string' ? windowsString(node) : node.raw;
  const margin = newline + ' '.repeat(column + 4);
  const [open, close] = node.kind === 'object' ? ['{', '}'] : ['[', ']'];
  const members = node.members.map(({ key, value }) => {
    const name = key === undefined ? '' : `${windowsString({ text: key })}:  `;
    return margin + name + windowsJson(value, newline, column + 4 + name.length);
  });
  const inside = members.length === 0 ? newline : members.join(',');
  return open + inside + newline + ' '.repeat(column) + close;
}

/** How many containers stand in one another below a node: none below a scalar. */
function heightOf(node: JsonNode): number {
  if (!isContainer(node)) return -1;
  return node.members.reduce((height, { value }) => Math.max(height, 1 + heightOf(value)), 0);
}

function cutBelow(node: JsonNode, depth: number, write: (object: JsonContainer) => string): JsonNode {
  if (!isContainer(node)) return node;
  if (depth < 0) return newScalar('string', textOf(node, write));
  const members = node.members.map(({ key, value }): JsonMember => ({ key, value: cutBelow(value, depth - 1, write) }));
  return { ...node, members };
}

/** What PowerShell’s conversion to a string makes of a value: the items of an array side by side. */
function textOf(node: JsonContainer, write: (object: JsonContainer) => string): string {
  if (node.kind === 'object') return write(node);
  return node.members
    .map(({ value }) =>
      isContainer(value) ? (value.kind === 'object' ? write(value) : 'System.Object[]') : plain(value),
    )
    .join(' ');
}

/** `@{name=value; other=System.Object[]}`; objects within it are shown as nothing. */
function customObject({ members }: JsonContainer): string {
  const pairs = members.map(({ key, value }) => {
    const text = isContainer(value) ? (value.kind === 'array' ? 'System.Object[]' : '') : plain(value);
    return `${key}=${text}`;
  });
  return `@{${pairs.join('; ')}}`;
}

function plain(node: Exclude<JsonNode, JsonContainer>): string {
  if (node.kind !== 'literal') return node.text;
  return { true: 'True', false: 'False', null: '' }[node.raw] ?? node.raw;
}
