import { parameterText, readParameters } from '../canonical/parameters.ts';
import type { Deviation } from '../scheme.ts';

/** How official SDKs of Vonage depart from the scheme of its SMS API. */
export const vonageSmsDeviations: readonly Deviation[] = [
  {
    id: 'joined-by-underscores',
    summary: 'The Node SDK (@vonage/auth) signs the parameters URL-encoded, with _ for each & and = and none in front.',
    part: 'parameters',
    rewrite(_, message) {
      const all = readParameters(parameterText(message, 'form-or-query'));
      if (!all) return undefined;
      const signed = new URLSearchParams(all.filter(([name]) => name !== 'sig').map(([name, value]) => [name, value]));
      signed.sort();
      return signed.toString().replace(/[&=]/g, '_');
    },
  },
];
