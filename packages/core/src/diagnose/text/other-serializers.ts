import { withAbsentMembers } from './absent-members.ts';
import { distinctHabits, jsonStyles, memberOrders, stringWriters } from './json-dialects.ts';
import { withOtherDates } from './json-dates.ts';
import { withOtherEnumerations } from './json-enumerations.ts';
import { withOtherNumbers } from './json-numbers.ts';
import { renderJson, type JsonNode } from './json-text.ts';
import { inPascalCase, namedOtherwise } from './key-names.ts';
import { powerShellTexts } from './powershell-json.ts';
import type { SameData } from './same-data.ts';

/** The data of a body as another serializer writes it. */
export interface SerializedText {
  readonly habits: readonly string[];
  readonly cost: number;
  readonly text: string;
}

/** What costs no more is usual: it is tried before the rarer layouts. */
const usual = 2;

/** The likely habits of other serializers: their names, dates and members that are null, and PowerShell’s JSON. */
export function* usualSerializers(root: JsonNode, objects: readonly string[]): Generator<SerializedText> {
  for (const { label, cost, text } of powerShellTexts(root)) if (cost <= usual) yield { habits: [label], cost, text };
  const layOut = layouts(root);
  yield* goEncoder(root);
  for (const data of namedOtherwise(root)) if (data.cost <= usual) yield* layOut(data, 6);
  for (const data of withOtherDates(root)) if (data.cost <= usual) yield* layOut(data, 5);
  for (const data of withAbsentMembers(root, objects)) if (data.cost <= usual) yield* layOut(data, 3);
}

/** Their rarer habits, numbers and enumerations among them. */
export function* rareSerializers(root: JsonNode, objects: readonly string[]): Generator<SerializedText> {
  for (const { label, cost, text } of powerShellTexts(root)) if (cost > usual) yield { habits: [label], cost, text };
  const layOut = layouts(root);
  for (const data of namedOtherwise(root)) if (data.cost > usual) yield* layOut(data, 3);
  for (const data of withOtherDates(root)) if (data.cost > usual) yield* layOut(data, 3);
  for (const data of withOtherNumbers(root)) yield* data.isOfMany ? everyLayout(data) : layOut(data, 3);
  for (const data of withAbsentMembers(root, objects)) if (data.cost > usual) yield* layOut(data, 1);
  for (const data of withOtherEnumerations(root)) {
    yield* layOut(data, 1);
    yield* layOut(alsoInPascalCase(data), 1);
  }
  for (const data of withAbsentMembers(root, objects)) if (data.isOfMany) yield* layOut(alsoInPascalCase(data), 1);
}

/** A library writes its numbers in all its layouts: of one that has its own, those are tried with each. */
function* everyLayout({ label, cost, root }: SameData): Generator<SerializedText> {
  const made = root();
  const print = (write: (typeof stringWriters)[number]['write']): string =>
    renderJson(made, { item: ',', key: ':', string: write });
  for (const writer of distinctHabits(stringWriters, ({ write }) => print(write))) {
    for (const { label: style, style: laidOut } of jsonStyles.slice(0, 6)) {
      for (const { label: order, order: sort } of memberOrders.slice(0, 2)) {
        const text = renderJson(made, { ...laidOut, string: writer.write, ...(sort && { order: sort }) });
        yield { habits: [label, style, order, writer.label], cost, text };
      }
    }
  }
}

/** What Go’s Encoder writes: its escapes, and a newline at the end. */
function* goEncoder(root: JsonNode): Generator<SerializedText> {
  const writer = stringWriters.find(({ label }) => label.includes('(Go'));
  if (!writer) return;
  for (const { label, style } of jsonStyles.slice(0, 5)) {
    for (const { label: order, order: sort } of memberOrders.slice(0, 2)) {
      const text = renderJson(root, { ...style, string: writer.write, ...(sort && { order: sort }) });
      yield {
        habits: ['as Go’s json.Encoder writes it, with a newline at its end', label, order],
        cost: 2,
        text: `${text}\n`,
      };
    }
  }
}

/** C# by its defaults: its own names, enumerations as numbers and null written out. */
function alsoInPascalCase({ label, cost, root }: SameData): SameData {
  return { label: `${label}, with names in PascalCase`, cost: cost + 1, root: () => inPascalCase(root()) };
}

/** Lays data out on one line with every habit for strings that matters in the body, and in further styles with its own. */
function layouts(body: JsonNode): (data: SameData, styles: number) => Generator<SerializedText> {
  const [compact] = jsonStyles as [(typeof jsonStyles)[number]];
  const writers = distinctHabits(stringWriters, ({ write }) => renderJson(body, { ...compact.style, string: write }));
  return function* ({ label, cost, root }, styles) {
    const made = root();
    for (const writer of writers) {
      const text = renderJson(made, { ...compact.style, string: writer.write });
      yield { habits: [label, writer.label], cost, text };
    }
    for (const { label: style, style: laidOut } of jsonStyles.slice(1, styles)) {
      yield { habits: [label, style], cost, text: renderJson(made, { ...laidOut, string: ({ raw }) => raw }) };
    }
  };
}
