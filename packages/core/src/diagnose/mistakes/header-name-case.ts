import { stringToSignFixes } from '../fixes/string-to-sign.ts';
import { declareHeaders } from '../fixes/headers.ts';
import type { Layout } from '../reading/layout.ts';
import type { LayoutMove, MistakeClass } from '../search/mistake-class.ts';

type Spelling =
  | { readonly kind: 'declared list'; readonly list: readonly string[] }
  | { readonly kind: 'label'; readonly written: string; readonly instead: string };

/** Header names spelled differently in the string to sign or in the declared list. */
export const headerNameCase: MistakeClass<Spelling> = {
  id: 'header/name-case',
  rank: 40,
  needs: 'labelled header or list',
  lint: ({ authorization, scheme }) => {
    const declared = authorization?.fields.signedHeaders;
    const accepted = scheme.signedHeaders?.accepted.find(
      (list) => declared?.toLowerCase().split(';').slice(0, list.length).join() === list.join(),
    );
    if (declared === undefined || !accepted || declared === declared.toLowerCase()) return undefined;
    return {
      detail: { kind: 'declared list', list: accepted },
      part: 'authorization',
      yours: declared,
      expected: declared.toLowerCase(),
    };
  },
  layouts: (layout, { message }) => labels(layout, message.headers),
  say: (detail, { yours, expected }) =>
    detail.kind === 'declared list'
      ? `The signed headers are declared as "${yours}"; header names are written in lower case: "${expected}".`
      : `The header’s name was signed as "${detail.written}" instead of "${detail.instead}".`,
  fixes: ({ scheme }, detail) =>
    detail.kind === 'declared list' ? declareHeaders(detail.list) : stringToSignFixes(scheme),
};

function* labels(layout: Layout, headers: readonly (readonly [string, string])[]): Generator<LayoutMove<Spelling>> {
  for (const [index, slot] of layout.entries()) {
    const match = /^([A-Za-z][\w-]*)(:|=)$/.exec(slot.before);
    if (!match) continue;
    const [, name = '', sign = ''] = match;
    const asSent = headers.find(([sent]) => sent.toLowerCase() === name.toLowerCase())?.[0] ?? name;
    const title = name.replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
    const spellings = new Set([
      asSent,
      name.toLowerCase(),
      title,
      name.toUpperCase(),
      name.slice(0, 1).toUpperCase() + name.slice(1),
      name.replaceAll('-', '_'),
      name.replaceAll('-', ''),
    ]);
    for (const spelled of spellings) {
      for (const [written, cost] of [
        [sign, 1],
        [`${sign} `, 1],
        [` ${sign}`, 2],
        [` ${sign} `, 2],
        ['=', 2],
        [' ', 2],
        ['', 2],
      ] as const) {
        const before = spelled + written;
        if (before !== slot.before)
          yield {
            detail: { kind: 'label', written: before, instead: slot.before },
            cost,
            layout: layout.with(index, { ...slot, before }),
          };
      }
    }
  }
}
