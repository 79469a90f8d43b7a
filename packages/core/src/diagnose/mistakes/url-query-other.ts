import { queryFixes } from '../fixes/target.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { Slot } from '../reading/layout.ts';
import type { MistakeClass, ValueMove } from '../search/mistake-class.ts';
import { brief } from '../text/brief.ts';
import { encodeComponent } from '../text/percent-encoding.ts';
import { joinTarget, splitTarget, targetValue } from '../text/target-text.ts';

interface OtherValue {
  /** `known` of the API; `yours` is given as a variable. */
  readonly kind: 'known' | 'yours';
  readonly parameter: string;
  readonly value: string;
}

/** The right query with another value of one parameter: two constants for the version of the API. */
export const urlQueryOther: MistakeClass<OtherValue> = {
  id: 'url/query-other',
  rank: 205,
  needs: 'query',
  values: (slot, evidence) => otherValues(slot, evidence),
  say: ({ kind, parameter, value }, { yours, expected }) => {
    const whose = kind === 'yours' ? ', a value that you gave' : '';
    return `You signed ${brief(yours)} (with ${parameter}=${brief(value)}${whose}); the request was sent ${expected.startsWith('/') ? 'to' : 'with'} ${brief(expected)}.`;
  },
  fixes: ({ scheme }) => queryFixes(scheme),
};

function* otherValues(slot: Slot, evidence: Evidence): Generator<ValueMove<OtherValue>> {
  const isQuery = slot.source.from === 'target' && slot.source.form === 'query' && typeof slot.value === 'string';
  const { path, query } = isQuery
    ? { path: undefined, query: String(slot.value) }
    : splitTarget(targetValue(slot) ?? '');
  if (query === undefined) return;
  const parameters = query.split('&');
  for (const [at, parameter] of parameters.entries()) {
    const equals = parameter.indexOf('=');
    if (equals <= 0) continue;
    const name = parameter.slice(0, equals);
    for (const { kind, value, cost } of candidates(name, evidence)) {
      const other = parameters.with(at, `${name}=${encodeComponent(value)}`).join('&');
      yield {
        detail: { kind, parameter: name, value },
        cost,
        value: path === undefined ? other : joinTarget({ path, query: other }),
      };
    }
  }
}

/** The values given, that for the parameter's own name first, then those of the API. */
function* candidates(
  parameter: string,
  { variables, provider }: Evidence,
): Generator<{ kind: OtherValue['kind']; value: string; cost: number }> {
  const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');
  for (const [name, value] of variables) if (plain(name) === plain(parameter)) yield { kind: 'yours', value, cost: 1 };
  const values = provider?.queryValues;
  const known = values && Object.hasOwn(values, parameter.toLowerCase()) ? values[parameter.toLowerCase()] : undefined;
  for (const value of known ?? []) yield { kind: 'known', value, cost: value.includes('preview') ? 3 : 2 };
  for (const value of variables.values()) yield { kind: 'yours', value, cost: 3 };
}
