import { bodyFixes } from '../fixes/string-to-sign.ts';
import { formDialects } from '../text/percent-encoding.ts';
import type { Evidence } from '../reading/evidence.ts';
import { renderJson, type JsonDialect } from '../text/json-text.ts';
import type { Layout } from '../reading/layout.ts';
import type { BodyMove, LayoutMove, MistakeClass } from '../search/mistake-class.ts';
import { brief } from '../text/brief.ts';

/** What was done to a form's parameters before they were encoded again. */
type Selection = keyof typeof selections;

type Rewriting =
  /** A JSON text, as one parameter or as several; `dialect` is how they were encoded, when they were. */
  | { readonly kind: 'wrapped' | 'parameters'; readonly dialect?: string }
  | { readonly kind: 'selected'; readonly selection: Selection; readonly dialect?: string }
  /** Behind a URL that is signed with the fields of forms, or with the hash of a body that is none. */
  | { readonly kind: 'JSON as fields'; readonly order: 'sorted' | 'in the order sent' }
  | { readonly kind: 'behind the URL' }
  | { readonly kind: keyof typeof others };

/** Form parameters decoded and written again. */
export const bodyFormEncoding: MistakeClass<Rewriting> = {
  id: 'body/form-encoding',
  rank: 270,
  needs: 'body',
  bodies: (_, text, evidence) => forms(text, evidence),
  layouts: (layout, evidence) => jsonAsFields(layout, evidence),
  say: (detail, { yours, expected }) => {
    const seen = `${yours === '' ? 'nothing' : brief(yours)} instead of ${brief(expected)}.`;
    switch (detail.kind) {
      case 'JSON as fields':
        return `The members of the JSON body were signed as if they were fields of a form, name and value ${detail.order}: ${seen}`;
      case 'behind the URL':
        return `The body itself was signed behind the URL, which has its hash: ${seen}`;
      default:
        return `The body was not hashed as it was sent but ${inWords(detail)}: ${seen}`;
    }
  },
  what: inWords,
  fixes: ({ scheme }) =>
    bodyFixes(scheme, {
      javascript: 'body: params.toString(), once, signed and sent',
      python: 'body: urlencode(params).encode(), once, signed and sent',
      csharp: 'body: the bytes that are sent',
      java: 'body: the bytes that are sent',
      php: 'body: the string that is sent',
      go: 'body: []byte(form.Encode()), once, signed and sent',
      ruby: 'body: the string that is sent',
      bash: 'curl --data-raw "$body", not --data-urlencode',
      powershell: 'body: the bytes that are sent, not a hashtable',
    }),
};

type Pair = readonly [name: string, value: string];

interface SelectionRow {
  readonly words: string;
  readonly choose: (parameters: readonly Pair[]) => readonly Pair[];
}

const byName = (left: Pair, right: Pair): number => (left[0] < right[0] ? -1 : left[0] > right[0] ? 1 : 0);
const trimmed = ([name, value]: Pair): Pair => [name, value.trim()];
const isFilled = ([, value]: Pair): boolean => value !== '';

const selections = {
  all: { words: '', choose: (parameters) => parameters },
  sorted: { words: ', with its parameters sorted', choose: (parameters) => parameters.toSorted(byName) },
  filled: { words: ', without its empty parameters', choose: (parameters) => parameters.filter(isFilled) },
  trimmed: { words: ', with its values trimmed', choose: (parameters) => parameters.map(trimmed) },
  'trimmed and filled': {
    words: ', trimmed and without its empty parameters',
    choose: (parameters) => parameters.map(trimmed).filter(isFilled),
  },
  'null for empty': {
    words: ', with null for its empty parameters',
    choose: (parameters) => parameters.map(([name, value]): Pair => [name, value === '' ? 'null' : value]),
  },
  truthy: {
    words: ', without parameters that are 0, false or empty',
    choose: (parameters) => parameters.filter(([, value]) => !['', '0', 'false'].includes(value)),
  },
  'lower-case names': {
    words: ', with its names in lower case',
    choose: (parameters) => parameters.map(([name, value]): Pair => [name.toLowerCase(), value]),
  },
} as const satisfies Record<string, SelectionRow>;

const others = {
  payload: 'as the text of its payload parameter',
  'encoded payload': 'as the payload parameter, still encoded',
  'without empty': 'without its empty parameters',
  sorted: 'with its parameters sorted',
  joined: 'as names and values without separators, sorted',
  JSON: 'as JSON',
  'JSON by Python': 'as JSON with Python’s spaces',
} as const;

function inWords(detail: Rewriting): string {
  switch (detail.kind) {
    case 'behind the URL':
      return 'itself, behind the URL';
    case 'JSON as fields':
      return `as the fields of a form, ${detail.order}`;
    case 'wrapped':
      return `wrapped as payload=…${detail.dialect === undefined ? '' : ` (${detail.dialect})`}`;
    case 'parameters':
      return `as form parameters (${detail.dialect})`;
    case 'selected':
      return `re-encoded${selections[detail.selection].words}${detail.dialect === undefined ? ', not encoded' : ` (${detail.dialect})`}`;
    default:
      return others[detail.kind];
  }
}

const compact: JsonDialect = {
  item: ',',
  key: ':',
  string: ({ text }) => JSON.stringify(text),
  number: (raw) => String(Number(raw)),
};

/** The members of JSON behind the URL, as code that knows forms alone joins them. */
function* jsonAsFields(layout: Layout, { bodyJson, bodyText = '' }: Evidence): Generator<LayoutMove<Rewriting>> {
  const at = layout.findIndex(({ source }) => source.from === 'url-with-hash' || source.from === 'form');
  const slot = layout[at];
  if (!slot) return;
  if (slot.source.from === 'url-with-hash' && bodyText !== '')
    yield {
      detail: { kind: 'behind the URL' },
      cost: 1,
      layout: layout.with(at, { ...slot, value: `${String(slot.value)}${bodyText}` }),
    };
  const root = bodyJson();
  if (root?.kind !== 'object') return;
  const fields = root.members.map(({ key = '', value }): Pair => [
    key,
    value.kind === 'string' ? value.text : renderJson(value, compact),
  ]);
  for (const [order, pairs] of [
    ['sorted', fields.toSorted(byName)],
    ['in the order sent', fields],
  ] as const) {
    const value = `${slot.source.from === 'form' ? '' : String(slot.value)}${pairs.flat().join('')}`;
    yield { detail: { kind: 'JSON as fields', order }, cost: 1, layout: layout.with(at, { ...slot, value }) };
  }
}

function* forms(text: string | undefined, { bodyJson, budget }: Evidence): Generator<BodyMove<Rewriting>> {
  if (text === undefined || text === '') return;
  const root = bodyJson();
  if (root) {
    for (const { label, encode } of formDialects) {
      yield { detail: { kind: 'wrapped', dialect: label }, cost: 2, body: `payload=${encode(text)}` };
    }
    yield { detail: { kind: 'wrapped' }, cost: 2, body: `payload=${text}` };
    if (root.kind === 'object') {
      const flat = root.members.map(
        ({ key = '', value }) => [key, value.kind === 'string' ? value.text : renderJson(value, compact)] as const,
      );
      for (const { label, encode } of formDialects) {
        const body = flat.map(([key, value]) => `${encode(key)}=${encode(value)}`).join('&');
        yield { detail: { kind: 'parameters', dialect: label }, cost: 3, body };
      }
    }
    return;
  }
  if (!/^[^=&\s{}[\]"]+=/.test(text) || !budget.affordsBody(2 * text.length)) return;
  budget.wroteBody(text.length);
  const pairs = text.split('&').map((field): Pair => {
    const at = field.indexOf('=');
    return at < 0 ? [field, ''] : [field.slice(0, at), field.slice(at + 1)];
  });
  const decoded = pairs.map(([name, value]) => [decodeForm(name), decodeForm(value)] as const);
  const payload = decoded.find(([name]) => name === 'payload' || name === 'data' || name === 'body')?.[1];
  if (payload !== undefined) yield { detail: { kind: 'payload' }, cost: 1, body: payload };
  if (payload !== undefined) yield { detail: { kind: 'encoded payload' }, cost: 2, body: (pairs[0] ?? ['', ''])[1] };
  for (const [selection, { choose }] of Object.entries(selections) as [Selection, SelectionRow][]) {
    const chosen = choose(decoded);
    for (const { label, encode } of formDialects) {
      yield {
        detail: { kind: 'selected', selection, dialect: label },
        cost: 1,
        body: chosen.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&'),
      };
    }
    yield {
      detail: { kind: 'selected', selection },
      cost: 2,
      body: chosen.map(([name, value]) => `${name}=${value}`).join('&'),
    };
  }
  yield {
    detail: { kind: 'without empty' },
    cost: 1,
    body: pairs
      .filter(([, value]) => value !== '')
      .map((pair) => pair.join('='))
      .join('&'),
  };
  yield { detail: { kind: 'sorted' }, cost: 1, body: text.split('&').toSorted().join('&') };
  yield {
    detail: { kind: 'joined' },
    cost: 2,
    body: decoded
      .toSorted(byName)
      .map((pair) => pair.join(''))
      .join(''),
  };
  yield { detail: { kind: 'JSON' }, cost: 2, body: JSON.stringify(Object.fromEntries(decoded)) };
  yield {
    detail: { kind: 'JSON by Python' },
    cost: 2,
    body: `{${Object.entries(Object.fromEntries(decoded))
      .map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)
      .join(', ')}}`,
  };
}

function decodeForm(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
