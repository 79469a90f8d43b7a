import { told, type Told } from '../search/told.ts';
import { targetFixes } from '../fixes/target.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';
import { brief } from '../text/brief.ts';
import { splitTarget, targetValue } from '../text/target-text.ts';

/** The query left out, or signed where the scheme leaves it out. */
export const urlQueryOmitted: MistakeClass<Told> = {
  id: 'url/query-omitted',
  rank: 160,
  needs: 'query',
  values: function* (slot, { message }) {
    if (slot.source.from === 'target' && slot.source.form === 'query' && typeof slot.value === 'string') {
      yield { detail: told('left out'), cost: 1, value: '' };
      yield { detail: told('with its question mark'), cost: 1, value: `?${slot.value}` };
      return;
    }
    const value = targetValue(slot);
    if (value === undefined) return;
    const { path, query } = splitTarget(value);
    const sent = splitTarget(message.target).query;
    if (query === undefined) {
      if (sent !== undefined) yield { detail: told('signed too'), cost: 1, value: `${path}?${sent}` };
      if (sent !== undefined)
        yield {
          detail: told('signed too, without its question mark'),
          cost: 3,
          value: path + sent,
        } satisfies ValueMove<Told>;
      yield { detail: told('signed as a bare question mark'), cost: 2, value: `${path}?` };
      return;
    }
    yield { detail: told('left out'), cost: 1, value: path };
    yield { detail: told('left out, its question mark kept'), cost: 1, value: `${path}?` };
    yield { detail: told('signed without its question mark'), cost: 2, value: path + query };
    yield { detail: told('signed with "&" for its question mark'), cost: 2, value: `${path}&${query}` };
    yield { detail: told('signed twice'), cost: 2, value: `${value}?${query}` };
    yield { detail: told('signed twice'), cost: 3, value: `${value}&${query}` };
    const parameters = query.split('&');
    if (parameters.length === 1) return;
    for (let at = 0; at < parameters.length; at++) {
      const name = parameters[at]?.split('=')[0] ?? '';
      yield {
        detail: told(`signed without "${name}"`),
        cost: 1,
        value: `${path}?${parameters.toSpliced(at, 1).join('&')}`,
      };
      yield { detail: told(`signed as "${name}" alone`), cost: 2, value: `${path}?${parameters[at] ?? ''}` };
    }
  },
  say: ({ how }, { yours, expected }) =>
    `The query was ${how}: you signed ${brief(yours)}, and ${brief(expected)} is signed.`,
  fixes: ({ scheme }) => targetFixes(scheme),
};
