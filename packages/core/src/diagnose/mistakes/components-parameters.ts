import { headerValues } from '../../message.ts';
import { parseDictionary, type InnerList } from '../../canonical/structured-fields.ts';
import { bareText, innerListText, itemText } from '../../canonical/structured-text.ts';
import { stringToSignFixes } from '../fixes/string-to-sign.ts';
import type { Evidence } from '../reading/evidence.ts';
import { permutations } from '../text/permutations.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';

type Change =
  | { readonly kind: keyof typeof words }
  | { readonly kind: 'without'; readonly parameter: string }
  | { readonly kind: 'with'; readonly parameter: string }
  | { readonly kind: 'other order'; readonly parameters: readonly string[] };

/** The line `@signature-params` says something else than `Signature-Input`. */
export const componentsParameters: MistakeClass<Change> = {
  id: 'components/parameters',
  rank: 47,
  needs: 'components',
  values: (slot, evidence) =>
    slot.source.from === 'signature-params' && typeof slot.value === 'string' ? movesOf(slot.value, evidence) : [],
  say: (detail) =>
    `The line "@signature-params" was signed differently than signature-input has it: ${inWords(detail)}.`,
  fixes: ({ scheme }) => stringToSignFixes(scheme),
};

const words = {
  'as sent': 'as it stands in the header, where it is written in one way',
  'with its label': 'with the label before it',
  'no parameters': 'the list of components without its parameters',
  'no semicolons': 'without the ";" before the parameters',
  'no semicolon': 'without the ";" behind the list',
  spaces: 'with a space behind each ";"',
  commas: 'with commas between the components',
  'no quotes': 'with components without quotes',
  'no brackets': 'without the brackets around the list',
  'list alone': 'the parameters without the list',
  'times in quotes': 'with times in quotes',
  milliseconds: 'with times in milliseconds',
  'no quotes around values': 'with values without quotes',
} as const;

function inWords(detail: Change): string {
  if (detail.kind === 'without') return `without the parameter ${detail.parameter}`;
  if (detail.kind === 'with') return `with ${detail.parameter}, which is not sent`;
  if (detail.kind === 'other order') return `with its parameters in the order ${detail.parameters.join(', ')}`;
  return words[detail.kind];
}

/** More parameters have too many orders. */
const mostParameters = 6;

function* movesOf(value: string, { message, scheme, credential }: Evidence): Generator<ValueMove<Change>> {
  const move = (kind: keyof typeof words, cost: number, text: string): ValueMove<Change>[] =>
    text === value ? [] : [{ detail: { kind }, cost, value: text }];
  for (const sent of headerValues(message.headers, 'signature-input')) {
    yield* move('with its label', 1, sent);
    yield* move('as sent', 1, sent.replace(/^[^=]*=/, ''));
  }
  const end = value.lastIndexOf(')');
  const [list, parameters] = [value.slice(0, end + 1), value.slice(end + 1)];
  yield* move('no parameters', 1, list);
  yield* move('no semicolons', 1, list + parameters.replaceAll(';', ''));
  yield* move('no semicolons', 2, list + parameters.replaceAll(';', ' '));
  yield* move('no semicolon', 1, list + parameters.slice(1));
  yield* move('spaces', 1, list + parameters.replaceAll(';', '; '));
  yield* move('commas', 1, list.replaceAll('" "', '", "') + parameters);
  yield* move('commas', 1, list.replaceAll('" "', '","') + parameters);
  yield* move('no quotes', 1, list.replaceAll('"', '') + parameters);
  yield* move('no brackets', 1, list.slice(1, -1) + parameters);
  yield* move('list alone', 2, parameters.slice(1));
  yield* move('times in quotes', 1, value.replace(/;(created|expires)=(\d+)/g, ';$1="$2"'));
  yield* move('milliseconds', 2, value.replace(/;(created|expires)=(\d+)/g, ';$1=$2000'));

  yield* move('no quotes around values', 1, list + parameters.replace(/="([^"]*)"/g, '=$1'));
  const unsent = [
    ['alg', scheme.components?.algorithm],
    ['keyid', credential.keyId],
  ] as const;
  for (const [name, own] of unsent) {
    if (own === undefined || new RegExp(`;${name}=`).test(parameters)) continue;
    const parameter = `;${name}="${own}"`;
    const places = new Set([value + parameter, `${list}${parameter}${parameters}`]);
    for (const text of places) yield { detail: { kind: 'with', parameter }, cost: 1, value: text };
  }

  const parsed = parseDictionary(`x=${value}`);
  const input = 'value' in parsed ? (parsed.value.get('x') as InnerList) : undefined;
  if (!input) return;
  const all = [...input.parameters];
  for (const [name] of all) {
    const kept = new Map(all.filter(([other]) => other !== name));
    yield {
      detail: { kind: 'without', parameter: name },
      cost: 1,
      value: innerListText({ ...input, parameters: kept }),
    };
  }
  if (all.length < 2 || all.length > mostParameters) return;
  for (const order of permutations(all)) {
    const text = `(${input.items.map(itemText).join(' ')})${order.map(([name, item]) => `;${name}=${bareText(item)}`).join('')}`;
    if (text !== value)
      yield { detail: { kind: 'other order', parameters: order.map(([name]) => name) }, cost: 1, value: text };
  }
}
