import { isOfParameters } from '../../parts/parameter-source.ts';
import { parameterFixes } from '../fixes/parameters.ts';
import {
  inOrder,
  joinParameters,
  placesOf,
  placeWords,
  sentParameters,
  writtenIn,
  writtenPair,
  type SentParameter,
  type WrittenPlace,
} from '../reading/sent-parameters.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';
import { brief } from '../text/brief.ts';

interface Order {
  readonly kind: keyof typeof words;
  readonly place: WrittenPlace;
}

/** Parameters that are signed one by one, in another order than sorted by name. */
export const parametersOrder: MistakeClass<Order> = {
  id: 'parameters/order',
  rank: 172,
  needs: 'parameters',
  phase: 'early',
  values: function* ({ source }, { message }) {
    const sent = isOfParameters(source) ? sentParameters(source, message) : undefined;
    if (!isOfParameters(source) || !sent) return;
    for (const [kind, { cost, sort }] of Object.entries(orders) as [Order['kind'], Sorting][]) {
      const write = (parameters: readonly SentParameter[]) =>
        sort(inOrder(source, parameters), parameters).map((one) => writtenPair(source, one));
      for (const place of placesOf(sent)) {
        const value = joinParameters(source, writtenIn(source, sent, place, write));
        yield { detail: { kind, place }, cost, value } satisfies ValueMove<Order>;
      }
    }
  },
  say: ({ kind, place }, { yours, expected }) =>
    `The parameters were signed ${placeWords(place)}${words[kind]}: ${brief(yours)} instead of ${brief(expected)}, which is sorted by name.`,
  what: ({ kind, place }) => `its parameters ${placeWords(place)}${words[kind]}`,
  fixes: ({ scheme }) => parameterFixes(scheme, 'sorted by name, byte by byte'),
};

const words = {
  'as sent': 'in the order in which they were sent',
  'regardless of case': 'sorted regardless of case, as a locale sorts',
  'by raw text': 'sorted as they are encoded',
  'by value': 'sorted by value',
  downwards: 'sorted downwards',
  reversed: 'in the reverse of the order sent',
} as const;

interface Sorting {
  readonly cost: number;
  /** @param own sorted as the part does, each as often as the part has it */
  readonly sort: (own: readonly SentParameter[], sent: readonly SentParameter[]) => readonly SentParameter[];
}

const by =
  (keyOf: (parameter: SentParameter) => string) =>
  (one: SentParameter, other: SentParameter): number => {
    const [left, right] = [keyOf(one), keyOf(other)];
    return left < right ? -1 : left > right ? 1 : 0;
  };
const orders: Readonly<Record<Order['kind'], Sorting>> = {
  'as sent': { cost: 1, sort: (_, sent) => sent },
  'regardless of case': { cost: 1, sort: (own) => own.toSorted(by(({ name }) => name.toLowerCase())) },
  'by raw text': { cost: 1, sort: (own) => own.toSorted(by(({ raw }) => raw)) },
  'by value': { cost: 2, sort: (own) => own.toSorted(by(({ value }) => value)) },
  downwards: { cost: 2, sort: (own) => own.toReversed() },
  reversed: { cost: 2, sort: (_, sent) => sent.toReversed() },
};
