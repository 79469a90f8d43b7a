import { told, type Told } from '../search/told.ts';
import { formDialects } from '../text/percent-encoding.ts';
import type { Evidence } from '../reading/evidence.ts';
import { renderJson, type JsonDialect } from '../text/json-text.ts';
import type { BodyMove, MistakeClass } from '../search/mistake-class.ts';
import { brief } from '../text/brief.ts';

/** Form parameters decoded and written again. */
export const bodyFormEncoding: MistakeClass<Told> = {
  id: 'body/form-encoding',
  rank: 270,
  needs: 'body',
  bodies: (_, text, evidence) => forms(text, evidence),
  say: ({ how }, { yours, expected }) =>
    `The form was not hashed as it was sent but ${how}: ${brief(yours)} instead of ${brief(expected)}.`,
  fixes: {
    javascript:
      'const raw = await request.text(); // before any parser; to send: const body = params.toString(), used twice',
    python: 'raw = request.get_data()  # not urlencode(request.form)',
    csharp: 'var raw = await new StreamReader(Request.Body).ReadToEndAsync(); // before the form is read',
    java: 'byte[] raw = request.getInputStream().readAllBytes(); // before getParameter()',
    php: "$raw = file_get_contents('php://input'); // not http_build_query($_POST)",
    postman: 'const raw = pm.request.body.urlencoded.toString();',
  },
};

type Pair = readonly [name: string, value: string];

const compact: JsonDialect = {
  item: ',',
  key: ':',
  string: ({ text }) => JSON.stringify(text),
  number: (raw) => String(Number(raw)),
};

function* forms(text: string | undefined, { bodyJson, budget }: Evidence): Generator<BodyMove<Told>> {
  if (text === undefined || text === '') return;
  const root = bodyJson();
  if (root) {
    for (const { label, encode } of formDialects) {
      yield { detail: told(`wrapped as payload=… (${label})`), cost: 2, body: `payload=${encode(text)}` };
    }
    yield { detail: told('wrapped as payload=…'), cost: 2, body: `payload=${text}` };
    if (root.kind === 'object') {
      const flat = root.members.map(
        ({ key = '', value }) => [key, value.kind === 'string' ? value.text : renderJson(value, compact)] as const,
      );
      for (const { label, encode } of formDialects) {
        const body = flat.map(([key, value]) => `${encode(key)}=${encode(value)}`).join('&');
        yield { detail: told(`as form parameters (${label})`), cost: 3, body };
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
  if (payload !== undefined) yield { detail: told('as the text of its payload parameter'), cost: 1, body: payload };
  if (payload !== undefined)
    yield { detail: told('as the payload parameter, still encoded'), cost: 2, body: (pairs[0] ?? ['', ''])[1] };
  const byName = (left: Pair, right: Pair): number => (left[0] < right[0] ? -1 : left[0] > right[0] ? 1 : 0);
  const trimmed = ([name, value]: Pair): Pair => [name, value.trim()];
  const isFilled = ([, value]: Pair): boolean => value !== '';
  const selections: readonly [string, () => readonly Pair[]][] = [
    ['re-encoded', () => decoded],
    ['re-encoded, with its parameters sorted', () => decoded.toSorted(byName)],
    ['re-encoded, without its empty parameters', () => decoded.filter(isFilled)],
    ['re-encoded, with its values trimmed', () => decoded.map(trimmed)],
    ['re-encoded, trimmed and without its empty parameters', () => decoded.map(trimmed).filter(isFilled)],
    [
      're-encoded, with null for its empty parameters',
      () => decoded.map(([name, value]): Pair => [name, value === '' ? 'null' : value]),
    ],
    [
      're-encoded, without parameters that are 0, false or empty',
      () => decoded.filter(([, value]) => !['', '0', 'false'].includes(value)),
    ],
    [
      're-encoded, with its names in lower case',
      () => decoded.map(([name, value]): Pair => [name.toLowerCase(), value]),
    ],
  ];
  for (const [what, choose] of selections) {
    const chosen = choose();
    for (const { label, encode } of formDialects) {
      yield {
        detail: told(`${what} (${label})`),
        cost: 1,
        body: chosen.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&'),
      };
    }
    yield {
      detail: told(`${what}, not encoded`),
      cost: 2,
      body: chosen.map(([name, value]) => `${name}=${value}`).join('&'),
    };
  }
  yield {
    detail: told('without its empty parameters'),
    cost: 1,
    body: pairs
      .filter(([, value]) => value !== '')
      .map((pair) => pair.join('='))
      .join('&'),
  };
  yield { detail: told('with its parameters sorted'), cost: 1, body: text.split('&').toSorted().join('&') };
  yield {
    detail: told('as names and values without separators, sorted'),
    cost: 2,
    body: decoded
      .toSorted(byName)
      .map((pair) => pair.join(''))
      .join(''),
  };
  yield { detail: told('as JSON'), cost: 2, body: JSON.stringify(Object.fromEntries(decoded)) };
  yield {
    detail: told('as JSON with Python’s spaces'),
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
