import { stringToSignFixes } from '../fixes/string-to-sign.ts';
import type { MistakeClass } from '../search/mistake-class.ts';
import { brief } from '../text/brief.ts';

interface SchemeName {
  readonly kind: 'scheme';
  readonly scheme: string;
}

/** http where https was seen from outside, or the reverse. */
export const urlScheme: MistakeClass<SchemeName> = {
  id: 'url/scheme',
  rank: 140,
  needs: 'a URL as literal',
  values: function* (slot) {
    if (slot.source.from !== 'literal' || typeof slot.value !== 'string') return;
    const rest = /^(?:https?|wss?)(:\/\/.*)$/is.exec(slot.value)?.[1];
    if (rest === undefined) return;
    for (const scheme of ['https', 'http', 'wss', 'ws'])
      yield { detail: { kind: 'scheme', scheme }, cost: 1, value: scheme + rest };
  },
  say: (detail, { yours, expected }) =>
    `The URL was signed with the scheme ${detail.scheme}: ${brief(yours)} instead of ${brief(expected)}.`,
  fixes: ({ scheme }) =>
    stringToSignFixes(scheme, 'the URL as both sides agreed on it; behind a proxy, code sees another'),
};
