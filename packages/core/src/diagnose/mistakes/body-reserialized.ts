import { bodyFixes } from '../fixes/string-to-sign.ts';
import { type Departure, sayDeparture } from '../search/departure.ts';
import {
  distinctHabits,
  jsonStyles,
  mapPrinters,
  memberOrders,
  numberWriters,
  stringWriters,
} from '../text/json-dialects.ts';
import { jsonOf, type Evidence } from '../reading/evidence.ts';
import {
  isContainer,
  isUnset,
  jsonNodes,
  renderJson,
  type JsonContainer,
  type JsonDialect,
  type JsonMember,
  type JsonNode,
} from '../text/json-text.ts';
import { rareSerializers, usualSerializers, type SerializedText } from '../text/other-serializers.ts';
import type { BodyMove, MistakeClass } from '../search/mistake-class.ts';
import { permutations } from '../text/permutations.ts';

type Rendering =
  /** By the names of the habits: of a style, and of members, strings and numbers where they differ from those sent. */
  | { readonly kind: 'habits'; readonly habits: readonly string[] }
  /** As a map is printed that is not turned into JSON. */
  | { readonly kind: 'printed'; readonly printer: string }
  | { readonly kind: keyof typeof others };

/** The same JSON, written differently. */
export const bodyReserialized: MistakeClass<Rendering | Departure> = {
  id: 'body/reserialized',
  rank: 240,
  needs: 'body',
  usualFrom: ['javascript', 'php', 'python'],
  manifold: true,
  stacksOn: ['template/unresolved', 'body/transport-encoding'],
  usualBodiesFirst: true,
  bodies: (body, text, evidence) => renderings(body, text, evidence),
  speaksOf: (find, evidence) => (find.kind === 'departure' && isOtherJson(find, evidence) ? find : undefined),
  say: (detail) => {
    if (detail.kind === 'departure') return sayDeparture(detail);
    return detail.kind === 'byte values' || detail.kind === 'Python bytes'
      ? `The body was hashed ${inWords(detail)}, and not as it was sent.`
      : `The body you hashed is the same JSON as the one that was sent, written differently: ${inWords(detail)}.`;
  },
  what: (detail) => (detail.kind === 'departure' ? undefined : inWords(detail)),
  fixes: ({ scheme }) =>
    bodyFixes(scheme, {
      javascript: 'body: one string, signed and sent',
      python: 'body: one text, signed and sent with data=body, not json=',
      csharp: 'body: serialized once, signed and sent as it is',
      java: 'body: mapper.writeValueAsBytes(data), once, sent with BodyPublishers.ofByteArray(body)',
      php: 'body: json_encode($data), once, signed and sent',
      go: 'body: json.Marshal(data), once, signed and sent',
      ruby: 'body: data.to_json, once, signed and sent',
      bash: 'curl --data-raw "$body": the same text, not one more run of jq',
      powershell: '-Body $body: the bytes that were signed, not an object',
      postman: 'the text that is sent, not a re-stringified object',
    }),
};

/** JSON in the place of JSON, or a hash that no other class speaks of: both are mostly of a body that was parsed. */
function isOtherJson({ subject, text }: Departure, { scheme, bodyJson }: Evidence): boolean {
  const isOfBody =
    subject === 'body'
      ? /^(?:\s*[[{]|b['"])/.test(text)
      : subject === 'content-hash' && scheme.contentHash?.header === undefined;
  return isOfBody && bodyJson() !== undefined;
}

const others = {
  'byte values': 'as a list of byte values (a Uint8Array turned into a string)',
  twice: 'stringified twice',
  unquoted: 'without its outer quotes',
  'Python bytes': 'as Python’s str() prints bytes',
} as const;

function inWords(detail: Rendering): string {
  if (detail.kind === 'habits') return detail.habits.filter(Boolean).join(', ');
  return detail.kind === 'printed' ? detail.printer : others[detail.kind];
}

const permutationLimit = 6;
/** Renderings that tell which habits make no difference to a body. */
const habitCount = stringWriters.length + memberOrders.length + numberWriters.length;
/** Beyond this size a rendering costs so much that only the usual ones are made. */
const largeBody = 200_000;

function* renderings(
  body: Uint8Array,
  text: string | undefined,
  { bodyJson, budget, provider }: Evidence,
): Generator<BodyMove<Rendering>> {
  if (body.length === 0) return;
  const root = text?.startsWith('\ufeff') ? jsonOf(text.slice(1), budget)() : bodyJson();
  const objects = provider?.requestObjects ?? [];
  const isLarge = body.length > largeBody;
  if (root && isLarge) yield* likely(root);
  if (text !== undefined && root) {
    if (!isLarge) yield* likely(root);
    yield { detail: { kind: 'twice' }, cost: 1, body: JSON.stringify(text) };
  }
  if (!isLarge) {
    yield { detail: { kind: 'byte values' }, cost: 2, body: body.join(',') };
  }
  if (text === undefined || !root) return;
  yield {
    detail: { kind: 'twice' },
    cost: 2,
    body: JSON.stringify(renderJson(root, { ...compact, string: quoted })),
  };
  yield {
    detail: { kind: 'twice' },
    cost: 2,
    body: JSON.stringify(renderJson(root, { item: ', ', key: ': ', string: quoted })),
  };
  if (!isContainer(root) && root.kind === 'string') yield { detail: { kind: 'unquoted' }, cost: 2, body: root.text };
  for (const { label, cost, dialect } of mapPrinters)
    yield { detail: { kind: 'printed', printer: label }, cost, body: renderJson(root, dialect) };
  if (isLarge) return;
  yield* serialized(usualSerializers(root, objects));
  yield { detail: { kind: 'Python bytes' }, cost: 2, body: pythonBytes(body) };
  yield { detail: { kind: 'Python bytes' }, cost: 3, body: `b'${text}'` };
  if (!budget.affordsBody(habitCount * body.length)) return;
  budget.wroteBody(habitCount * body.length);
  yield* dialects(root);
  yield* reordered(root);
  yield* fewer(root);
  yield* ofOuterNames(root);
  yield* serialized(rareSerializers(root, objects));
}

const shortEscapes: Readonly<Record<number, string>> = { 0x09: '\\t', 0x0a: '\\n', 0x0d: '\\r', 0x5c: '\\\\' };

/** What Python prints of bytes: `b'{"text": "\\xc3\\xa9"}'`. */
function pythonBytes(body: Uint8Array): string {
  const mark = body.includes(0x27) && !body.includes(0x22) ? '"' : "'";
  const printed = Array.from(body, (byte) => {
    const short = shortEscapes[byte];
    if (short !== undefined) return short;
    if (byte < 0x20 || byte > 0x7e) return `\\x${byte.toString(16).padStart(2, '0')}`;
    const character = String.fromCharCode(byte);
    return character === mark ? `\\${character}` : character;
  });
  return `b${mark}${printed.join('')}${mark}`;
}

function* serialized(texts: Iterable<SerializedText>): Generator<BodyMove<Rendering>> {
  for (const { habits, cost, text } of texts) yield { detail: { kind: 'habits', habits }, cost, body: text };
}

const compact = { item: ',', key: ':' } as const;
const quoted = ({ text }: { text: string }): string => JSON.stringify(text);

/** What JSON.stringify, json.dumps, json_encode and jq print, each layout before the rarer habits. */
function* likely(root: JsonNode): Generator<BodyMove<Rendering>> {
  for (const order of memberOrders.slice(0, 2)) {
    for (const writer of stringWriters.slice(0, 4)) {
      for (const { label, cost, style } of jsonStyles.slice(0, 5)) {
        yield {
          detail: { kind: 'habits', habits: [label, order.label, writer.label] },
          cost: cost + order.cost,
          body: renderJson(root, { ...style, string: writer.write, ...withOrder(order.order) }),
        };
      }
    }
  }
}

function* dialects(root: JsonNode): Generator<BodyMove<Rendering>> {
  // Most bodies have nothing that most dialects would write differently: those habits are left out beforehand.
  const print = (parts: Partial<JsonDialect>): string => renderJson(root, { ...compact, string: quoted, ...parts });
  const writers = distinctHabits(stringWriters, ({ write }) => print({ string: write }));
  const orders = distinctHabits(memberOrders, ({ order }) => print(withOrder(order)));
  const numbers = distinctHabits(numberWriters, ({ write }) => print({ number: write }));
  for (const { label, cost, style, trailingSpaces } of jsonStyles) {
    for (const writer of writers) {
      for (const order of orders) {
        for (const number of numbers) {
          const detail: Rendering = { kind: 'habits', habits: [label, order.label, writer.label, number.label] };
          const dialect = { ...style, string: writer.write, number: number.write, ...withOrder(order.order) };
          const text = renderJson(root, dialect);
          const sum = cost + writer.cost + order.cost + (number.label === '' ? 0 : 1);
          yield { detail, cost: sum, body: text };
          if (trailingSpaces) yield { detail, cost: sum, body: text.replace(/,\n/g, ', \n') };
        }
      }
    }
  }
}

function withOrder(order: ((members: readonly JsonMember[]) => readonly JsonMember[]) | undefined): {
  order?: (members: readonly JsonMember[]) => readonly JsonMember[];
} {
  return order ? { order } : {};
}

/** Every order of the members of each object, one object at a time. */
function* reordered(root: JsonNode): Generator<BodyMove<Rendering>> {
  for (const object of firstObjects(root, 12)) {
    if (object.members.length < 2 || object.members.length > permutationLimit) continue;
    for (const order of permutations(object.members)) {
      const reorder = (members: readonly JsonMember[]): readonly JsonMember[] =>
        members === object.members ? order : members;
      for (const { label, style } of jsonStyles.slice(0, 2)) {
        for (const writer of stringWriters.slice(0, 4)) {
          yield {
            detail: { kind: 'habits', habits: [label, 'with its keys in another order', writer.label] },
            cost: 3,
            body: renderJson(root, { ...style, string: writer.write, order: reorder }),
          };
        }
      }
    }
  }
}

/** What `JSON.stringify(body, Object.keys(body).sort())` does: it takes the names for those of every object. */
function* ofOuterNames(root: JsonNode): Generator<BodyMove<Rendering>> {
  if (!isContainer(root) || root.kind !== 'object') return;
  const own = new Set(root.members.map(({ key }) => key));
  const keep = ({ key }: JsonMember): boolean => key === undefined || own.has(key);
  for (const { label, order } of memberOrders.slice(0, 2)) {
    yield {
      detail: { kind: 'habits', habits: ['with the names of the outermost object alone', label] },
      cost: 3,
      body: renderJson(root, { ...compact, string: quoted, keep, ...withOrder(order) }),
    };
  }
}

/** Serializers that leave out what is null or empty. */
function* fewer(root: JsonNode): Generator<BodyMove<Rendering>> {
  const rules: (readonly [string, (member: JsonMember) => boolean])[] = [
    ['without its null members', ({ value }) => !(value.kind === 'literal' && value.raw === 'null')],
    ['without its null, empty and false members', ({ value }) => !isUnset(value)],
  ];
  const unset = firstObjects(root, 12).flatMap(({ members }) => members.filter(({ value }) => isUnset(value)));
  for (const { key = '', value } of unset) {
    const rule = [
      `without "${key}", which is ${isContainer(value) ? 'empty' : value.raw}`,
      (member: JsonMember) => member.value !== value,
    ] as const;
    if (unset.length > 1) rules.push(rule);
    else rules.splice(0, rules.length, rule);
  }
  for (const [label, keep] of rules) {
    for (const style of jsonStyles.slice(0, 5)) {
      for (const writer of stringWriters.slice(0, 4)) {
        yield {
          detail: { kind: 'habits', habits: [style.label, label] },
          cost: 2,
          body: renderJson(root, { ...style.style, string: writer.write, keep }),
        };
      }
    }
  }
}

function firstObjects(root: JsonNode, limit: number): JsonContainer[] {
  const found: JsonContainer[] = [];
  for (const { node } of jsonNodes(root)) {
    if (node.kind === 'object') found.push(node);
    if (found.length === limit) break;
  }
  return found;
}
