/**
 * JSON as text: a tree that keeps every token as written (key order, number spelling, escapes), so that a body can be
 * written again in the dialects of other languages' libraries.
 */
export type JsonNode = JsonContainer | JsonScalar;

export interface JsonContainer {
  readonly kind: 'object' | 'array';
  /** Members in the order written; array items have no key. */
  readonly members: readonly JsonMember[];
  readonly start: number;
  readonly end: number;
}

export interface JsonMember {
  readonly key: string | undefined;
  readonly value: JsonNode;
}

export interface JsonScalar {
  readonly kind: 'string' | 'number' | 'literal';
  /** The token as written, with quotes. */
  readonly raw: string;
  /** Its meaning; a number keeps its spelling. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Whether a node holds others. */
export function isContainer(node: JsonNode): node is JsonContainer {
  return node.kind === 'object' || node.kind === 'array';
}

/** Whether it is what serializers leave out, or put in, for what was not set. */
export function isUnset(node: JsonNode): boolean {
  if (isContainer(node)) return node.members.length === 0;
  return ['null', 'false', '0', '""'].includes(node.raw);
}

/** A string's token ends at a quote that is found by hand: a pattern would remember every character of a long one. */
const token = /[ \t\r\n]*(?:([{}[\],:])|(")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null))/y;
const depthLimit = 100;

/** Reads a whole JSON text; `undefined` when it is not JSON. */
export function parseJson(text: string): JsonNode | undefined {
  const reader = new RegExp(token.source, 'y');
  let depth = 0;
  const next = (): { value: RegExpExecArray; start: number } | undefined => {
    const value = reader.exec(text);
    if (!value) return undefined;
    const length = (value[1] ?? value[2] ?? value[3] ?? value[4] ?? '').length;
    const start = reader.lastIndex - length;
    if (value[2] !== undefined) {
      const end = stringEnd(text, start + 1);
      if (end < 0) return undefined;
      value[2] = text.slice(start, end);
      reader.lastIndex = end;
    }
    return { value, start };
  };
  const read = (found: ReturnType<typeof next>): JsonNode | undefined => {
    if (!found) return undefined;
    const [, sign, string, number, literal] = found.value;
    const { start } = found;
    const end = reader.lastIndex;
    if (number !== undefined) return { kind: 'number', raw: number, text: number, start, end };
    if (literal !== undefined) return { kind: 'literal', raw: literal, text: literal, start, end };
    if (string !== undefined) {
      const meaning = unquote(string);
      return meaning === undefined ? undefined : { kind: 'string', raw: string, text: meaning, start, end };
    }
    if ((sign !== '{' && sign !== '[') || ++depth > depthLimit) return undefined;
    const members = readMembers(sign === '{' ? 'object' : 'array');
    depth--;
    return members && { kind: sign === '{' ? 'object' : 'array', members, start, end: reader.lastIndex };
  };
  const readMembers = (kind: 'object' | 'array'): JsonMember[] | undefined => {
    const close = kind === 'object' ? '}' : ']';
    const members: JsonMember[] = [];
    let found = next();
    if (found?.value[1] === close) return members;
    for (;;) {
      let key: string | undefined;
      if (kind === 'object') {
        key = found?.value[2] === undefined ? undefined : unquote(found.value[2]);
        if (key === undefined || next()?.value[1] !== ':') return undefined;
        found = next();
      }
      const value = read(found);
      if (!value) return undefined;
      members.push({ key, value });
      const after = next()?.value[1];
      if (after === close) return members;
      if (after !== ',') return undefined;
      found = next();
    }
  };
  const root = read(next());
  return root && text.slice(root.end).trim() === '' ? root : undefined;
}

/** Where a string that begins before `at` ends, behind its quote; -1 when it does not. */
function stringEnd(text: string, at: number): number {
  for (let index = at; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit === 34) return index + 1;
    if (unit < 32) return -1;
    if (unit === 92) index++;
  }
  return -1;
}

function unquote(raw: string): string | undefined {
  try {
    return JSON.parse(raw) as string;
  } catch {
    return undefined;
  }
}

/** How a library writes JSON. */
export interface JsonDialect {
  readonly item: string;
  readonly key: string;
  /** One level of indentation; absent for a single line. */
  readonly indent?: string;
  readonly newline?: string;
  /** Jackson's printer keeps arrays on the line: `[ { … }, { … } ]`. */
  readonly arraysInline?: boolean;
  /** Spaces inside the brackets of a single line. */
  readonly padding?: string;
  readonly string: (node: { readonly raw: string; readonly text: string }) => string;
  readonly number?: (raw: string) => string;
  readonly literal?: (raw: string) => string;
  /** The order in which an object's members are written. */
  readonly order?: (members: readonly JsonMember[]) => readonly JsonMember[];
  /** What an empty member is: kept by default. */
  readonly keep?: (member: JsonMember) => boolean;
}

/** Writes a tree in a dialect. */
export function renderJson(node: JsonNode, dialect: JsonDialect, depth = 0): string {
  if (!isContainer(node)) {
    if (node.kind === 'string') return dialect.string(node);
    return (node.kind === 'number' ? dialect.number : dialect.literal)?.(node.raw) ?? node.raw;
  }
  const { members: written, kind } = node;
  const kept = dialect.keep ? written.filter(dialect.keep) : written;
  const members = kind === 'object' && dialect.order ? dialect.order(kept) : kept;
  const [open, close] = kind === 'object' ? ['{', '}'] : ['[', ']'];
  const inline = dialect.indent === undefined || (dialect.arraysInline === true && kind === 'array');
  if (members.length === 0)
    return dialect.arraysInline && dialect.indent !== undefined ? `${open} ${close}` : open + close;
  const inner = depth + (dialect.arraysInline === true && kind === 'array' ? 0 : 1);
  const texts = members.map(({ key, value }) => {
    const text = renderJson(value, dialect, inner);
    return key === undefined ? text : dialect.string({ raw: JSON.stringify(key), text: key }) + dialect.key + text;
  });
  if (inline) {
    const padding = dialect.arraysInline ? ' ' : (dialect.padding ?? '');
    return open + padding + texts.join(dialect.arraysInline ? ', ' : dialect.item) + padding + close;
  }
  const newline = dialect.newline ?? '\n';
  const margin = newline + (dialect.indent ?? '').repeat(depth + 1);
  return open + margin + texts.join(dialect.item + margin) + newline + (dialect.indent ?? '').repeat(depth) + close;
}

/** Every node below and including the root, in the order written. */
export function* jsonNodes(root: JsonNode): Generator<{ node: JsonNode; key: string | undefined; path: string }> {
  const stack: { node: JsonNode; key: string | undefined; path: string }[] = [{ node: root, key: undefined, path: '' }];
  for (let entry = stack.pop(); entry; entry = stack.pop()) {
    yield entry;
    const { node, path, key: parentKey } = entry;
    if (!isContainer(node)) continue;
    const { members } = node;
    for (let index = members.length - 1; index >= 0; index--) {
      const { key, value } = members[index] as JsonMember;
      const step = key === undefined ? `[${index}]` : path === '' ? key : `.${key}`;
      stack.push({ node: value, key: key ?? parentKey, path: path + step });
    }
  }
}
