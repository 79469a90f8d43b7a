import { hashText } from '#digest';
import { originOf } from '../../parts/origin.ts';
import type { Evidence } from '../reading/evidence.ts';
import type { Slot } from '../reading/layout.ts';
import { publicAddresses } from '../reading/public-addresses.ts';
import { receivedUrlHash } from '../reading/received-token.ts';
import { speakerOf } from './candidates.ts';
import type { MistakeClass, Step } from './mistake-class.ts';

/** The name under which steps speak of the URL that a token was made for: it is no part of the string to sign. */
export const urlPart = 'URL';

/**
 * Examines the hash of the URL on its own, as that of the body is: the classes that know how people come to another URL
 * say of which one it is. No key is needed.
 */
export function searchUrlHash(evidence: Evidence, classes: readonly MistakeClass[]): readonly Step[] {
  const hash = receivedUrlHash(evidence);
  if (!hash) return [];
  const { message, options, budget } = evidence;
  const { rule, sent, url: expected } = hash;
  const fits = (url: string): boolean =>
    budget.hashBody(url.length) && hashText(rule.algorithm, url, rule.encoding) === sent;
  if (fits(expected)) return [];
  const origin = originOf(message);
  const whole: Slot = {
    name: urlPart,
    source: { from: 'literal', text: expected },
    before: '',
    value: expected,
    after: '',
  };
  const target: Slot = { ...whole, source: { from: 'target', form: 'as-sent' }, value: message.target };
  const others = publicAddresses(options).flatMap(({ url }) => /^\w+:\/\/[^/?#]+/.exec(url)?.[0] ?? []);
  for (const [slot, before] of [[whole, ''], ...[origin, ...others].map((one) => [target, one] as const)] as const) {
    for (const mistake of classes) {
      for (const { value, detail } of mistake.values?.(slot, evidence) ?? []) {
        const yours = typeof value === 'string' ? before + value : undefined;
        if (yours !== undefined && fits(yours)) return [{ mistake, detail, part: urlPart, yours, expected }];
        if (budget.spent) break;
      }
    }
  }
  const speaker = speakerOf({ kind: 'url hash', claim: rule.claim }, evidence, classes);
  return speaker ? [{ ...speaker, part: urlPart, yours: '', expected, certainty: 'certain' }] : [];
}
