import { methodFixes } from '../fixes/method.ts';
import type { Detail, MistakeClass, ValueMove } from '../search/mistake-class.ts';

/** The method in another case. */
export const methodCase: MistakeClass = {
  id: 'method/case',
  rank: 110,
  needs: 'method',
  values: function* (slot) {
    if (slot.source.from !== 'method' || typeof slot.value !== 'string') return;
    const upper = slot.value.toUpperCase();
    for (const value of [upper.toLowerCase(), upper, upper.slice(0, 1) + upper.slice(1).toLowerCase()])
      yield { detail: { kind: 'case' }, cost: 1, value } satisfies ValueMove<Detail>;
  },
  say: (_, { yours, expected }) => `You signed the method as "${yours}"; the request was sent with "${expected}".`,
  fixes: ({ scheme, message }) => methodFixes(scheme, message.method.toUpperCase()),
};
