import { knownDeviations } from './deviations/known-deviations.ts';
import type { Deviation, RequestRules } from './request-rules.ts';

/**
 * The deviations that the option `tolerate` names.
 *
 * @throws TypeError when it is neither `all` nor a list, or names one that the scheme does not have
 */
export function toleratedDeviations(
  scheme: RequestRules,
  tolerate: readonly string[] | 'all' | undefined,
): readonly Deviation[] {
  if (tolerate === undefined) return [];
  if (tolerate !== 'all' && !Array.isArray(tolerate)) throw new TypeError('tolerate must be "all" or a list of ids');
  if (tolerate.length === 0) return [];
  const known = knownDeviations(scheme);
  if (tolerate === 'all') return known;
  return Array.from(tolerate, (name) => known.find(({ id }) => id === name) ?? unknownDeviation(scheme, known, name));
}

function unknownDeviation(scheme: RequestRules, known: readonly Deviation[], name: string): never {
  const ids = known.map(({ id }) => id).join(', ');
  throw new TypeError(`${scheme.id} knows no deviation "${name}"; it knows ${ids || 'none'}`);
}
