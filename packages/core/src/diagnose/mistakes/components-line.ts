import { stringToSignFixes } from '../fixes/string-to-sign.ts';
import type { Layout, Slot } from '../reading/layout.ts';
import type { LayoutMove, MistakeClass } from '../search/mistake-class.ts';

interface Line {
  readonly kind: keyof typeof words;
}

/** The lines of a signature base (RFC 9421 §2.5) written differently. */
export const componentsLine: MistakeClass<Line> = {
  id: 'components/line',
  rank: 46,
  needs: 'components',
  layouts: (layout, { message }) => movesOf(layout, message.method),
  say: ({ kind }) => `The lines of the signature base are written differently: ${words[kind]}.`,
  fixes: ({ scheme }) => stringToSignFixes(scheme),
};

const words = {
  'no quotes': 'the names of components stand without quotes',
  'no quotes and capitals': 'names stand without quotes and as headers are spelled',
  'no space': 'no space stands behind the colon',
  'equals sign': 'an equals sign stands where a colon and a space belong',
  'values alone': 'they are the values without their names',
  'no parameters line': 'the last line, "@signature-params", is missing',
  'parameters without a name': 'the last line is without its name "@signature-params"',
  'parameters first': 'the line "@signature-params" comes first',
  'no at sign': 'derived components are written without their "@"',
  'no question mark': '"@query" is written without its question mark',
  'method before the target': '"@request-target" is written with the method before it, as the oldest drafts have it',
  'no name parameter': 'a query parameter is written without its parameter name',
} as const;

function* movesOf(layout: Layout, method: string): Generator<LayoutMove<Line>> {
  const move = (kind: Line['kind'], cost: number, moved: Layout): LayoutMove<Line>[] => [
    { detail: { kind }, cost, layout: moved },
  ];
  const before = (change: (text: string, slot: Slot) => string): Layout =>
    layout.map((slot) => ({ ...slot, before: change(slot.before, slot) }));
  const last = layout.at(-1);
  if (last?.source.from !== 'signature-params' || layout.length < 2) return;
  const lines = layout.slice(0, -1);
  yield* move(
    'no quotes',
    1,
    before((text) => text.replaceAll('"', '')),
  );
  yield* move(
    'no quotes',
    1,
    before((text, { source }) => (source.from === 'signature-params' ? text : text.replaceAll('"', ''))),
  );
  yield* move(
    'no quotes and capitals',
    2,
    before((text) => text.replaceAll('"', '').replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase())),
  );
  yield* move(
    'no space',
    1,
    before((text) => text.replace(': ', ':')),
  );
  yield* move(
    'equals sign',
    2,
    before((text) => text.replace(': ', '=')),
  );
  yield* move(
    'values alone',
    2,
    before(() => ''),
  );
  yield* move('no parameters line', 1, lines.with(lines.length - 1, { ...(lines.at(-1) as Slot), after: '' }));
  yield* move('no parameters line', 1, lines);
  yield* move(
    'parameters without a name',
    1,
    before((text, { source }) => (source.from === 'signature-params' ? '' : text)),
  );
  yield* move('parameters first', 2, [
    { ...last, after: '\n' },
    ...lines.with(lines.length - 1, { ...(lines.at(-1) as Slot), after: '' }),
  ]);
  yield* move(
    'no at sign',
    2,
    before((text) => text.replace('"@', '"')),
  );
  for (const word of [method.toLowerCase(), method]) {
    const named = layout.map((slot) =>
      slot.name === '@request-target' ? { ...slot, value: `${word} ${String(slot.value)}` } : slot,
    );
    if (lines.some(({ name }) => name === '@request-target')) yield* move('method before the target', 1, named);
  }
  yield* move(
    'no question mark',
    1,
    before((text) => text.replace(/\?$/, '')),
  );
  yield* move(
    'no name parameter',
    1,
    before((text) => text.replace(/^("@query-param");name="[^"]*"/, '$1')),
  );
}
